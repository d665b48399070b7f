"""An approved application: person × programme × role, with capacity."""

from dataclasses import dataclass, field
from datetime import datetime

from services.matching.contracts.participants import (
    GapTraining,
    ParticipantApproved,
    ParticipantEvent,
    ParticipantLeft,
    ParticipantPaused,
    ParticipantResumed,
    ParticipantState,
    Role,
)
from services.matching.contracts.taking_part import ParticipantRemoved
from services.matching.domain.departure import DepartureReason
from services.matching.domain.waiting import InLine
from shared.kernel.errors import Invalid, WrongState
from shared.kernel.ids import derived_id

MOST_PAIRS = 50
"""Nobody has more pairs at once."""
STEPPING_UP = GapTraining(gap="stepping-up", module="stepping-up")
"""Is no gap: what supports a mentee who becomes a mentor."""


class NotTakingPart(WrongState):
    """Paused or gone: no new pairs."""

    code = "not-taking-part"


class BadCapacity(Invalid):
    """Not a number of pairs."""

    code = "bad-capacity"


def application_id(programme_id: str, person_id: str, role: Role) -> str:
    """One application a person, programme and role: whoever applies again changes it."""
    return derived_id("application", programme_id, person_id, role)


@dataclass(kw_only=True)
class Participant(InLine):
    """Has the id of its application. `capacity` pairs at once, 0 is allowed; `answers` is the row that matching looks
    at, column → text. `added_by` and `changed_by` name the import that did so last, so that a repeat can tell.
    `on_leave`: paused for a leave, and back by itself after it; `through_leave`: brought back during it.
    `by_application`: asked to take part, and did not come by a file. `training` closes the gaps to the Ideal Mentor
    Profile; `steps_up`: was asked as a mentee to become a mentor. `left_because`: said by whoever left, or took them
    out, which was at `taken_out_at`."""

    programme_id: str
    person_id: str
    role: Role
    capacity: int
    answers: dict[str, str] = field(default_factory=dict)
    added_by: str = ""
    changed_by: str = ""
    training: tuple[GapTraining, ...] = ()
    steps_up: bool = False
    state: ParticipantState = ParticipantState.ACTIVE
    on_leave: bool = False
    through_leave: bool = False
    by_application: bool = False
    left_because: DepartureReason | None = None
    taken_out_at: datetime | None = None

    @classmethod
    def approve(
        cls, programme_id: str, person_id: str, role: Role, capacity: int, answers: dict[str, str], at: datetime
    ) -> "Participant":
        """Takes part from now on. Raises BadCapacity."""
        participant = cls(
            id=application_id(programme_id, person_id, role), programme_id=programme_id, person_id=person_id,
            role=role, capacity=sound_capacity(capacity), answers=answers)
        participant.welcome(at)
        return participant

    def welcome(self, at: datetime) -> None:
        """Takes part from now on."""
        self._tell(ParticipantApproved, at, by_application=self.by_application)

    def differs(self, capacity: int, answers: dict[str, str]) -> bool:
        """Whether this would be news. Whoever had left is back with it."""
        return (capacity, answers) != (self.capacity, self.answers) or self.state is ParticipantState.LEFT

    def answer(self, capacity: int, answers: dict[str, str], by: str, at: datetime) -> None:
        """What the person says now, as the import `by` has it. Pairs that exist stay."""
        if self.differs(capacity, answers):
            self._take(capacity, answers, by)
            self._tell(ParticipantApproved, at)

    def apply_again(self, fresh: "Participant", at: datetime) -> None:
        """Approved once more, after having left or having come by a file."""
        self.by_application, self.training = True, fresh.training
        self.wait_on(fresh.rounds, fresh.waits_since)
        self._take(fresh.capacity, fresh.answers, "")
        self.welcome(at)

    def learn(self, training: tuple[GapTraining, ...], at: datetime) -> None:
        """The Ideal Mentor Profile finds other gaps now. Whoever left has nothing to learn."""
        if training != self.training and self.state is not ParticipantState.LEFT:
            self.training = training
            self._tell(ParticipantApproved, at)

    def step_up(self, at: datetime) -> None:
        """A mentee became a mentor, and is to be supported."""
        if not self.steps_up and self.state is not ParticipantState.LEFT:
            self.steps_up = True
            self._tell(ParticipantApproved, at)

    def pause(self, at: datetime) -> None:
        self._move(ParticipantState.ACTIVE, ParticipantState.PAUSED, ParticipantPaused, at)

    def resume(self, at: datetime, away: bool = False) -> None:
        """Whoever is `away` on leave now takes part through it."""
        self.on_leave, self.through_leave = False, away or self.on_leave or self.through_leave
        self._move(ParticipantState.PAUSED, ParticipantState.ACTIVE, ParticipantResumed, at)

    def be_away(self, away: bool, at: datetime) -> None:
        """A leave pauses; a break that they took themselves goes on after it."""
        if not self.misses(away):
            return
        if away:
            self.on_leave = True
            self.pause(at)
        elif self.on_leave:
            self.resume(at)
        self.through_leave = False

    def misses(self, away: bool) -> bool:
        """Whether it would change something that they are on leave, or are not."""
        if away:
            return self.state is ParticipantState.ACTIVE and not self.through_leave
        return self.through_leave or (self.on_leave and self.state is ParticipantState.PAUSED)

    def go_on(self, capacity: int | None, at: datetime, away: bool = False) -> None:
        """Stays after the last pair, with so much room. A break of one's own is over; the leave of whoever is `away`
        goes on. Whoever left meanwhile has left."""
        if self.state is ParticipantState.PAUSED:
            self.on_leave = self.on_leave or (away and not self.through_leave)
            if not self.on_leave:
                self.resume(at)
        if self.state is not ParticipantState.LEFT and capacity is not None:
            self.make_room(capacity, at)

    def make_room(self, capacity: int, at: datetime) -> None:
        """So many pairs at once from now on. With fewer than there are none of them ends, and there is no new one until
        enough have ended. Raises BadCapacity, NotTakingPart."""
        if self.state is ParticipantState.LEFT:
            raise NotTakingPart(f"the {self.role} {self.person_id} has left this programme")
        if sound_capacity(capacity) != self.capacity:
            self.capacity = capacity
            self._tell(ParticipantApproved, at)

    def take_a_break(self, at: datetime) -> None:
        """Of their own will: the end of a leave does not end it."""
        self.on_leave = False
        if self.state is ParticipantState.ACTIVE:
            self.pause(at)

    def leave(self, at: datetime) -> None:
        """Taking part ends; having left already is no error."""
        if self.state is not ParticipantState.LEFT:
            self.state = ParticipantState.LEFT
            self._tell(ParticipantLeft, at)

    def depart(self, because: DepartureReason, at: datetime) -> None:
        """Leaves of their own will. Raises NotTakingPart: nobody leaves twice."""
        if self.state is ParticipantState.LEFT:
            raise NotTakingPart(f"the {self.role} {self.person_id} has left this programme already")
        self.left_because = because
        self.leave(at)

    def be_taken_out(self, because: DepartureReason, at: datetime) -> None:
        """By a coordinator: the person is told that, and not why. Raises NotTakingPart."""
        self.depart(because, at)
        self.taken_out_at = at
        self.record(ParticipantRemoved(application_id=self.id, programme_id=self.programme_id,
                                        person_id=self.person_id, role=self.role), at)

    def forget(self) -> None:
        """What they answered is erased; that somebody took part stays."""
        self.answers, self.answered, self.training = {}, [], ()

    def forget_others(self, answers: dict[str, str]) -> None:
        """The answers without somebody whom they named."""
        self.answers, self.answered = answers, []

    def require_active(self) -> None:
        """Raises NotTakingPart."""
        if self.state is not ParticipantState.ACTIVE:
            raise NotTakingPart(f"the {self.role} {self.person_id} is {self.state} in this programme")

    def _take(self, capacity: int, answers: dict[str, str], by: str) -> None:
        self.capacity, self.answers, self.changed_by = sound_capacity(capacity), answers, by
        if self.state is ParticipantState.LEFT:
            self.state, self.left_because, self.taken_out_at = ParticipantState.ACTIVE, None, None

    def _move(
        self, before: ParticipantState, after: ParticipantState, event: type[ParticipantEvent], at: datetime
    ) -> None:
        if self.state is not before:
            raise WrongState(f"participant {self.id} is {self.state}")
        self.state = after
        self._tell(event, at)

    def _tell(self, event: type[ParticipantEvent], at: datetime, **more: bool) -> None:
        self.record(
            event(
                application_id=self.id,
                programme_id=self.programme_id,
                person_id=self.person_id,
                role=self.role,
                state=self.state,
                capacity=self.capacity,
                gaps=tuple(one.gap for one in self.training),
                training=(*self.training, *[STEPPING_UP] * self.steps_up),
                **more,
            ),
            at,
        )


def sound_capacity(capacity: int) -> int:
    """Raises BadCapacity."""
    if not 0 <= capacity <= MOST_PAIRS:
        raise BadCapacity(f"a capacity lies between 0 and {MOST_PAIRS}")
    return capacity
