"""Whatever comes in whatever order, twice and late: each choice is asked at most once, in order, and one at a time."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.matching.contracts.requests import (
    PairRequested,
    RequestDeclined,
    RequestExpired,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.matching.domain.choice import BadChoices, ChoiceState, DeclineReason, Prospects
from services.matching.domain.pair import AlreadyDecided
from services.matching.domain.request import Request, pair_id_of
from shared.kernel.errors import NotFound
from tests.unit.matching.house import MONDAY

MENTORS = ("a", "b", "c", "d")
REFUSED = (AlreadyDecided, NotFound, BadChoices)
mentors = st.sampled_from(MENTORS)
TURNS = (ChoiceState.ASKED, ChoiceState.ASKED_FOR_MORE)


class Cascade(RuleBasedStateMachine):
    """A request, a clock, and mentors who have room or not."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.busy, self.yes = MONDAY, set[str](), ""
        self.over: WithdrawnBecause | None = None
        self.request = Request.open("r", "p", "mentee", ("a", "b", "c"), self.prospects, self.now)

    @property
    def prospects(self) -> Prospects:
        return Prospects(lambda mentor_id: () if mentor_id in self.busy else self.moments, self.over)

    @property
    def moments(self) -> tuple[datetime, ...]:
        return tuple(self.now + timedelta(days=days) for days in (1, 2, 3))

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(late=st.integers(0, 100))
    def a_worker_rings_with_a_clock_that_is_late(self, late: int) -> None:
        self.request.remind(self.now - timedelta(hours=late))
        self.request.expire(self.prospects, self.now - timedelta(hours=late))

    @rule(mentor=mentors)
    def a_mentor_has_room_or_not(self, mentor: str) -> None:
        self.busy ^= {mentor}
        self.request.look_again(self.prospects, self.now)

    @rule()
    def the_mentee_asks_nobody_any_more(self) -> None:
        self.over = WithdrawnBecause.PAIRED

    @rule(mentor=mentors)
    def a_mentor_declines(self, mentor: str) -> None:
        with suppress(*REFUSED):
            self.request.decline(mentor, DeclineReason.OTHER, "", self.prospects, self.now)

    @rule(mentor=mentors)
    def a_mentor_asks_for_more(self, mentor: str) -> None:
        with suppress(*REFUSED):
            self.request.ask_for_more(mentor, "Why?", self.moments, self.now)

    @rule()
    def the_mentee_replies(self) -> None:
        with suppress(*REFUSED):
            self.request.reply("So.", self.moments, self.now)

    @rule(chosen=st.lists(mentors, max_size=3))
    def the_mentee_changes_what_comes_next(self, chosen: list[str]) -> None:
        with suppress(*REFUSED):
            self.request.choose(chosen)

    @precondition(lambda self: not self.yes and any(one.asked_at for one in self.request.choices))
    @rule(data=st.data())
    def a_pair_is_made_by_somebody_who_was_asked(self, data: st.DataObject) -> None:
        self.yes = data.draw(st.sampled_from([one.mentor_id for one in self.request.choices if one.asked_at]))

    @precondition(lambda self: self.yes)
    @rule()
    def the_pair_is_heard_of(self) -> None:
        self.request.become(pair_id_of("r"), self.yes, self.now)

    @rule()
    def the_mentee_withdraws(self) -> None:
        with suppress(*REFUSED):
            self.request.withdraw(WithdrawnBecause.BY_MENTEE, self.now)

    @invariant()
    def each_choice_is_asked_once_and_in_order(self) -> None:
        asked = [one.event.mentor_id for one in self.request.recorded if isinstance(one.event, PairRequested)]
        named = [one.mentor_id for one in self.request.choices]
        assert len(asked) == len(set(asked))
        assert [named.index(one) for one in asked] == sorted(named.index(one) for one in asked)

    @invariant()
    def one_at_a_time_is_asked_and_waited_for(self) -> None:
        turns = [one.mentor_id for one in self.request.choices if one.state in TURNS]
        is_open = self.request.state is RequestState.OPEN
        assert turns == ([self.request.asked_id] if is_open else [])
        assert (self.request.due_at is not None) == is_open
        assert (self.request.holder == "p/mentee") == is_open

    @invariant()
    def everybody_who_was_asked_hears_of_the_end_of_it(self) -> None:
        told = [one.event for one in self.request.recorded]
        asked = {one.mentor_id for one in told if isinstance(one, PairRequested)}
        over = [one.mentor_id for one in told if isinstance(one, RequestDeclined | RequestExpired | RequestWithdrawn)]
        assert len(over) == len(set(over))
        assert asked - set(over) <= {self.request.asked_id, self.yes}


Cascade.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestCascade = pytest.mark.feature("C4")(Cascade.TestCase)
