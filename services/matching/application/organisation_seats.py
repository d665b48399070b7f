"""Mentors' seats in the organisation: each pair and circle takes one, in whatever programme it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from services.matching.application.people import batches
from services.matching.contracts.participants import Role
from services.matching.domain.circle_seat import CircleSeat, SeatState
from services.matching.domain.pair import Pair
from services.matching.domain.seats import ORGANISATION, NoFreeSeat, NoSeatInOrganisation, first_free
from services.matching.domain.under_way import LIVE
from shared.store.repository import Repository


@dataclass(frozen=True)
class OrganisationSeats:
    """`most`: how many one mentor has, in all programmes together; 0: any number."""

    pairs: Repository[Pair]
    circle_seats: Repository[CircleSeat]
    most: int

    def taken(self, mentor_ids: Iterable[str]) -> dict[str, set[str]]:
        """What live pairs and circles hold, by mentor."""
        held = {one: set[str]() for one in sorted(set(mentor_ids))}
        for batch in batches([*held]):
            pairs = {"mentor_id": {"$in": list(batch)}, "state": {"$in": list(LIVE)}}
            circles = {"person_id": {"$in": list(batch)}, "role": Role.MENTOR, "state": SeatState.TAKEN}
            for mentor_id, name in self.pairs.parts(pairs, ["mentor_id", "organisation_seat"]):
                held[mentor_id].add(name)
            for mentor_id, seat_id in self.circle_seats.parts(circles, ["person_id", "_id"]):
                held[mentor_id].add(f"circle/{seat_id}")
        return held

    def free(self, mentor_id: str, taken: set[str] | None = None) -> str:
        """One that is not among those `taken` of theirs. Raises NoSeatInOrganisation."""
        names = self.taken([mentor_id])[mentor_id] if taken is None else taken
        try:
            return first_free(ORGANISATION, mentor_id, self.most or len(names) + 1, names)
        except NoFreeSeat:
            raise NoSeatInOrganisation("this mentor has as many pairs in all programmes as may be") from None

    def are_all(self, taken: Collection[str]) -> bool:
        """Whether a mentor who holds these has none left."""
        return 0 < self.most <= len(taken)

    def within(self, free: Mapping[str, int]) -> dict[str, int]:
        """Free seats of mentors in a programme, as far as the organisation has as many left for each."""
        taken = self.taken(free) if self.most else {}
        return {one: min(seats, self.most - len(taken[one])) if taken else seats for one, seats in free.items()}

    def exceeding(self, mentor_ids: Iterable[str]) -> set[str]:
        """Who of these has more than may be: a circle and a pair, or two circles, may come at one instant."""
        return {one for one, names in self.taken(mentor_ids).items() if len(names) > self.most} if self.most else set()
