"""Somebody in the organisation's directory."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from services.matching.contracts.people import PersonAdded, PersonChanged, PersonEvent, PersonLeft, PersonState
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the directory says of a person. `manager` is the directory's id of the line manager, or empty."""

    name: str
    email: str
    language: str = "en"
    time_zone: str = "UTC"
    department: str = ""
    location: str = ""
    grade: str = ""
    manager: str = ""


def person_id(directory_id: str) -> str:
    """Minted here, the same whenever the directory names the same person; it does not show the directory's id."""
    return derived_id("person", directory_id)


@dataclass(kw_only=True)
class Person(Aggregate):
    """Known by the directory's id, which leaves this service never."""

    directory_id: str
    details: Details
    state: PersonState = PersonState.ACTIVE

    @classmethod
    def add(cls, directory_id: str, details: Details, at: datetime) -> "Person":
        """Somebody new."""
        person = cls(id=person_id(directory_id), directory_id=directory_id, details=details)
        person._tell(PersonAdded, at)
        return person

    def update(self, details: Details, at: datetime) -> None:
        """What the directory says now; the same as before is no event. Who had left is back."""
        if details == self.details and self.state is not PersonState.LEFT:
            return
        self.details, self.state = details, PersonState.ACTIVE
        self._tell(PersonChanged, at)

    def leave(self, at: datetime) -> None:
        """Left the organisation. Raises WrongState when that is known already."""
        if self.state is PersonState.LEFT:
            raise WrongState(f"person {self.id} has left already")
        self.state = PersonState.LEFT
        self._tell(PersonLeft, at)

    def _tell(self, kind: type[PersonEvent], at: datetime) -> None:
        known: dict[str, Any] = asdict(replace(self.details))
        del known["grade"], known["manager"]
        self.record(kind(person_id=self.id, state=self.state, **known), at)
