"""An application and its steps, in whatever order they come: nobody is approved over an open step unsaid, and nobody is
asked for a word that is needed no more."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.endorsements import EndorsementAsked, EndorsementReminderDue
from services.matching.contracts.participants import Role
from services.matching.domain.answering import BadAnswers, Questionnaire
from services.matching.domain.application import Application
from services.matching.domain.default_forms import CAREER
from services.matching.domain.steps import UNDER_WAY, ApplicationStep, Interview, InterviewOutcome
from services.matching.domain.verdict import Outcome, Verdict
from shared.kernel.errors import WrongState
from tests.unit.matching.house import MONDAY
from tests.unit.matching.test_applications import WANTED

ASKED = Questionnaire(CAREER, Role.MENTEE)
BOTH = (ApplicationStep.INTERVIEW, ApplicationStep.ENDORSEMENT)


class Walk(RuleBasedStateMachine):
    """A model knows what was done since it was sent last; the application says the same."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.decisions = MONDAY, 0
        self.one = Application.begin("p", "anna", Role.MENTEE)
        self.done: set[ApplicationStep] = set()
        self.waits = False

    def begin_anew(self) -> None:
        self.done, self.waits = set(), False

    @rule()
    def it_is_written_and_sent(self) -> None:
        with suppress(WrongState, BadAnswers):
            self.one.write(WANTED, ASKED)
            self.begin_anew()
            self.one.submit(ASKED, self.now)

    @rule()
    def they_were_interviewed(self) -> None:
        with suppress(WrongState):
            self.one.note_interview(Interview(on="2027-03-01", outcome=InterviewOutcome.FITS, by="carla"), self.now)
            self.done.add(ApplicationStep.INTERVIEW)

    @rule()
    def somebody_is_asked(self) -> None:
        with suppress(WrongState):
            self.one.ask_endorsement("boss", self.now)
            self.waits = True

    @rule(endorsed=st.booleans())
    def they_answer(self, endorsed: bool) -> None:
        with suppress(WrongState):
            self.one.endorse(endorsed, "", self.now)
            self.done.add(ApplicationStep.ENDORSEMENT)
            self.waits = False

    @rule(outcome=st.sampled_from(Outcome), without=st.sampled_from(["", "Known"]))
    def a_coordinator_decides(self, outcome: Outcome, without: str) -> None:
        self.decisions += 1
        still = [one for one in BOTH if one not in self.done]
        with suppress(WrongState):
            if outcome is Outcome.APPROVE:
                self.one.require_steps(BOTH, without)
            self.one.decide(Verdict(decision_id=str(self.decisions), outcome=outcome, by="carla"), self.now)
            if outcome is Outcome.APPROVE:
                assert without or not still
                assert [*self.one.waived] == still
            if outcome is not Outcome.WAIT:
                self.waits = False

    @rule()
    def they_withdraw(self) -> None:
        with suppress(WrongState):
            self.one.withdraw(self.now)
            self.waits = False

    @rule()
    def they_confirm(self) -> None:
        with suppress(WrongState):
            self.one.confirm(self.now)

    @rule(days=st.integers(1, 9))
    def days_go_by(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.one.tick(self.now)

    @invariant()
    def what_is_open_is_what_was_not_done(self) -> None:
        assert {*self.one.still_open(BOTH)} == {*BOTH} - self.done

    @invariant()
    def somebody_is_waited_for_only_while_it_helps(self) -> None:
        assert self.one.waits_for_endorser is self.waits
        assert not self.waits or self.one.state in UNDER_WAY
        assert self.waits or "endorsement" not in self.one.timers

    @invariant()
    def each_who_is_asked_is_reminded_at_most_once(self) -> None:
        told = [type(one.event) for one in self.one.recorded]
        assert told.count(EndorsementReminderDue) <= told.count(EndorsementAsked)

    @invariant()
    def whoever_takes_part_was_approved(self) -> None:
        assert self.one.state is not ApplicationState.CONFIRMED or self.one.verdict


TestSteps = pytest.mark.feature("B2")(Walk.TestCase)
TestSteps.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
