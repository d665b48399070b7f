"""One answer to many applications. A job: 200 a tick, and what became of each."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from services.matching.domain.chunk import CHUNK
from services.matching.domain.verdict import Verdict
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid

MOST = 5_000

DECIDED = "decided"


class DecisionState(StrEnum):
    """Whether all applications have their answer."""

    RUNNING = "running"
    DONE = "done"


class TooMany(Invalid):
    """Nobody was chosen, or more than one decision takes."""

    code = "bad-choice"


@dataclass(kw_only=True)
class Decision(Aggregate):
    """`results` goes with `application_ids`: `decided`, or the code of what was refused. The verdict's text is taken
    out when all is done: each application has it. What was sent after `read_until` nobody has read."""

    programme_id: str
    verdict: Verdict
    application_ids: tuple[str, ...]
    state: DecisionState = DecisionState.RUNNING
    results: tuple[str, ...] = field(default=())
    created_at: datetime | None = None
    read_until: datetime | None = None

    @classmethod
    def make(cls, id: str, programme_id: str, verdict: Verdict, application_ids: list[str],
             at: datetime) -> "Decision":
        """Raises NoReason, TooMany."""
        ids = tuple(dict.fromkeys(application_ids))
        verdict.require_sound()
        if not 1 <= len(ids) <= MOST:
            raise TooMany(f"a decision is about 1 to {MOST} applications")
        decision = cls(id=id, programme_id=programme_id, verdict=verdict, application_ids=ids, created_at=at)
        decision.set_timer("some", at)
        return decision

    @property
    def next_ids(self) -> tuple[str, ...]:
        """What comes next."""
        return self.application_ids[len(self.results):][:CHUNK]

    @property
    def decided(self) -> int:
        return self.results.count(DECIDED)

    @property
    def refused(self) -> dict[str, str]:
        """The code of each application that could not be decided so."""
        found = zip(self.application_ids, self.results, strict=False)
        return {one: code for one, code in found if code != DECIDED}

    def on_some(self, now: datetime) -> None:
        """The next ones; the timer stands until all are done, so that a crash repeats them."""
        self.set_timer("some", now)

    def move_on(self, done: int, results: list[str]) -> None:
        """The ones after the first `done` have these results. A repeat changes nothing."""
        if self.state is DecisionState.RUNNING and len(self.results) == done:
            self.results += tuple(results)
            if not self.next_ids:
                self.state = DecisionState.DONE
                self.verdict = replace(self.verdict, text="", without="")
                self.clear_timer("some")
