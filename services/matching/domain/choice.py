"""One of a mentee's ranked choices: a mentor, and what became of asking them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.matching.contracts.requests import WithdrawnBecause
from shared.kernel.errors import Invalid

CHOICES = 3
"""As many mentors a mentee names."""


class BadChoices(Invalid):
    """Not a list of mentors to ask."""

    code = "bad-choices"


class ChoiceState(StrEnum):
    """Waiting for its turn, being asked, or over: `expired` when the mentor was silent, `unreplied` the mentee."""

    WAITING = "waiting"
    ASKED = "asked"
    ASKED_FOR_MORE = "asked-for-more"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    UNREPLIED = "unreplied"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Why a mentor says no."""

    NO_TIME = "no-time"
    NOT_MY_FIELD = "not-my-field"
    TOO_CLOSE = "too-close"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`reason` and `note` of a refusal belong to the mentor; `question` and `reply` to the two."""

    mentor_id: str
    state: ChoiceState = ChoiceState.WAITING
    asked_at: datetime | None = None
    answer_by: datetime | None = None
    remind_at: tuple[datetime, ...] = ()
    reminded_at: datetime | None = None
    replied_at: datetime | None = None
    over_at: datetime | None = None
    reason: DeclineReason | None = None
    note: str = ""
    question: str = ""
    reply: str = ""

    def ask(self, at: datetime) -> "Choice":
        return replace(self, state=ChoiceState.ASKED, asked_at=at)

    def end(self, state: ChoiceState, at: datetime) -> "Choice":
        """Not asked any more, or never."""
        return replace(self, state=state, answer_by=None, remind_at=(), over_at=at)

    @property
    def mailed_at(self) -> datetime | None:
        """When the mentor last had a mail that waits for their answer: a request, a reminder, the mentee's reply."""
        return max((one for one in (self.asked_at, self.reminded_at, self.replied_at) if one), default=None)

    @property
    def when_silent(self) -> ChoiceState:
        """What becomes of it when whoever is to answer does not."""
        return ChoiceState.UNREPLIED if self.state is ChoiceState.ASKED_FOR_MORE else ChoiceState.EXPIRED

    def without_refusal(self) -> "Choice":
        """As the mentee may know it."""
        return replace(self, reason=None, note="")

    def without_texts(self) -> "Choice":
        """As anybody else may, and as it is when somebody was forgotten."""
        return replace(self, note="", question="", reply="")


@dataclass(frozen=True)
class Prospects:
    """Who can be asked now. `moments` are those at which a mentor is reminded, and last the one until which they may
    answer; none where they cannot be asked. `over` says why nobody is to be asked for this mentee any more."""

    moments: Callable[[str], tuple[datetime, ...]]
    over: WithdrawnBecause | None = None


def listed(past: tuple[Choice, ...], mentor_ids: Sequence[str], mentee_id: str) -> tuple[Choice, ...]:
    """Those whose turn it is or was, and then these. Raises BadChoices."""
    named = [*(one.mentor_id for one in past), *mentor_ids]
    if not named or len(named) > CHOICES or len(set(named)) < len(named) or mentee_id in named:
        raise BadChoices(f"name one to {CHOICES} mentors, each once, with those who were asked already")
    return (*past, *(Choice(mentor_id=one) for one in mentor_ids))
