"""Who looks at a page, and the sample people of a standalone house."""

from dataclasses import asdict, dataclass
from typing import Any

MANAGES = ("programme-office", "operator", "hr")
KEEPS_HOUSE = ("programme-office", "operator")
GIVEN = (*MANAGES, "auditor")
"""Roles that an identity provider may give; all others follow from what people do in programmes."""


@dataclass(frozen=True)
class Person:
    """A signed-in person; without a `time_zone` times are those of UTC. `areas` are the parts of the portal that hold
    something for this person."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    language: str = ""
    time_zone: str = ""
    areas: tuple[str, ...] = ()

    @property
    def keeps_house(self) -> bool:
        """Whether this person may look at everybody's mails and events, where they stay in the house."""
        return bool(set(self.roles) & set(KEEPS_HOUSE))

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    def as_record(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "Person":
        lists = {name: tuple(record.get(name, ())) for name in ("roles", "areas")}
        return cls(**{**record, **lists})


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to sign in as where no identity provider is set up. `kind` is office, coordinator, mentor or mentee."""

    id: str
    name: str
    roles: tuple[str, ...]
    kind: str
    partner: str = ""
