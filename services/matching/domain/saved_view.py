"""A filter of a list under a name that a coordinator gave it: theirs alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

LONGEST_NAME, LONGEST_FILTER, LONGEST_SEARCH = 60, 40, 100
MOST_VIEWS = 20
"""Of one list and person in one programme."""


class ListName(StrEnum):
    """The lists of a programme that have a filter."""

    APPLICATIONS = "applications"
    PEOPLE = "people"
    PAIRS = "pairs"
    REQUESTS = "requests"


class BadViewName(Invalid):
    """Empty, or too long to read."""

    code = "bad-view-name"


class ViewNameTaken(WrongState):
    """One name, one view."""

    code = "view-name-taken"


class TooManyViews(WrongState):
    """More than somebody finds their way in."""

    code = "too-many-views"


@dataclass(kw_only=True)
class SavedView(Aggregate):
    """`filter` is what stands in the address of the page: the page decides what it means. `q` is the name that the
    list is narrowed by. Who deletes it leaves nothing in it: `gone` it waits for its last entry in the audit log."""

    programme_id: str
    owner_id: str
    list: ListName
    name: str
    filter: str = ""
    q: str = ""
    gone: bool = False

    def rename(self, name: str) -> None:
        """Raises BadViewName."""
        self.name = sound_name(name)

    def look_for_nobody(self) -> None:
        self.q = ""

    def give_up(self, at: datetime) -> None:
        """Its name is free for another view at once."""
        self.name, self.filter, self.q, self.gone = self.id, "", "", True
        self.set_timer("gone", at)

    def on_gone(self, now: datetime) -> None:
        """The timer stands until it is removed."""
        self.set_timer("gone", now)


def sound_name(name: str) -> str:
    """Without space around it. Raises BadViewName."""
    text = " ".join(name.split())
    if not 0 < len(text) <= LONGEST_NAME:
        raise BadViewName(f"a view has a name of {LONGEST_NAME} characters at most")
    return text
