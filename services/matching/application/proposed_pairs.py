"""Pairs that wait for a yes: put together by hand, and both are asked."""

from dataclasses import dataclass
from typing import Any

from services.matching.application.asking import Asking
from services.matching.application.pairs import Pairs
from services.matching.domain.pair import OPEN, Pair
from shared.store.repository import Found


@dataclass(frozen=True)
class ProposedPairs:
    """They are few, whatever the size of the programme: nobody proposes thousands by hand."""

    pairs: Pairs
    asking: Asking

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Pair]:
        """A page of those of a programme, of both states."""
        ids = sorted(one for state in OPEN
                     for one, in self.pairs.store.parts({"programme_id": programme_id, "state": state}, ["_id"]))
        left = [one for one in ids if after is None or one > after[1]]
        items = sorted(self.pairs.store.get_many(left[:limit]), key=lambda one: one.id)
        return Found(items, (left[limit - 1], left[limit - 1]) if len(left) > limit else None)

    def remind(self, pair_id: str, by: str) -> Pair:
        """Whoever of the two has not said yes, or not done what comes before the start, at once, and on the same
        working day of theirs never a second time. Raises AlreadyDecided, MailedToday."""
        now = self.pairs.clock.now()

        def decide(pair: Pair) -> None:
            pair.require_waiting()
            programme = self.pairs.programmes.get(pair.programme_id)
            days = [self.asking.workday(programme, one, now) for one in pair.waited_for]
            pair.remind(by, min(day.began for day in days), now)
        return self.pairs.store.change(pair_id, decide)
