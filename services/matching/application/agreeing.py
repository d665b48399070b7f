"""What must agree across documents, part by part: each look answers what does not, and which command of an event mends
it. What no command mends is told to coordinators."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.matching.application.agreeing_circles import AgreeingCircles
from services.matching.application.agreeing_pairs import AgreeingPairs
from services.matching.application.applications import Applications
from services.matching.application.participants import Participants
from services.matching.application.programmes import Programmes
from services.matching.application.settling import Settling
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import ParticipantState
from services.matching.contracts.people import PersonState
from services.matching.contracts.programmes import ProgrammeState
from services.matching.contracts.requests import RequestState
from services.matching.domain.application import ANSWERED_YES, Application
from services.matching.domain.circle_seat import SeatState
from services.matching.domain.participant import Participant
from services.matching.domain.programme import Programme
from services.matching.domain.request import Request
from services.matching.domain.sweep import Disagreement, Part
from services.matching.domain.task import Task
from shared.store.repository import Found, Repository

Look = Callable[[Programme, Sequence[Any]], Iterator[Disagreement]]


@dataclass(frozen=True)
class Agreeing:
    """Reads a chunk of documents and what is around them in a few reads."""

    applications: Applications
    pairs: AgreeingPairs
    circles: AgreeingCircles
    settling: Settling

    def chunk(self, part: Part, programme_id: str, cursor: str, limit: int) -> Found[Any]:
        """The next documents of a part, behind the cursor."""
        store, chosen, _ = self._parts[part]
        return store.find({"programme_id": programme_id, **chosen}, limit=limit,
                          after=(cursor, cursor) if cursor else None)

    def look(self, part: Part, programme: Programme, documents: Sequence[Any]) -> Iterator[Disagreement]:
        """What does not agree about these."""
        _, _, look = self._parts[part]
        return look(programme, documents) if documents else iter(())

    @property
    def programmes(self) -> Programmes:
        return self.applications.programmes

    @property
    def _parts(self) -> dict[Part, tuple[Repository[Any], dict[str, Any], Look]]:
        return {
            Part.PARTICIPANTS: (self.applications.participants.store, {}, self._participants),
            Part.APPLICATIONS: (self.applications.store, {}, self._applications),
            Part.PAIRS: (self.pairs.pairs.store, {}, self.pairs.look),
            Part.CIRCLE_SEATS: (self.circles.circles.seats, {"state": SeatState.TAKEN}, self.circles.seats),
            Part.CIRCLES: (self.circles.circles.store, {}, self.circles.look),
            Part.REQUESTS: (self.settling.requests.store, {"state": RequestState.OPEN}, self._requests),
        }

    def _participants(self, _programme: Programme, some: Sequence[Participant]) -> Iterator[Disagreement]:
        people = self.applications.people.known(one.person_id for one in some)
        answers = {one.id: one.state for one in self.applications.store.get_many([one.id for one in some])}
        held = self.pairs.pairs.seating.taken(some)
        for one in some:
            person = people.get(one.person_id)
            if one.state is not ParticipantState.LEFT:
                if person is None or person.has_left:
                    yield Disagreement("gone-but-takes-part", one.id, partial(self._participation.end, one.person_id))
                elif _withdrew(one, answers.get(one.id)):
                    yield Disagreement("withdrawn-but-takes-part", one.id,
                                       partial(self.applications.withdrawn, one.id))
                elif one.misses(away := person.state is PersonState.ON_LEAVE):
                    yield Disagreement("away-but-active" if away else "back-but-away", one.id,
                                       partial(self._participation.be_away, one.person_id, away))
        yield from self.pairs.tasks.unlike((Task.of_room(one), _over(one, len(held[one.id]))) for one in some)

    def _applications(self, programme: Programme, some: Sequence[Application]) -> Iterator[Disagreement]:
        around = self.applications.around(some)
        for one in some:
            here = around.is_here(one.person_id)
            if one.waits and not here:
                yield Disagreement("gone-but-applies", one.id, partial(self.applications.end, one.person_id))
            elif one.waits and programme.state is ProgrammeState.CLOSED:
                yield Disagreement("closed-but-applies", one.id,
                                   partial(self.applications.end_of_programme, programme.id))
            elif one.state in ANSWERED_YES and here and one.id not in around.participants:
                yield Disagreement("approved-but-takes-no-part", one.id, partial(self.applications.admit, one.id))

    def _requests(self, _programme: Programme, some: Sequence[Request]) -> Iterator[Disagreement]:
        for one in some:
            if self.settling.is_behind(one):
                yield Disagreement("request-behind", one.id,
                                   partial(self.settling.mentee_changed, one.programme_id, one.mentee_id))

    @property
    def _participation(self) -> Participants:
        return self.applications.participants


def _withdrew(one: Participant, answer: ApplicationState | None) -> bool:
    """Whoever was brought back by a file takes part without an application."""
    return one.by_application and not one.changed_by and answer is not None and answer not in ANSWERED_YES


def _over(one: Participant, held: int) -> tuple[str, ...]:
    return ("over-capacity",) if one.state is not ParticipantState.LEFT and held > one.capacity else ()
