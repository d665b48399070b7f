"""A room of the Community of Practice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.kernel.history import Remembering
from shared.kernel.ids import derived_id


class SpaceState(StrEnum):
    """Where a space stands."""

    OPEN = "open"
    ARCHIVED = "archived"


class Audience(StrEnum):
    """Whom a space is for."""

    COHORT = "cohort"


def space_id(programme_id: str) -> str:
    """A cohort has one space, whichever of its pairs came first."""
    return derived_id("space", programme_id)


@dataclass(kw_only=True)
class Space(Remembering):
    """Who belongs to it is asked of the pairs, never kept here: members come and go with them."""

    programme_id: str
    audience: Audience = Audience.COHORT
    state: SpaceState = SpaceState.OPEN
    opened_at: datetime
    archived_at: datetime | None = None

    @classmethod
    def for_cohort(cls, programme_id: str, at: datetime) -> "Space":
        space = cls(id=space_id(programme_id), programme_id=programme_id, opened_at=at)
        space.note("space-opened", at, space_id=space.id)
        return space

    def archive(self, at: datetime) -> None:
        """The programme is over: everything stays readable."""
        if self.state == SpaceState.OPEN:
            self.state, self.archived_at = SpaceState.ARCHIVED, at
            self.note("space-archived", at, space_id=self.id)
