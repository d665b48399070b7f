"""Pairs come to their last weeks: with their programme, or when the two agreed to end."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.application.pairs import Pairs
from services.matching.contracts.pairs import PairState
from services.matching.domain.pair import Pair
from services.matching.domain.programme import Programme
from shared.kernel.events import Cause

AFTER = (PairState.CLOSING, PairState.PAUSED, PairState.AWAITING_TRAINING)
BEFORE = (PairState.AWAITING_TRAINING, PairState.ACTIVE, PairState.PAUSED)


@dataclass(frozen=True)
class Closing:
    """All of it may be asked for twice."""

    pairs: Pairs

    def of_programme(self, programme_id: str, told_at: datetime, cause: Cause) -> None:
        """Its end is near, or was moved: as of the event at least, since another worker's clock may have rung."""
        programme, at = self.pairs.programmes.get(programme_id), max(self._now(), told_at)
        near = programme.in_last_weeks(at)
        wanted = {"state": {"$in": [*(BEFORE if near else AFTER)]}} | ({} if near else {"last_weeks": True})
        for pair in list(self.pairs.store.each({"programme_id": programme_id, **wanted})):
            if self.is_behind(pair, programme, at):
                self._time(pair.id, at, cause)

    def of_new_pair(self, pair_id: str, programme: Programme, cause: Cause) -> None:
        """Nothing is behind before the last weeks of its programme."""
        if programme.in_last_weeks(self._now()):
            self.of_pair(pair_id, cause)

    def of_pair(self, pair_id: str, cause: Cause | None = None) -> None:
        """A pair that begins late."""
        pair = self.pairs.store.get(pair_id)
        if self.is_behind(pair, self.pairs.programmes.get(pair.programme_id), self._now()):
            self._time(pair_id, self._now(), cause)

    def ring(self, pair_id: str, now: datetime) -> None:
        """The day has come on which the two meant to begin their farewell, unless it was moved."""
        self._time(pair_id, now, None)

    def agree_terms(self, pair_id: str, by: str, ends_on: str, cause: Cause) -> None:
        """What the two wrote down opens a gate, and may end the pair before its programme; a circle has neither."""
        def decide(pair: Pair) -> None:
            pair.agree_terms(by, ends_on, self._now())
            pair.close_from(self._moment(pair), self._now())
        if self.pairs.store.exists(pair_id):
            self.pairs.store.change(pair_id, decide, cause=cause)

    def is_behind(self, pair: Pair, programme: Programme, at: datetime) -> bool:
        """Whether a live pair is not where it should be."""
        return pair.live and pair.last_weeks is not programme.in_last_weeks(at, pair.agreed_end)

    def _time(self, pair_id: str, at: datetime, cause: Cause | None) -> None:
        self.pairs.store.change(pair_id, lambda pair: pair.close_from(self._moment(pair), at), cause=cause)

    def _moment(self, pair: Pair) -> datetime | None:
        return self.pairs.programmes.get(pair.programme_id).last_weeks_from(pair.agreed_end)

    def _now(self) -> datetime:
        return self.pairs.clock.now()
