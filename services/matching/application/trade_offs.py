"""What each objective would bring to a programme: solved by the worker when somebody asks, and never published."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.matching.application.looking import counted
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.reporting import Reporter
from services.matching.application.solving import Solving
from services.matching.domain.attempts import Cancelled
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.trade_off import Foreseen, TradeOff
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Invalid, NotFound
from shared.store.repository import Repository


@dataclass(frozen=True)
class TradeOffs:
    """Poses the problem of the next run, with its locks and whom it would keep together; its matchmaker refuses what
    would keep runs waiting."""

    store: Repository[TradeOff]
    solving: Solving
    matchmaker: Matchmaker
    clock: Clock
    seconds: Callable[[], float] = time.monotonic

    def of(self, programme_id: str) -> TradeOff:
        """As it was counted last; nothing is counted by looking. Raises NotFound."""
        self.solving.programmes.get(programme_id)
        try:
            return self.store.get(programme_id)
        except NotFound:
            return TradeOff(id=programme_id)

    def ask(self, programme_id: str) -> TradeOff:
        """The worker counts it, unless it did a moment ago. Raises NotFound, NotOpen."""
        self.solving.programmes.get(programme_id).require_open()
        if not self.store.exists(programme_id):
            with suppress(AlreadyExists):
                return self.store.add(TradeOff.begin(programme_id, self.clock.now()))
        return self.store.change(programme_id, lambda one: one.look(self.clock.now()))

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has asked."""
        def count() -> Callable[[TradeOff], None]:
            found = self._foreseen(programme_id, self.store.get(programme_id).holder)
            return lambda one: setattr(one, "found", found)
        with suppress(Cancelled):
            counted(self.store, programme_id, now, count)

    def _foreseen(self, programme_id: str, holder: str) -> Foreseen:
        report = Reporter(lambda progress: self.store.change(
            programme_id, lambda one: one.advance(holder, progress, self.clock.now())), self.seconds)
        problem = self._problem(programme_id)
        try:
            outlooks = self.matchmaker.outlooks(problem, report)
        except Invalid as error:
            return Foreseen(mentees=len(problem.mentees), why=error.code)
        wishes = problem.rulebook.wishes
        return Foreseen(mentees=len(problem.mentees), best=problem.rulebook.highest_score, outlooks=outlooks,
                        wishers=sum(1 for one in problem.mentees if wishes and wishes.of(one)))

    def _problem(self, programme_id: str) -> Problem:
        plan = self.solving.programmes.get(programme_id).plan
        return self.solving.posed(MatchingRun(id=programme_id, programme_id=programme_id), plan)[0]
