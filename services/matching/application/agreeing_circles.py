"""What must agree about circles: seats, the people in them, and what the circle has noted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from services.matching.application.circles import Circles
from services.matching.application.circling import Circling
from services.matching.application.people import People
from services.matching.application.tasks import Tasks
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.circle import Circle
from services.matching.domain.circle_seat import CircleSeat
from services.matching.domain.participant import application_id
from services.matching.domain.programme import Programme
from services.matching.domain.sweep import Disagreement
from services.matching.domain.task import Task


@dataclass(frozen=True)
class AgreeingCircles:
    """All of it is mended without a human, but for what a circle lacks, and who came into one reporting line."""

    people: People
    circling: Circling

    @property
    def circles(self) -> Circles:
        return self.circling.circles

    @property
    def tasks(self) -> Tasks:
        return self.circling.tasks

    def seats(self, _programme: Programme, some: Sequence[CircleSeat]) -> Iterator[Disagreement]:
        """Of those that are taken."""
        people = self.people.known(one.person_id for one in some)
        seating = self.circles.pairs.seating
        parts = seating.participants.known(map(_part, some))
        by_pairs = seating.taken_by_pairs(parts.values())
        bound = {one.id: one.person_id for one in some if one.came_under(seating.organisation.most)}
        too_many = seating.organisation.exceeding(bound.values())
        going_on = {one.id for one in self.circles.store.get_many(sorted({one.circle_id for one in some}))
                    if not one.over}
        for one in some:
            person, part = people.get(one.person_id), parts.get(_part(one))
            if person is None or person.has_left:
                yield Disagreement("gone-but-in-circle", one.id, partial(self.circling.end_of_person, one.person_id))
            elif part is None or part.state is ParticipantState.LEFT:
                yield Disagreement("left-but-in-circle", one.id, partial(
                    self.circling.end_of_participant, one.programme_id, one.person_id, one.role))
            elif one.circle_id not in going_on:
                yield Disagreement("over-but-in-circle", one.id, partial(self.circling.follow, one.circle_id))
            elif part.role is Role.MENTEE and part.turn:
                yield Disagreement("seated-but-waits", one.id, partial(seating.participants.wait_no_more, part.id))
            elif one.name in by_pairs[part.id] or bound.get(one.id) in too_many:
                yield Disagreement("seat-taken-twice", one.id, partial(self.circling.give_way, one.person_id))

    def look(self, programme: Programme, some: Sequence[Circle]) -> Iterator[Disagreement]:
        sitting: dict[str, set[Party]] = {one.id: set() for one in some}
        for seat in self.circles.seats_in(sitting):
            sitting[seat.circle_id].add(seat.party)
        for one in some:
            if one.over:
                continue
            if programme.state is ProgrammeState.CLOSED:
                yield Disagreement("closed-but-circle", one.id, partial(self.circling.end_of_programme, programme.id))
            elif one.founders or set(one.parties) != sitting[one.id]:
                yield Disagreement("circle-unlike-its-seats", one.id, partial(self.circling.follow, one.id))
            elif self.circling.is_behind(one, programme, self.circles.clock.now()):
                yield Disagreement("circle-closing-behind", one.id, partial(self.circling.keep_time, one.id))
        yield from self.tasks.unlike([*((Task.of_circle(one), one.lacks) for one in some),
                                      *self.circling.lines.in_circles(some)])


def _part(seat: CircleSeat) -> str:
    return application_id(seat.programme_id, seat.person_id, seat.role)
