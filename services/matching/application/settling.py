"""What ends a request or a proposal by hand, or lets it go on: pairs, breaks, leavers, the programme's end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.falling_through import FallingThrough
from services.matching.application.requests import Requests
from services.matching.application.tasks import Tasks
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import RequestState
from services.matching.domain.choice import Prospects
from services.matching.domain.request import Request, pair_id_of
from shared.kernel.events import Cause


@dataclass(frozen=True)
class Settling:
    """All of it may be asked for twice."""

    requests: Requests
    tasks: Tasks

    def pair_made(self, pair: Mapping[str, str], cause: Cause) -> None:
        """The request that became it ends, and another when its mentee has no room for more; whoever waits for a mentor
        without room goes on to the next. Proposals by hand of whoever has no seat left end."""
        for one in list(self.requests.store.each({name: pair[name] for name in ("programme_id", "mentee_id")})):
            self._change(one, self._look_again, cause)
        self.proposals.of_person(pair["mentee_id"], Role.MENTEE, cause)
        self.mentor_changed(pair["programme_id"], pair["mentor_id"], cause)
        self.tasks.helped(pair["programme_id"], pair["mentee_id"], cause)

    def mentor_changed(self, programme_id: str, mentor_id: str, cause: Cause | None = None) -> None:
        """A mentor has no room or takes a break: they are not asked any more."""
        for one in list(self.requests.store.each({"programme_id": programme_id, "asked_id": mentor_id})):
            self._change(one, self._look_again, cause)
        self.proposals.of_person(mentor_id, Role.MENTOR, cause)

    def mentee_changed(self, programme_id: str, mentee_id: str, cause: Cause | None = None) -> None:
        """A mentee who takes a break, or left, asks nobody."""
        if one := self.requests.open_of(programme_id, mentee_id):
            self._change(one, self._look_again, cause)
        self.proposals.of_person(mentee_id, Role.MENTEE, cause)

    @property
    def proposals(self) -> FallingThrough:
        """Those by hand."""
        return FallingThrough(self.requests.seating, self.requests.clock)

    def moved(self, person_ids: Sequence[str], cause: Cause) -> None:
        """People of whom the directory says something else now: a rule may bar who is asked, or who asks."""
        there = {"state": RequestState.OPEN}
        for one in [request for side in ("asked_id", "mentee_id")
                    for request in self.requests.store.each({side: {"$in": person_ids}, **there})]:
            self._change(one, self._look_again, cause)

    def programme_changed(self, programme_id: str, cause: Cause) -> None:
        """A programme that is over matches nobody."""
        for one in list(self.requests.store.each({"programme_id": programme_id, "state": RequestState.OPEN})):
            self._change(one, self._look_again, cause)

    def is_behind(self, request: Request) -> bool:
        """Whether an open request would be another if it looked again."""
        prospects = self._prospects(request)
        return (self.requests.seating.pairs.exists(pair_id_of(request.id)) or prospects.over is not None
                or (request.asked_id is not None and not prospects.moments(request.asked_id)))

    def went_on(self, request_id: str, cause: Cause) -> None:
        """Nobody left to ask is a task; asking again is none any more."""
        request = self.requests.get(request_id)
        if request.state is RequestState.EXHAUSTED:
            self.tasks.help_out(request, cause)
        elif request.state is RequestState.OPEN:
            self.tasks.helped(request.programme_id, request.mentee_id, cause)

    def unfinished_of(self, person_id: str) -> bool:
        """Whether anything still waits for this person."""
        return any(one.state is RequestState.OPEN for one in self.requests.of_person(person_id))

    def forget(self, person_id: str) -> int:
        """What somebody wrote, or was written to them; how many requests there were."""
        found = self.requests.about(person_id)
        for one in found:
            self.requests.store.change(one.id, Request.forget)
        return len(found)

    def states(self, programme_id: str) -> dict[str, int]:
        """How many requests stand where."""
        return self.requests.store.count_by({"programme_id": programme_id}, "state")

    def _look_again(self, request: Request) -> None:
        if not self.requests.follows_yes(request):
            request.look_again(self._prospects(request), self._now())

    def _prospects(self, request: Request) -> Prospects:
        return self.requests.asking.prospects(request.programme_id, request.mentee_id, self._now())

    def _change(self, request: Request, decide: Callable[[Request], object], cause: Cause | None) -> None:
        self.requests.store.change(request.id, decide, cause=cause)

    def _now(self) -> datetime:
        return self.requests.clock.now()
