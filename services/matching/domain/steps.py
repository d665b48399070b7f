"""The part of an application that says how its optional steps stand: the interview, and the endorsement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.endorsements import (
    EndorsementAnswered,
    EndorsementAsked,
    EndorsementEvent,
    EndorsementReminderDue,
    EndorsementRevoked,
)
from services.matching.contracts.participants import Role
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

UNDER_WAY = (ApplicationState.SUBMITTED, ApplicationState.WAITING)
REMINDER = timedelta(days=5)
"""After so long whoever was asked and is silent is reminded."""

AHEAD = timedelta(hours=14)
"""Where the day begins first, it is later than in UTC by so much."""


class ApplicationStep(StrEnum):
    """What a programme may ask for before it approves an application."""

    INTERVIEW = "interview"
    ENDORSEMENT = "endorsement"


class InterviewOutcome(StrEnum):
    """What a coordinator takes from an interview; the decision may be another."""

    FITS = "fits"
    UNSURE = "unsure"
    DOES_NOT_FIT = "does-not-fit"


class EndorsementState(StrEnum):
    """Whether an answer is still to come."""

    ASKED = "asked"
    ANSWERED = "answered"
    REVOKED = "revoked"


class StepOpen(WrongState):
    """The programme asks for something first that has not been done."""

    code = "step-open"


class NotAsked(WrongState):
    """The programme does not ask for this step in this role."""

    code = "step-not-asked"


class EndorsementUnderWay(WrongState):
    """Somebody is asked for one application once."""

    code = "endorsement-under-way"


class NotHeldYet(Invalid):
    """An interview is noted once it was held."""

    code = "not-held-yet"


class NoEndorser(Invalid):
    """Nobody can be asked like this."""

    code = "no-endorser"


@dataclass(frozen=True, kw_only=True)
class Interview:
    """Held `on` an ISO date, by the coordinator `by` who wrote it down. `note` is between coordinators."""

    on: str
    outcome: InterviewOutcome
    by: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Endorsement:
    """`endorsed` None: no answer yet, or none any more. `note` is for coordinators."""

    endorser_id: str
    asked_at: datetime
    state: EndorsementState = EndorsementState.ASKED
    reminded_at: datetime | None = None
    answered_at: datetime | None = None
    endorsed: bool | None = None
    note: str = ""


@dataclass(kw_only=True)
class Stepping(Aggregate):
    """`waived`: the steps that were open when a coordinator approved it without them."""

    programme_id: str
    person_id: str
    role: Role
    state: ApplicationState = ApplicationState.DRAFT
    interview: Interview | None = None
    endorsement: Endorsement | None = None
    waived: tuple[ApplicationStep, ...] = ()

    def still_open(self, asked: Sequence[ApplicationStep]) -> tuple[ApplicationStep, ...]:
        """Those of the `asked` ones that have not been done."""
        done = {ApplicationStep.INTERVIEW: self.interview is not None,
                ApplicationStep.ENDORSEMENT: self.asks is not None and self.asks.endorsed is not None}
        return tuple(one for one in asked if not done[one])

    @property
    def asks(self) -> Endorsement | None:
        """The endorsement, unless nobody needs it any more."""
        one = self.endorsement
        return None if one is None or one.state is EndorsementState.REVOKED else one

    def require_steps(self, asked: Sequence[ApplicationStep], without: str) -> None:
        """All are done, or somebody says why it goes `without`. Raises StepOpen."""
        still = self.still_open(asked)
        if still and not without:
            raise StepOpen(f"application {self.id}: {', '.join(still)} not done yet")
        self.waived = still

    def note_interview(self, interview: Interview, at: datetime) -> None:
        """The last word counts. Raises WrongState, NotHeldYet."""
        self._require(*UNDER_WAY)
        if interview.on > (at + AHEAD).date().isoformat():
            raise NotHeldYet(f"{interview.on} is still to come")
        self.interview = interview

    def ask_endorsement(self, endorser_id: str, at: datetime) -> None:
        """Raises WrongState, NoEndorser, EndorsementUnderWay."""
        self._require(*UNDER_WAY)
        if endorser_id == self.person_id:
            raise NoEndorser("nobody endorses themselves")
        if self.asks:
            raise EndorsementUnderWay(f"application {self.id}: somebody is asked already")
        self.endorsement = Endorsement(endorser_id=endorser_id, asked_at=at)
        self.set_timer("endorsement", at + REMINDER)
        self._tell_endorser(EndorsementAsked, at)

    def endorse(self, endorsed: bool, note: str, at: datetime) -> None:
        """Once. Raises WrongState."""
        one = self._waits_for_endorser()
        self.endorsement = replace(one, state=EndorsementState.ANSWERED, endorsed=endorsed, note=note, answered_at=at)
        self.clear_timer("endorsement")
        self._tell_endorser(EndorsementAnswered, at)

    def on_endorsement(self, now: datetime) -> None:
        """Reminds whoever was asked, once."""
        self.clear_timer("endorsement")
        self.endorsement = replace(self._waits_for_endorser(), reminded_at=now)
        self._tell_endorser(EndorsementReminderDue, now)

    def stop_asking(self, at: datetime) -> None:
        """Whoever was asked and has not answered need not any more."""
        if self.waits_for_endorser:
            self.endorsement = replace(self._waits_for_endorser(), state=EndorsementState.REVOKED)
            self.clear_timer("endorsement")
            self._tell_endorser(EndorsementRevoked, at)

    @property
    def waits_for_endorser(self) -> bool:
        return self.endorsement is not None and self.endorsement.state is EndorsementState.ASKED

    def forget_notes(self) -> None:
        """What was said of the person."""
        self.interview = self.interview and replace(self.interview, note="")
        self.endorsement = self.endorsement and replace(self.endorsement, note="")

    def forget_endorser(self) -> None:
        """What whoever was asked has written."""
        self.endorsement, self.answered = self.endorsement and replace(self.endorsement, note=""), []

    def begin_steps(self) -> None:
        """None is done for what is sent anew."""
        self.interview, self.endorsement, self.waived = None, None, ()

    def _waits_for_endorser(self) -> Endorsement:
        if self.endorsement is None or self.endorsement.state is not EndorsementState.ASKED:
            raise WrongState(f"application {self.id} waits for no endorsement")
        return self.endorsement

    def _tell_endorser(self, event: type[EndorsementEvent], at: datetime) -> None:
        if self.endorsement:
            self.record(event(application_id=self.id, programme_id=self.programme_id, person_id=self.person_id,
                              role=self.role, endorser_id=self.endorsement.endorser_id), at)

    def _require(self, *states: ApplicationState) -> None:
        if self.state not in states:
            raise WrongState(f"application {self.id} is {self.state}")
