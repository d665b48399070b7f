"""The life of pairs beside a model of it: whatever is asked in any order, the service answers as the model does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.matching.contracts.closings import PartingReason
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.programmes import Gate, ProgrammeState
from services.matching.domain.choice import DeclineReason
from services.matching.domain.directory import Details
from services.matching.domain.pair import Pair
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import Plan, Programme
from shared.kernel.errors import DomainError
from shared.kernel.events import Sequence
from tests.unit.matching.house import MatchingHouse

MENTORS, MENTEES = ("ann", "bo", "cy"), ("ann", "dee", "eve", "flo")
COORDINATOR = "carla"
COUPLES = (("bo", "dee"), ("bo", "eve"), ("cy", "flo"))
"""Pairs from the beginning."""
GATES = (Gate.TRAINING, Gate.AGREEMENT)
OPEN, MEETING, ENDED = ("proposed", "accepted"), ("active", "closing"), "closed"
LATER = "2028-03-01"
mentors, mentees = st.sampled_from(MENTORS), st.sampled_from(MENTEES)
people = st.sampled_from(sorted({*MENTORS, *MENTEES}))
places = st.integers(0, 5)
seldom = st.integers(0, 15).map(lambda drawn: drawn == 9)


class Refused(Exception):
    """The model says no, in the word that the service must use."""


@dataclass
class Told:
    """A pair as the model has it."""

    mentor: str
    mentee: str
    state: str = "proposed"
    yes: set[str] = field(default_factory=set)
    done: set[tuple[Gate, str]] = field(default_factory=set)
    away: set[str] = field(default_factory=set)
    reason: str | None = None
    left: str | None = None
    followed: bool = False
    soon: bool = False
    last_weeks: bool = False

    @property
    def live(self) -> bool:
        return self.state not in (*OPEN, ENDED)

    def end(self, reason: str) -> None:
        self.state, self.reason = ENDED, reason

    def go_on(self) -> None:
        """Starts once all is done, and waits for who is away."""
        trained = {who for gate, who in self.done if gate is Gate.TRAINING}
        if self.state == "awaiting-training" and trained >= {self.mentor, self.mentee} and len(
                {gate for gate, _ in self.done}) == len(GATES):
            self.state = "active"
        if self.away and self.state in MEETING:
            self.state = "paused"
        self.come_to_an_end()

    def come_to_an_end(self) -> None:
        """In its last weeks, unless it pauses or has not started."""
        if self.state in MEETING:
            self.state = "closing" if self.last_weeks else "active"

    def is_near(self, near: bool) -> None:
        """The end of its programme is, or the one that the two agreed on."""
        if self.live:
            self.last_weeks = near or self.soon
            self.come_to_an_end()


@dataclass(frozen=True)
class Cause:
    """An event that the service hears."""

    id: str
    source: str
    sequence: Sequence
    topic: str = "mentoring.people.v1"
    correlation_id: str | None = None


class Life(RuleBasedStateMachine):
    """Three mentors with room for two, four mentees, one of whom is a mentor, too; each example has a programme of its
    own. `steps` counts what was asked of all."""

    house: MatchingHouse
    steps = 0
    programmes = count()

    def __init__(self) -> None:
        super().__init__()
        self.number = next(self.programmes)
        self.programme, self.now = f"p{self.number}", self.house.clock.now()
        self.ids: list[str] = []
        self.told: list[Told] = []
        self.room = dict.fromkeys([(who, Role.MENTOR) for who in MENTORS], 2)
        self.room |= dict.fromkeys([(who, Role.MENTEE) for who in MENTEES], 1)
        self.part = dict.fromkeys(self.room, "active")
        self.near, self.heard = False, count(1)
        self._found()
        for mentor, mentee in COUPLES:
            self.two_are_put_together(mentor, mentee, at_once=True)

    def _found(self) -> None:
        plan = Plan(name="A", starts_on="2027-03-01", ends_on=LATER, gates=GATES)
        self.house.matching.programmes.store.add(
            Programme(id=self.programme, kind="career-development", plan=plan, state=ProgrammeState.RUNNING))
        for who in {*MENTORS, *MENTEES}:
            details = Details(name=who, email=f"{who}@example.org", language="en", time_zone="UTC")
            self.house.matching.people.store.add(Person.add(f"{who}-{self.number}", details, self.now))
        for (who, role), room in self.room.items():
            self.house.matching.participants.store.add(
                Participant.approve(self.programme, self.person(who), role, room, {}, self.now))

    def person(self, name: str) -> str:
        """Nobody takes part in two programmes, so that who leaves ends nothing of another example."""
        return name if name == COORDINATOR else person_id(f"{name}-{self.number}")

    def both(self, model: Callable[[], object], service: Callable[[], object]) -> None:
        """Asks the two, who must do the same, or refuse in the same word."""
        type(self).steps += 1
        assert _answer(service) == _answer(model)

    def pick(self, place: int) -> tuple[str, Told] | None:
        """One of the newest."""
        nth = -1 - place % max(1, len(self.ids))
        return (self.ids[nth], self.told[nth]) if self.ids else None

    def seats(self, who: str, role: Role) -> int:
        side = "mentor" if role is Role.MENTOR else "mentee"
        return sum(one.live and getattr(one, side) == who for one in self.told)

    def require_room(self, mentor: str, mentee: str) -> None:
        """Both take part, are not together, and have room."""
        sides = ((mentor, Role.MENTOR), (mentee, Role.MENTEE))
        if any(self.part[side] != "active" for side in sides):
            raise Refused("not-taking-part")
        if any(one.live and (one.mentor, one.mentee) == (mentor, mentee) for one in self.told):
            raise Refused("already-together")
        if any(self.seats(*side) >= self.room[side] for side in sides):
            raise Refused("no-free-seat")

    @rule(mentor=mentors, mentee=mentees, at_once=st.booleans())
    def two_are_put_together(self, mentor: str, mentee: str, at_once: bool) -> None:
        def model() -> None:
            if mentor == mentee:
                raise Refused("same-person")
            self.require_room(mentor, mentee)

        def service() -> None:
            pair = self.house.matching.pairs.propose(self.programme, self.person(mentor), self.person(mentee), None)
            self.ids.append(pair.id)
            self.told.append(Told(mentor, mentee))

        self.both(model, service)
        if at_once:
            self.somebody_says_yes(0, "coordinator")

    @rule(place=places, side=st.sampled_from(["mentor", "mentee", "coordinator"]))
    def somebody_says_yes(self, place: int, side: str) -> None:
        if picked := self.pick(place):
            pair_id, told = picked
            by = getattr(told, side, COORDINATOR)
            self.both(lambda: self._yes(told, by), lambda: self.house.matching.pairs.agree(pair_id, self.person(by)))

    def _yes(self, told: Told, by: str) -> None:
        if told.state not in OPEN:
            raise Refused("already-decided")
        self.require_room(told.mentor, told.mentee)
        if by in told.yes:
            raise Refused("already-decided")
        party = by in (told.mentor, told.mentee)
        told.yes |= {by} if party else set()
        told.state = "accepted" if party and len(told.yes) < 2 else "awaiting-training"
        told.go_on()

    @rule(place=places, reason=st.sampled_from(["completed", "ended-early", "declined", "mentor-left"]), by=people)
    def somebody_ends_it(self, place: int, reason: str, by: str) -> None:
        def model(told: Told) -> None:
            party = by in (told.mentor, told.mentee)
            if told.state in OPEN and party:
                raise Refused("decline-needs-reason")
            soon = told.last_weeks and told.state in ("closing", "paused")
            if told.live and (reason == "mentor-left" or (reason == "completed" and party and not soon)):
                raise Refused("reason-not-yours")
            if told.state == ENDED or (reason == "declined") != (told.state in OPEN):
                raise Refused("already-decided")
            if reason == "completed" and told.state == "awaiting-training":
                raise Refused("pair-not-begun")
            told.end(reason)

        self._of(place, model, lambda id: self.house.matching.pairs.close(id, CloseReason(reason), self.person(by)))

    @rule(place=places, by=people)
    def somebody_says_no(self, place: int, by: str) -> None:
        def model(told: Told) -> None:
            if by not in (told.mentor, told.mentee):
                raise Refused("not-found")
            if told.state not in OPEN:
                raise Refused("already-decided")
            told.end("declined")

        self._of(place, model, lambda id: self.house.matching.pairs.refuse(
            id, self.person(by), DeclineReason.OTHER, ""))

    @rule(place=places, stop=st.booleans(), by=people)
    def a_break_begins_or_ends(self, place: int, stop: bool, by: str) -> None:
        def model(told: Told) -> None:
            if told.state not in (MEETING if stop else ("paused",)):
                raise Refused("already-decided")
            told.state, told.away = ("paused", told.away) if stop else ("active", set())
            told.come_to_an_end()

        pairs = self.house.matching.pairs
        self._of(place, model, lambda id: (pairs.pause if stop else pairs.resume)(id, self.person(by)))

    @rule(place=places, by=people)
    def another_mentor_is_asked_for(self, place: int, by: str) -> None:
        def model(told: Told) -> None:
            if told.followed or told.left == told.mentee or told.state in OPEN:
                raise Refused("already-decided")
            if told.live:
                told.end("ended-early")
            told.followed = True

        self._of(place, model, lambda id: self.house.matching.pairs.ask_for_rematch(
            id, self.person(by), PartingReason.OTHER))

    @rule(place=places, gate=st.sampled_from(list(Gate)), by=people)
    def something_that_is_due_is_done(self, place: int, gate: Gate, by: str) -> None:
        def model(told: Told) -> None:
            if told.state == "awaiting-training" and gate in GATES:
                told.done.add((gate, by))
                told.go_on()

        self._of(place, model, lambda id: self.house.matching.pairs.meet(
            id, gate, self.person(by), self._cause()))

    @rule(place=places, soon=st.booleans(), by=people)
    def the_two_agree_on_an_end(self, place: int, soon: bool, by: str) -> None:
        def model(told: Told) -> None:
            if told.state == "awaiting-training":
                told.done.add((Gate.AGREEMENT, by))
                told.go_on()
            told.soon = soon
            told.is_near(self.near)

        self._of(place, model, lambda id: self.house.matching.closing.agree_terms(
            id, self.person(by), "2027-03-20" if soon else "2027-12-01", self._cause()))

    @rule(near=st.booleans(), again=st.booleans())
    def the_end_of_the_programme_is_moved(self, near: bool, again: bool) -> None:
        def model() -> None:
            self.near = near
            for told in self.told:
                told.is_near(near)

        def service() -> None:
            self.house.matching.programmes.change(self.programme, {"ends_on": "2027-03-25" if near else LATER}, None)
            self.house.matching.closing.of_programme(self.programme, self.now, cause)

        cause = self._cause()
        for _ in range(1 + again):
            self.both(model, service)

    @rule(who=people, away=st.booleans(), again=st.booleans())
    def a_leave_begins_or_ends(self, who: str, away: bool, again: bool) -> None:
        def model() -> None:
            for told in self._with(who):
                if (who in told.away) is away or (away and told.state == "paused" and not told.away):
                    continue
                told.away = told.away | {who} if away else told.away - {who}
                if told.state == "paused" and not told.away:
                    told.state = "active"
                told.go_on()

        cause = self._cause()
        for _ in range(1 + again):
            self.both(model, lambda: self.house.matching.pairs.be_away(self.person(who), away, cause))
            model = _nothing

    @rule(who=people, again=st.booleans(), seldom=seldom)
    def somebody_leaves(self, who: str, again: bool, seldom: bool) -> None:
        def model() -> None:
            for told in self._with(who):
                gone = "mentor-left" if who == told.mentor else "mentee-left"
                told.end("declined" if told.state in OPEN else gone)
                told.left = who
            self.part |= {side: "left" for side in self.part if side[0] == who}

        def service() -> None:
            self.house.matching.participants.end(self.person(who), cause)
            self.house.matching.pairs.end_of_person(self.person(who), cause)

        cause = self._cause()
        for _ in range(seldom + (seldom and again)):
            self.both(model, service)

    @rule(who=mentors, stop=st.booleans())
    def a_mentor_takes_nobody_for_a_while(self, who: str, stop: bool) -> None:
        side = (who, Role.MENTOR)

        def model() -> None:
            if self.part[side] != ("active" if stop else "paused"):
                raise Refused("wrong-state")
            self.part[side] = "paused" if stop else "active"

        participants = self.house.matching.participants
        change = participants.pause if stop else participants.resume
        self.both(model, lambda: change(application_id(self.programme, self.person(who), Role.MENTOR)))

    @rule(who=mentors, room=st.integers(0, 3))
    def a_mentor_has_more_or_less_room(self, who: str, room: int) -> None:
        """Whoever had left is back with it."""
        side = (who, Role.MENTOR)

        def model() -> None:
            self.room[side] = room
            self.part[side] = "active" if self.part[side] == ParticipantState.LEFT else self.part[side]

        self.both(model, lambda: self.house.matching.participants.store.change(
            application_id(self.programme, self.person(who), Role.MENTOR),
            lambda one: one.answer(room, {}, "an import", self.now)))

    @rule(seldom=seldom)
    def the_programme_ends(self, seldom: bool) -> None:
        def model() -> None:
            for told in self.told:
                if told.state != ENDED:
                    never = "ended-early" if told.state == "awaiting-training" else "completed"
                    told.end("declined" if told.state in OPEN else never)

        if seldom:
            self.both(model, lambda: self.house.matching.pairs.end_of_programme(self.programme, self._cause()))

    @invariant()
    def all_is_as_the_model_has_it(self) -> None:
        stored = {one.id: one for one in self.house.matching.pairs.store.get_many(self.ids)}
        assert [_seen(stored[id]) for id in self.ids] == [
            (one.state, one.reason, one.live, one.followed) for one in self.told]
        for seat in ("mentor_seat", "mentee_seat", "couple", "organisation_seat"):
            held = [getattr(one, seat) for one in stored.values() if one.live]
            assert len(held) == len(set(held))

    def _of(self, place: int, model: Callable[[Told], object], service: Callable[[str], object]) -> None:
        if picked := self.pick(place):
            pair_id, told = picked
            self.both(lambda: model(told), lambda: service(pair_id))

    def _with(self, who: str) -> list[Told]:
        return [one for one in self.told if who in (one.mentor, one.mentee) and one.state != ENDED]

    def _cause(self) -> Cause:
        number = next(self.heard)
        return Cause(f"{self.programme}-{number}", f"/people/{self.programme}", Sequence(1, number))


def _nothing() -> None:
    """A repeat."""


def _answer(ask: Callable[[], object]) -> str:
    """`done`, or the word of the refusal."""
    try:
        ask()
    except Refused as refusal:
        return str(refusal)
    except DomainError as refusal:
        return refusal.code
    return "done"


def _seen(pair: Pair) -> tuple[str, str | None, bool, bool]:
    """A pair as the service has it; it is live as long as it holds seats."""
    held = (pair.mentor_seat, pair.mentee_seat, pair.couple, pair.organisation_seat)
    seated = {name.startswith("released/") for name in held}
    assert len(seated) == 1
    return PairState(pair.state).value, pair.reason, not seated.pop(), pair.rematch
