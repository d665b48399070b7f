"""Finds a free seat of each side. The unique index decides: whoever loses a seat to another looks for the next."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from services.matching.application.organisation_seats import OrganisationSeats
from services.matching.application.participants import Participants
from services.matching.contracts.participants import Role
from services.matching.domain.circle_seat import CircleSeat, SeatState, in_circles
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.participant import Participant
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat, Seats, couple, first_free, require_apart
from shared.kernel.errors import AlreadyExists, DomainError
from shared.store.documents import Taken
from shared.store.repository import Repository

TRIES = 50
"""More than anybody has seats to lose to others who are faster."""


class _Overtaken(Exception):
    """The pair is not what it was when its seats were looked for."""


@dataclass(frozen=True)
class Seating:
    """Seats of one programme's people: a circle takes one as a pair does. Mentors need one in the organisation, too."""

    pairs: Repository[Pair]
    circle_seats: Repository[CircleSeat]
    participants: Participants
    organisation: OrganisationSeats

    def change(self, pair_id: str, decide: Callable[[Pair], object]) -> Pair:
        """Changes the pair, and again when another pair was faster to a seat that was found for it, or somebody else to
        this pair. Raises NoFreeSeat."""
        for _ in range(TRIES):
            with suppress(Taken, _Overtaken):
                return self.pairs.change(pair_id, lambda pair: self._decided(pair, decide))
        raise seats_are_held()

    def create(self, pair_id: str, make: Callable[[], Pair]) -> Pair:
        """As `change`, for a pair that is not there yet. Raises AlreadyDecided when it is."""
        for _ in range(TRIES):
            try:
                return self.pairs.add(make())
            except (AlreadyExists, NoFreeSeat, AlreadyTogether) as refusal:
                if self.pairs.exists(self.pairs.new(pair_id)):
                    raise AlreadyDecided(f"pair {pair_id} exists") from None
                if not isinstance(refusal, AlreadyExists):
                    raise
        raise seats_are_held()

    def _decided(self, pair: Pair, decide: Callable[[Pair], object]) -> None:
        """What refuses it may be its own seats, which somebody else's answer to it took in between."""
        try:
            decide(pair)
        except DomainError:
            if self.pairs.get(pair.id).version != pair.version:
                raise _Overtaken from None
            raise

    def free(self, mentor: Participant, mentee: Participant) -> Seats:
        """One free seat of each. Raises NoFreeSeat, AlreadyTogether."""
        self.require_apart(mentor.programme_id, mentor.person_id, mentee.person_id)
        return Seats(self._free(mentor), self._free(mentee),
                     couple(mentor.programme_id, mentor.person_id, mentee.person_id),
                     self.organisation.free(mentor.person_id))

    def require_apart(self, programme_id: str, mentor_id: str, mentee_id: str) -> None:
        """Raises AlreadyTogether."""
        two = couple(programme_id, mentor_id, mentee_id)
        require_apart(two, self.together([two]))

    def together(self, couples: Collection[str]) -> set[str]:
        """Those of these couples who are a pair."""
        return {one for one, in self.pairs.parts({"couple": {"$in": sorted(couples)}}, ["couple"])}

    def free_of(self, participant: Participant) -> str:
        """A free seat of this person in the programme. Raises NoFreeSeat, also where a mentor has none in the
        organisation."""
        if participant.role is Role.MENTOR:
            self.organisation.free(participant.person_id)
        return self._free(participant)

    def _free(self, participant: Participant) -> str:
        return free_seat(participant, self.taken([participant]))

    def taken(self, participants: Collection[Participant]) -> dict[str, set[str]]:
        """The seats that live pairs and circles hold, by the id of each of these participants, all of one programme."""
        held = self.taken_by_pairs(participants)
        for participant_id, name in self._taken_by_circles({(one.role, one.person_id): one for one in participants}):
            held[participant_id].add(name)
        return held

    def taken_of(self, participants: Collection[Participant]) -> dict[str, int]:
        """How many seats each of these holds, by its id, in whatever programmes they are."""
        by_programme: dict[str, list[Participant]] = {}
        for one in participants:
            by_programme.setdefault(one.programme_id, []).append(one)
        return {its: len(names) for some in by_programme.values() for its, names in self.taken(some).items()}

    def in_circle(self, programme_id: str, person_id: str, role: Role) -> bool:
        """Whether this person sits in a circle there, in this role."""
        return self.circle_seats.count({**in_circles(programme_id, role), "person_id": person_id}) > 0

    def taken_by_pairs(self, participants: Collection[Participant]) -> dict[str, set[str]]:
        """As `taken`, without circles."""
        held = {one.id: set[str]() for one in participants}
        sides = {(one.role, one.person_id): one for one in participants}
        for role in Role:
            people = [person_id for side, person_id in sides if side is role]
            for pair in self.pairs.each({f"{role}_id": {"$in": people}}) if people else ():
                one = sides[role, getattr(pair, f"{role}_id")]
                if pair.live and pair.programme_id == one.programme_id:
                    held[one.id].add(getattr(pair, f"{role}_seat"))
        return held

    def _taken_by_circles(self, sides: Mapping[tuple[Role, str], Participant]) -> Iterator[tuple[str, str]]:
        people = sorted({person_id for _, person_id in sides})
        for seat in self.circle_seats.each({"person_id": {"$in": people}, "state": SeatState.TAKEN}) if people else ():
            one = sides.get((seat.role, seat.person_id))
            if one and seat.programme_id == one.programme_id:
                yield one.id, seat.name


def seats_are_held() -> NoFreeSeat:
    """Of a seat that looks free and is none: a pair that is over holds it until the sweep takes it back."""
    return NoFreeSeat("a seat that looks free is held by a pair that is over: try again in an hour")


def free_seat(participant: Participant, taken: Mapping[str, set[str]]) -> str:
    """Raises NoFreeSeat."""
    return first_free(participant.programme_id, participant.person_id, participant.capacity, taken[participant.id])
