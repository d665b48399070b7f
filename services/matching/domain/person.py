"""Somebody in the organisation's directory."""

from dataclasses import asdict, dataclass
from datetime import datetime

from services.matching.contracts.people import PersonAdded, PersonChanged, PersonEvent, PersonLeft, PersonState
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id


class HasLeft(WrongState):
    """Somebody who left takes part in nothing."""

    code = "person-has-left"


@dataclass(frozen=True, kw_only=True)
class Details:
    """What the directory says of a person. `manager_id` is the directory's own id of the manager, empty for none."""

    name: str
    email: str
    language: str
    time_zone: str
    department: str = ""
    location: str = ""
    manager_id: str = ""

    def public(self) -> dict[str, str]:
        """What the restricted topic carries."""
        told = asdict(self)
        del told["manager_id"]
        return told


def person_id(directory_id: str) -> str:
    """Minted here, and the same whenever the directory names the same person."""
    return derived_id("person", directory_id.strip().casefold())


@dataclass(kw_only=True)
class Person(Aggregate):
    """One human, whatever they take part in."""

    directory_id: str
    details: Details
    state: PersonState = PersonState.ACTIVE

    @classmethod
    def add(cls, directory_id: str, details: Details, at: datetime) -> "Person":
        person = cls(id=person_id(directory_id), directory_id=directory_id, details=details)
        person._tell(PersonAdded, at)
        return person

    def change(self, details: Details, at: datetime) -> None:
        """What is the same already changes nothing and is told to nobody."""
        self.require_here()
        if details != self.details:
            self.details = details
            self._tell(PersonChanged, at)

    def leave(self, at: datetime) -> None:
        self.require_here()
        self.state = PersonState.LEFT
        self._tell(PersonLeft, at)

    @property
    def has_left(self) -> bool:
        return self.state is PersonState.LEFT

    def require_here(self) -> None:
        """Raises HasLeft."""
        if self.has_left:
            raise HasLeft(f"person {self.id} has left the organisation")

    def _tell(self, event: type[PersonEvent], at: datetime) -> None:
        self.record(event(person_id=self.id, state=self.state, **self.details.public()), at)
