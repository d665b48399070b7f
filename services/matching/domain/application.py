"""A person's wish to take part in a programme, from the draft to the answer and the person's own yes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from services.matching.contracts.applications import (
    ApplicantInvited,
    ApplicantNominated,
    ApplicationDeclined,
    ApplicationEvent,
    ApplicationState,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    InvitationReminderDue,
    ParticipantWaitlisted,
)
from services.matching.contracts.internal import ApplicationApproved, GapsChanged
from services.matching.contracts.participants import Role
from services.matching.domain.answering import Answers, Questionnaire
from services.matching.domain.columns import Field
from services.matching.domain.confirming import ToConfirm
from services.matching.domain.invitation import AppliedBefore, AppliesAlready, AskedAlready, SaidNo, Step
from services.matching.domain.participant import MOST_PAIRS, Participant, application_id
from services.matching.domain.profile import Profile, Scored
from services.matching.domain.steps import UNDER_WAY as UNDER_WAY
from services.matching.domain.verdict import AFTER, ChangedSince, OwnApplication, Verdict
from services.matching.domain.waiting import turn
from shared.kernel.errors import WrongState

ANSWERED_YES = (ApplicationState.APPROVED, ApplicationState.CONFIRMED)
WAITING = (ApplicationState.NOMINATED, ApplicationState.INVITED, ApplicationState.DRAFT, *UNDER_WAY)
OVER = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


@dataclass(kw_only=True)
class Application(ToConfirm):
    """Has the id of the participant that it may become: one a person, programme and role. `verdict` is the last one,
    `scored` what the Ideal Mentor Profile found in the answers that a mentor submitted, `points` in all; 0 without.
    Whoever is on the waiting list was passed by in `rounds`, and is next by `turn`; empty: not on it. `invited_at`
    stays whatever becomes of it; `asked_by` is the list by which they were nominated or invited last,
    `campaign_code` stands in the link that brought them, `reminded` says that the invitation was repeated."""

    shape: ClassVar[int] = 2

    answers: Answers = field(default_factory=dict)
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    verdict: Verdict | None = None
    scored: Scored | None = None
    points: int = 0
    rounds: int = 0
    turn: str = ""
    invited_at: datetime | None = None
    asked_by: str = ""
    campaign_code: str = ""
    reminded: bool = False

    @classmethod
    def begin(cls, programme_id: str, person_id: str, role: Role) -> "Application":
        return cls(id=application_id(programme_id, person_id, role), programme_id=programme_id, person_id=person_id,
                   role=role)

    @property
    def capacity(self) -> int:
        """Pairs at once; one when nobody asked, or asks any more and what was answered is no number."""
        text = self.answers.get(Field.CAPACITY, "")
        return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST_PAIRS else 1

    def admitted(self, at: datetime) -> Participant:
        """Who takes part because of it."""
        participant = Participant(
            id=self.id, programme_id=self.programme_id, person_id=self.person_id, role=self.role,
            capacity=self.capacity, answers=self.answers, by_application=True,
            training=self.scored.training if self.scored else ())
        participant.wait_on(self.rounds, self.submitted_at)
        participant.welcome(at)
        return participant

    @property
    def waits(self) -> bool:
        """Whether anything is still to come of it by itself."""
        return self.state in WAITING

    @property
    def unheard_of(self) -> bool:
        """Whether a coordinator has, or had, the person in mind, and they know nothing of it."""
        nothing = self.asked_by and not (self.invited_at or self.submitted_at or self.answers)
        return self.state is ApplicationState.NOMINATED or bool(self.state is ApplicationState.WITHDRAWN and nothing)

    def nominate(self, at: datetime) -> None:
        """A coordinator has them in mind."""
        self._begin_anew(ApplicationState.NOMINATED)
        self._tell(ApplicantNominated, at)

    def invite(self, at: datetime, code: str | None = None) -> None:
        """They are asked to apply, whether nominated before or not; with the code of a campaign."""
        self.invited_at, self.reminded = at, False
        self._begin_anew(ApplicationState.INVITED)
        self._tell(ApplicantInvited, at, campaign_code=code)

    def remind(self, code: str, at: datetime) -> None:
        """Once, and only whoever has not done anything about the invitation."""
        if self.state is ApplicationState.INVITED and not self.reminded:
            self.reminded = True
            self._tell(InvitationReminderDue, at, campaign_code=code)

    def require_unasked(self, step: Step, was_in: bool) -> None:
        """What there is already leaves room for this step. Raises AskedAlready, AppliesAlready, AppliedBefore."""
        nominated = self.state is ApplicationState.NOMINATED
        if self.state is ApplicationState.INVITED or (nominated and step is Step.NOMINATE):
            raise AskedAlready(f"application {self.id} is {self.state} already")
        if not nominated and self.state not in OVER and not (was_in and self.state in ANSWERED_YES):
            raise AppliesAlready(f"application {self.id} is {self.state}")
        if step is Step.NOMINATE and not self.unheard_of:
            raise AppliedBefore(f"application {self.id} is {self.state}: invite them instead")

    def require_no_no(self) -> None:
        """Nobody said no, neither the person nor a coordinator. Raises SaidNo."""
        if self.state in OVER and not self.unheard_of:
            raise SaidNo(f"application {self.id} is {self.state}: invite them by a list")

    def write(self, given: Answers, asked: Questionnaire, was_in: bool = False, code: str = "") -> None:
        """A draft may be incomplete. Who withdrew, was declined, or took part and left may apply anew. The first code
        counts that led there."""
        if self.state in UNDER_WAY or (self.state in ANSWERED_YES and not was_in):
            raise WrongState(f"application {self.id} is {self.state}: withdraw it to change what it says")
        self.answers = asked.merged(self.answers, given)
        if code and (not self.campaign_code or self.state in (*OVER, *ANSWERED_YES)):
            self.campaign_code = code
        self._begin_anew(ApplicationState.DRAFT)

    def submit(self, asked: Questionnaire, at: datetime) -> None:
        """Raises BadAnswers, WrongState."""
        self._require(ApplicationState.DRAFT)
        asked.require_sound(self.answers)
        self.submitted_at = at
        self._move(ApplicationState.SUBMITTED)
        self._tell(ApplicationSubmitted, at, campaign_code=self.campaign_code or None)

    def score(self, profile: Profile, number: int, at: datetime) -> None:
        """By a profile newer than the last one. Whoever was approved hears of other gaps as their participant."""
        before = self.scored
        if self.role is not Role.MENTOR or not self.submitted_at or not self.answers:
            return
        if before is None or before.number < number:
            self.scored = profile.scored(number, self.answers)
            self.points = self.scored.score
            if self.state in ANSWERED_YES and self.scored.training != (before.training if before else ()):
                self.record(GapsChanged(application_id=self.id), at)

    def decide(self, verdict: Verdict, at: datetime) -> None:
        """The same decision again changes nothing. Raises WrongState, OwnApplication."""
        if self.verdict and self.verdict.decision_id == verdict.decision_id:
            return
        if verdict.by == self.person_id:
            raise OwnApplication(f"application {self.id} is decided by somebody else in charge")
        after = AFTER[verdict.outcome]
        self._require(*(one for one in (*UNDER_WAY, ApplicationState.DECLINED) if one is not after))
        self.verdict, self.decided_at = verdict, at
        if after not in UNDER_WAY:
            self.stop_asking(at)
        self._move(after)
        if after is ApplicationState.APPROVED:
            self.record(ApplicationApproved(application_id=self.id, programme_id=self.programme_id), at)
        else:
            self._tell(ParticipantWaitlisted if after is ApplicationState.WAITING else ApplicationDeclined, at)

    def require_read(self, until: datetime | None) -> None:
        """Raises ChangedSince when it was sent later than what the coordinator read."""
        if until and self.submitted_at and self.submitted_at > until:
            raise ChangedSince(f"application {self.id} was sent anew since it was read")

    def run_out(self, at: datetime) -> None:
        """The programme is over, and nobody decided: no place was left. Who had not applied hears nothing."""
        if self.state in UNDER_WAY:
            self.verdict, self.decided_at = None, at
            self.stop_asking(at)
            self._move(ApplicationState.DECLINED)
            self._tell(ApplicationDeclined, at)
        elif self.waits:
            self._move(ApplicationState.WITHDRAWN)

    def confirm(self, at: datetime) -> None:
        """The person says yes to taking part."""
        self._require(ApplicationState.APPROVED)
        self._move(ApplicationState.CONFIRMED)
        self._tell_confirmed(at)

    def withdraw(self, at: datetime) -> None:
        """Of a draft nobody hears, unless they were invited; a participant leaves when the event is heard."""
        self._require(*WAITING, *ANSWERED_YES)
        silent = self.state is ApplicationState.DRAFT and not self.invited_at
        self.stop_asking(at)
        self._move(ApplicationState.WITHDRAWN)
        if not silent:
            self._tell(ApplicationWithdrawn, at)

    def pass_round(self) -> None:
        """A round of matching went by without a place."""
        if self.state is ApplicationState.WAITING:
            self.rounds += 1
            self._move(ApplicationState.WAITING)

    def end(self, at: datetime) -> None:
        """The person left: an application that waits for an answer gets none. Participants leave by themselves."""
        if self.waits:
            self.withdraw(at)

    def forget(self) -> None:
        """What was answered and what was said of it is erased; that somebody applied stays."""
        self.answers, self.answered, self.scored, self.points = {}, [], None, 0
        self.verdict = self.verdict and replace(self.verdict, text="", without="")
        self.forget_notes()
        self.ask_no_more()

    def forget_others(self, answers: Answers) -> None:
        """The answers without somebody whom they named."""
        self.answers, self.answered = answers, []

    def _begin_anew(self, state: ApplicationState) -> None:
        self.submitted_at, self.decided_at, self.verdict, self.scored = None, None, None, None
        self.points, self.rounds = 0, 0
        self.begin_steps()
        self._move(state)

    def _move(self, state: ApplicationState) -> None:
        self.state = state
        self.ask_no_more()
        waits = self.submitted_at if state is ApplicationState.WAITING else None
        self.turn = turn(self.rounds, waits) if waits else ""

    def _tell(self, event: type[ApplicationEvent], at: datetime, **more: str | None) -> None:
        self.record(event(application_id=self.id, programme_id=self.programme_id, person_id=self.person_id,
                          role=self.role, state=self.state, **more), at)
