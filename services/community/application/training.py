"""What happens to training: pairs bring assignments, people complete them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.community.application.copies import Copies, PairFacts
from services.community.application.spaces import Spaces
from services.community.domain.assignment import Assignment, AssignmentState, Trainee
from services.community.domain.module import JOINT_KICK_OFF
from shared.kernel.clock import Clock, parse
from shared.kernel.errors import AlreadyExists
from shared.messaging.envelope import Received
from shared.store.repository import Found, Repository


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How far the pairs of a programme are with the kick-off; `overdue` are part of those that are assigned."""

    states: dict[str, int]
    overdue: int
    as_of: datetime


@dataclass(frozen=True)
class Training:
    """One assignment for each person of a pair."""

    store: Repository[Assignment]
    copies: Copies
    spaces: Spaces
    clock: Clock

    def begin(self, pair: PairFacts, cause: Received) -> None:
        """A new pair: room for its cohort, and the kick-off for both, if there is more than one session to prepare."""
        self.copies.keep_pair(pair, cause)
        self.spaces.open_for(pair.programme_id, cause)
        zone, at = self.copies.zone(pair.programme_id), parse(cause.time)
        for person_id, role in pair.sides if self.copies.prepares(pair.programme_id) else ():
            trainee = Trainee(pair_id=pair.pair_id, programme_id=pair.programme_id, person_id=person_id, role=role)
            with suppress(AlreadyExists):
                self.store.add(Assignment.assign(JOINT_KICK_OFF, trainee, zone, at), cause=cause)

    def follow(self, pair: PairFacts, cause: Received) -> None:
        """Members come and go with their pairs; what a closed pair had still to do is withdrawn."""
        self.copies.keep_pair(pair, cause)
        if pair.state == "closed":
            open_ones = {"pair_id": pair.pair_id, "state": AssignmentState.ASSIGNED}
            for assignment in list(self.store.each(open_ones)):
                self.store.change(assignment.id, lambda one: one.withdraw(parse(cause.time)), cause=cause)

    def complete(self, id: str, by: str, if_version: int | None = None) -> Assignment:
        return self.store.change(id, lambda one: one.complete(by, self.clock.now()), if_version=if_version)

    def get(self, id: str) -> Assignment:
        return self.store.get(id)

    def of_person(self, person_id: str, state: str | None, *, limit: int,
                  after: tuple[str, str] | None) -> Found[Assignment]:
        where = {"person_id": person_id} | ({"state": state} if state else {})
        return self.store.find(where, "due_on", limit=limit, after=after)

    def of_programme(self, programme_id: str, state: str | None, *, limit: int,
                     after: tuple[str, str] | None) -> Found[Assignment]:
        where = {"programme_id": programme_id} | ({"state": state} if state else {})
        return self.store.find(where, "due_on", limit=limit, after=after)

    def summary(self, programme_id: str) -> Summary:
        kick_offs = {"programme_id": programme_id, "module": JOINT_KICK_OFF.code}
        states = self.store.count_by(kick_offs, "state")
        overdue = {**kick_offs, "state": AssignmentState.ASSIGNED, "overdue": True}
        return Summary(states={state.value: states.get(state.value, 0) for state in AssignmentState},
                       overdue=self.store.count(overdue), as_of=self.clock.now())
