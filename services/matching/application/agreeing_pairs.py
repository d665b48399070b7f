"""What must agree about pairs: their people, their programme and their seats."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from services.matching.application.closing import Closing
from services.matching.application.falling_through import FallingThrough
from services.matching.application.lines import Lines
from services.matching.application.pairs import UNFINISHED, Pairs
from services.matching.application.people import People
from services.matching.application.tasks import Tasks
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.people import PersonState
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.person import Person
from services.matching.domain.programme import Programme
from services.matching.domain.sweep import Disagreement
from services.matching.domain.task import Task, TaskKind

Parts = Mapping[str, Participant]


@dataclass(frozen=True)
class AgreeingPairs:
    """A pair whose people are here takes what is wrong with it to coordinators: to end it is theirs."""

    people: People
    pairs: Pairs
    tasks: Tasks

    def look(self, programme: Programme, some: Sequence[Pair]) -> Iterator[Disagreement]:
        parties = [(one, party) for one in some for party in one.parties]
        people = self.people.known(party.person_id for _, party in parties)
        parts = self.pairs.participants.known(
            application_id(one.programme_id, party.person_id, party.role) for one, party in parties)
        as_it_is = []
        for one in some:
            mendable = [*self._unfinished(programme, one, people, parts), *self._held(one, parts)]
            yield from mendable
            if not mendable:
                as_it_is.append(one)
        for one in as_it_is:
            if one.state in OPEN and self._falling_through.is_in_vain(one):
                yield Disagreement("proposed-in-vain", one.id, partial(self._falling_through.end, one.id))
        yield from self.tasks.unlike([*self._in_line(as_it_is), *(
            (Task.of_pair(TaskKind.AT_ODDS, one), _odds(one, parts)) for one in as_it_is)])

    def _in_line(self, some: Sequence[Pair]) -> Iterator[tuple[Task, tuple[str, ...]]]:
        """Who came into one reporting line unseen."""
        unfinished = [one for one in some if one.state in UNFINISHED]
        broken = Lines(self.people, self.tasks).broken_by(unfinished)
        return ((Task.of_pair(TaskKind.REPORTING_LINE, one), broken.get(one.id, ())) for one in unfinished)

    def _held(self, one: Pair, parts: Parts) -> Iterator[Disagreement]:
        mentee = _part(one, one.mentee_id, Role.MENTEE, parts)
        if not one.live and not one.seated:
            yield Disagreement("over-but-seated", one.id, partial(self.pairs.release, one.id))
        elif one.live and mentee and mentee.turn:
            yield Disagreement("paired-but-waits", one.id, partial(self.pairs.participants.wait_no_more, mentee.id))

    def _unfinished(self, programme: Programme, one: Pair, people: Mapping[str, Person], parts: Parts
                    ) -> Iterator[Disagreement]:
        if one.state not in UNFINISHED:
            return
        if self._closing.is_behind(one, programme, self.pairs.clock.now()):
            yield Disagreement("closing-behind", one.id, partial(self._closing.of_pair, one.id))
        if programme.state is ProgrammeState.CLOSED:
            yield Disagreement("closed-but-paired", one.id, partial(self.pairs.end_of_programme, programme.id))
        for person_id, role in ((party.person_id, party.role) for party in one.parties):
            person = people.get(person_id)
            if person is None or person.has_left:
                yield Disagreement("gone-but-paired", one.id, partial(self.pairs.end_of_person, person_id))
            elif one.misses(person_id, away := person.state is PersonState.ON_LEAVE) and not (
                    away and _goes_on(_part(one, person_id, role, parts))):
                yield Disagreement("away-but-paired" if away else "back-but-paused", one.id,
                                   partial(self.pairs.be_away, person_id, away))

    @property
    def _falling_through(self) -> FallingThrough:
        return FallingThrough(self.pairs.seating, self.pairs.clock)

    @property
    def _closing(self) -> Closing:
        return Closing(self.pairs)


def _part(one: Pair, person_id: str, role: Role, parts: Parts) -> Participant | None:
    return parts.get(application_id(one.programme_id, person_id, role))


def _goes_on(part: Participant | None) -> bool:
    return part is not None and part.through_leave


def _odds(one: Pair, parts: Parts) -> tuple[str, ...]:
    """What nobody but a coordinator can decide about a live pair."""
    if not one.live:
        return ()
    sides = [_part(one, party.person_id, party.role, parts) for party in one.parties]
    absent = [side is None or side.state is ParticipantState.LEFT for side in sides]
    return (*["takes-no-part"] * any(absent), *["no-seat"] * (not one.seated))
