"""Counting who takes part and who has somebody: at once in a small programme, by the worker in a large one."""

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.looking import counted, looked_at
from services.matching.application.pairs import Pairs
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.circle_seat import SeatState, in_circles
from services.matching.domain.headcount import Headcount
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.quality import LoadClass, loads_of
from services.matching.domain.under_way import LIVE
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists
from shared.store.documents import Where
from shared.store.repository import Found, Repository

BEGUN = tuple(one for one in LIVE if one is not PairState.AWAITING_TRAINING)


@dataclass(frozen=True)
class Headcounts:
    """Only those of large programmes are kept: each look has the worker count anew what is older than a moment, so that
    of those who look often only the first waits for tens of thousands to be counted."""

    store: Repository[Headcount]
    pairs: Pairs
    clock: Clock

    def of(self, programme_id: str) -> Headcount:
        """As of `counted_at`."""
        kept = next(iter(self.store.get_many([programme_id])), None)
        if kept and kept.is_large and kept.holds(self.clock.now()):
            return looked_at(self.store, Headcount, programme_id, self.clock)
        found = self._count(programme_id)
        if found.is_large:
            self._keep(found)
        return found

    def alone(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Participant]:
        """A page of mentees who may be matched and sit with nobody, neither in a pair nor in a circle, by their ids.
        Read from indexes alone, but for those on the page."""
        return self._page(programme_id, self._mentees(programme_id) - self._matched(programme_id), limit, after)

    def matched(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Participant]:
        """A page of those who have somebody, as they are counted."""
        return self._page(programme_id, self._mentees(programme_id) & self._matched(programme_id), limit, after)

    def _page(self, programme_id: str, mentees: set[str], limit: int, after: tuple[Any, str] | None
              ) -> Found[Participant]:
        ids = sorted(mentees)
        page = [one for one in ids if after is None or one > after[1]]
        found = self.pairs.participants.known(application_id(programme_id, one, Role.MENTEE) for one in page[:limit])
        items = sorted(found.values(), key=lambda one: one.person_id)
        return Found(items, (page[limit - 1], page[limit - 1]) if len(page) > limit else None)

    def _mentees(self, programme_id: str) -> set[str]:
        """Those who may be matched."""
        active = {"programme_id": programme_id, "role": Role.MENTEE, "state": ParticipantState.ACTIVE}
        return {*self.pairs.participants.store.count_by(active, "person_id")}

    def _matched(self, programme_id: str) -> set[str]:
        """Mentees who have somebody."""
        live = {"programme_id": programme_id, "state": {"$in": list(LIVE)}}
        seated = in_circles(programme_id, Role.MENTEE)
        return {*self.pairs.store.count_by(live, "mentee_id"),
                *self.pairs.seating.circle_seats.count_by(seated, "person_id")}

    def matched_of(self, programme_id: str, ids: Collection[str]) -> set[str]:
        """Which of these few mentees have somebody."""
        among = {"$in": sorted(ids)}
        live = {"programme_id": programme_id, "state": {"$in": list(LIVE)}, "mentee_id": among}
        paired = self.pairs.store.count_by(live, "mentee_id")
        seats = self.pairs.seating.circle_seats.each({"person_id": among, "state": SeatState.TAKEN})
        return {*paired, *(one.person_id for one in seats
                           if (one.programme_id, one.role) == (programme_id, Role.MENTEE))}

    def ring(self, programme_id: str, now: datetime) -> None:
        """What the worker does when somebody has looked."""
        def count() -> Callable[[Headcount], None]:
            return self._count(programme_id).tell
        counted(self.store, programme_id, now, count)

    def _keep(self, found: Headcount) -> None:
        with suppress(AlreadyExists):
            self.store.add(Headcount(id=found.id))
        self.store.change(found.id, found.tell)

    def _count(self, programme_id: str) -> Headcount:
        here: Where = {"programme_id": programme_id}
        participants, pairs = self.pairs.participants.store, self.pairs.store
        active = {**here, "state": ParticipantState.ACTIVE}
        places = dict(participants.parts({**active, "role": Role.MENTOR}, ("person_id", "capacity")))
        circles, mentees = self.pairs.seating.circle_seats, self._mentees(programme_id)
        return Headcount(
            id=programme_id, counted_at=self.clock.now(), mentors=len(places),
            mentees=len(mentees), matched=len(mentees & self._matched(programme_id)),
            seats=sum(places.values()), pairs=pairs.count_by(here, "state"),
            completed=pairs.count({**here, "reason": CloseReason.COMPLETED}),
            declined=pairs.count({**here, "reason": CloseReason.DECLINED}),
            in_circles=circles.count(in_circles(programme_id, Role.MENTOR)), loads=self._loads(programme_id, places))

    def _loads(self, programme_id: str, places: dict[str, int]) -> tuple[LoadClass, ...]:
        """As mentors sit now."""
        here, pairs = {"programme_id": programme_id}, self.pairs.store
        begun = Counter(pairs.count_by({**here, "state": {"$in": list(BEGUN)}}, "mentor_id"))
        begun.update(self.pairs.seating.circle_seats.count_by(in_circles(programme_id, Role.MENTOR), "person_id"))
        return loads_of(places, begun, pairs.count_by({**here, "state": PairState.AWAITING_TRAINING}, "mentor_id"))
