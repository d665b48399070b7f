"""Rounds of matching pass by those who wait: on the waiting list for a place, or as a mentee for a mentor."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from services.matching.application.applications import Applications
from services.matching.application.pairs import UNFINISHED
from services.matching.application.participants import Participants
from services.matching.application.people import batches
from services.matching.application.runs import Runs
from services.matching.application.tasks import Tasks
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.application import Application
from services.matching.domain.circle_seat import in_circles
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.participant import Participant, application_id
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.events import Cause
from shared.store.repository import Repository

NOT_ALONE = ("fewer-than-wanted", "none-wanted")
"""Why a run lists mentees who do not wait."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody stands who waits: `waits_for` a place in the programme, or a mentor."""

    programme_id: str
    role: Role
    waits_for: str
    position: int
    rounds: int


@dataclass(frozen=True)
class Waiting:
    """All of it may be asked for twice."""

    applications: Applications
    participants: Participants
    runs: Runs
    tasks: Tasks
    clock: Clock

    def looked(self, run_id: str, cause: Cause) -> None:
        """A run was solved: of somebody who asked for another mentor it may have found nobody."""
        self._in_vain(self.runs.get(run_id), cause)

    def round_passed(self, run_id: str, cause: Cause) -> None:
        """A run for everybody was published; one for a single mentee is no round, unless its pair was refused."""
        run = self.runs.get(run_id)
        if run.mentee_id is None:
            self._pass_round(run, cause)
        elif run.refused:
            self._in_vain(run, cause)

    def _pass_round(self, run: MatchingRun, cause: Cause) -> None:
        waiting = {"programme_id": run.programme_id, "state": ApplicationState.WAITING}
        for one in list(self.applications.store.each(waiting)):
            self.applications.store.change(one.id, Application.pass_round, cause=cause)
        alone = self.runs.unmatched_.each({"batch": run.holder, "role": Role.MENTEE})
        people = [one.person_id for one in alone if one.code not in NOT_ALONE]
        self._stay_alone(run, [*people, *run.left_alone.values(), *run.refused_alone], cause)

    def _in_vain(self, run: MatchingRun, cause: Cause) -> None:
        """A mentee who takes part, asked for another mentor and has none by now is the coordinator's to help."""
        if run.mentee_id and run.unmatched and not run.matched and self._alone(run.programme_id, [run.mentee_id]):
            self.tasks.seek(run, cause)
            self._stay_alone(run, [run.mentee_id], cause)

    def _stay_alone(self, run: MatchingRun, mentees: Collection[str], cause: Cause) -> None:
        ids = [application_id(run.programme_id, one, Role.MENTEE) for one in self._alone(run.programme_id, mentees)]
        for known in self.participants.known(ids):
            self.participants.store.change(known, lambda one: one.stay_alone(self.clock.now()), cause=cause)

    def paired(self, programme_id: str, mentee_id: str, cause: Cause) -> None:
        """The mentee has a mentor, and waits no more."""
        with suppress(NotFound):
            self.participants.wait_no_more(application_id(programme_id, mentee_id, Role.MENTEE), cause)

    def _alone(self, programme_id: str, mentees: Collection[str]) -> set[str]:
        """Without those who found a mentor by hand, by a request or in a circle since the run looked."""
        pairs, alone = self.applications.pairs, {*mentees}
        for some in batches(sorted(alone)):
            among = {"$in": list(some)}
            unfinished = {"programme_id": programme_id, "state": {"$in": UNFINISHED}, "mentee_id": among}
            seated = {**in_circles(programme_id, Role.MENTEE), "person_id": among}
            alone -= {*pairs.store.count_by(unfinished, "mentee_id"),
                      *pairs.seating.circle_seats.count_by(seated, "person_id")}
        return alone

    def places(self, person_id: str) -> list[Place]:
        """Everywhere this person waits."""
        return [*self._for_places(person_id), *self._for_mentors(person_id)]

    def _for_places(self, person_id: str) -> Iterator[Place]:
        for one in self.applications.of_person(person_id):
            if one.state is ApplicationState.WAITING:
                yield _place(one, "place", self._position(self.applications.store, one))

    def _for_mentors(self, person_id: str) -> Iterator[Place]:
        for one in self.participants.store.each({"person_id": person_id, "role": Role.MENTEE}):
            if one.turn and one.state is ParticipantState.ACTIVE:
                yield _place(one, "mentor", self._position(self.participants.store, one))

    def _position(self, store: Repository[Any], one: Application | Participant) -> int:
        before = {"programme_id": one.programme_id, "role": one.role, "state": one.state,
                  "turn": {"$gt": "", "$lt": one.turn}}
        return store.count(before) + 1


def _place(one: Application | Participant, waits_for: str, position: int) -> Place:
    return Place(programme_id=one.programme_id, role=one.role, waits_for=waits_for, position=position,
                 rounds=one.rounds)
