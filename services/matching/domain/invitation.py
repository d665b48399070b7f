"""A list of people who are asked to apply, or only had in mind. A job: checked first, then 200 a tick."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.participants import Role
from services.matching.domain.chunk import CHUNK
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

MOST = 2_000

DONE = "done"


class Step(StrEnum):
    """What is done about the people of a list."""

    NOMINATE = "nominate"
    INVITE = "invite"


class InvitationState(StrEnum):
    """Whether the list was only looked at, or everybody is asked."""

    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"


class BadList(Invalid):
    """Names nobody, or more than one list may."""

    code = "bad-list"


class InvitationStarted(WrongState):
    """These people are asked already."""

    code = "invitation-started"


class AskedAlready(WrongState):
    """Nominated or invited already."""

    code = "asked-already"


class AppliesAlready(WrongState):
    """Has begun to apply, or applied."""

    code = "applies-already"


class AppliedBefore(WrongState):
    """Applied, or was invited, and it came to an end: that is theirs, and is not taken from them unheard."""

    code = "applied-before"


class SaidNo(WrongState):
    """Said no to an invitation, withdrew, or was declined: a campaign does not ask again, and somebody by name may."""

    code = "said-no"


@dataclass(frozen=True)
class Entry:
    """Somebody in one role. `doubt` is the code of why nobody could ask them when the list was checked."""

    role: Role
    person_id: str
    doubt: str = ""


@dataclass(frozen=True)
class Unread:
    """A line that means nobody (`unknown`) or several people (`ambiguous`). What stood there is not kept."""

    role: Role
    line: int
    code: str


@dataclass(kw_only=True)
class Invitation(Aggregate):
    """`results` goes with `entries`: `done`, or the code of what was refused."""

    programme_id: str
    step: Step
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...] = ()
    state: InvitationState = InvitationState.CHECKED
    results: tuple[str, ...] = field(default=())
    created_at: datetime | None = None

    @property
    def next_entries(self) -> tuple[Entry, ...]:
        """Who comes next."""
        return self.entries[len(self.results):][:CHUNK]

    @property
    def outcomes(self) -> list[tuple[Entry, str]]:
        """Everybody with their result; empty: not asked yet."""
        rest = [""] * (len(self.entries) - len(self.results))
        return list(zip(self.entries, (*self.results, *rest), strict=True))

    @property
    def ready(self) -> int:
        """How many can be asked, as far as is known."""
        return sum(1 for one in self.entries if not one.doubt)

    @property
    def done(self) -> int:
        return self.results.count(DONE)

    def start(self, at: datetime) -> None:
        """Raises InvitationStarted, BadList when there is nobody to ask."""
        if self.state is not InvitationState.CHECKED:
            raise InvitationStarted(f"invitation {self.id} is {self.state}")
        if not self.entries:
            raise BadList("nobody on this list is known: check the addresses")
        self.state = InvitationState.RUNNING
        self.set_timer("some", at)

    def on_some(self, now: datetime) -> None:
        """The next ones; the timer stands until all are asked, so that a crash repeats them."""
        self.set_timer("some", now)

    def move_on(self, done: int, results: list[str]) -> None:
        """The ones after the first `done` have these results. A repeat changes nothing."""
        if self.state is InvitationState.RUNNING and len(self.results) == done:
            self.results += tuple(results)
            if not self.next_entries:
                self.state = InvitationState.DONE
                self.clear_timer("some")
