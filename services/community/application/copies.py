"""What community knows of programmes, pairs and people."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from shared.kernel.errors import NotFound
from shared.messaging.envelope import Received
from shared.store.projection import Projection

LIVE = ["awaiting-training", "active", "paused", "closing"]


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacts:
    """The part of a programme's public state that matters here."""

    programme_id: str
    state: str
    time_zone: str
    coordinator_ids: list[str]
    format: str = "pairs"


@dataclass(frozen=True, kw_only=True)
class PairFacts:
    """The part of a pair's public state that matters here."""

    pair_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    state: str

    @property
    def sides(self) -> list[tuple[str, str]]:
        """Person and role."""
        return [(self.mentor_id, "mentor"), (self.mentee_id, "mentee")]


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """The part of a person's state that matters here: nothing that says who it is."""

    person_id: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One side of a live pair of the programme."""

    pair_id: str
    person_id: str
    role: str


@dataclass(frozen=True)
class Seats:
    """A page of them, and where the next one begins."""

    items: list[Seat]
    after: tuple[str, str] | None


@dataclass(frozen=True)
class Copies:
    """Kept by events; `caught_up_at` says how fresh they are."""

    programmes: Projection
    pairs: Projection
    people: Projection
    caught_up_at: Callable[[], datetime | None]

    def keep_programme(self, programme: ProgrammeFacts, cause: Received) -> None:
        self.programmes.put(programme.programme_id, asdict(programme), cause)

    def keep_pair(self, pair: PairFacts, cause: Received) -> None:
        self.pairs.put(pair.pair_id, asdict(pair), cause)

    def keep_person(self, person: PersonFacts, cause: Received) -> None:
        self.people.put(person.person_id, asdict(person), cause)

    def zone(self, programme_id: str) -> str:
        """Raises NotFound until the programme's own event has arrived."""
        row = self.programmes.get(programme_id)
        if row is None:
            raise NotFound(f"no programme {programme_id} yet")
        return str(row["time_zone"])

    def prepares(self, programme_id: str) -> bool:
        """Whether its pairs begin with a training: those of one session do not."""
        return (self.programmes.get(programme_id) or {}).get("format") != "flash"

    def pair(self, pair_id: str) -> PairFacts:
        """Raises NotFound."""
        row = self.pairs.get(pair_id)
        if row is None:
            raise NotFound(f"no pair {pair_id}")
        return PairFacts(**{name: row[name] for name in PairFacts.__dataclass_fields__})

    def coordinates(self, person_id: str | None, programme_id: str) -> bool:
        row = self.programmes.get(programme_id)
        return row is not None and person_id in row["coordinator_ids"]

    def takes_part(self, person_id: str | None, programme_id: str) -> bool:
        """Whether the person sits in a live pair of the programme, and has not left the organisation."""
        if person_id is None or (self.people.get(person_id) or {}).get("state") == "left":
            return False
        live = {"programme_id": programme_id, "state": {"$in": LIVE}}
        return any(self.pairs.count({**live, side: person_id}) for side in ("mentor_id", "mentee_id"))

    def count_members(self, programme_id: str) -> dict[str, int]:
        """How many people of each side, everybody once."""
        live = {"programme_id": programme_id, "state": {"$in": LIVE}}
        return {f"{side}s": len(self.pairs.documents.count_by(live, f"{side}_id")) for side in ("mentor", "mentee")}

    def seats(self, programme_id: str, *, limit: int, after: tuple[str, str] | None) -> Seats:
        """Two for each of `limit` pairs; whoever has left the organisation has none."""
        live = {"programme_id": programme_id, "state": {"$in": LIVE}}
        page = self.pairs.documents.find(live, limit=limit, after=after)
        seats = [Seat(pair_id=row["pair_id"], person_id=row[f"{role}_id"], role=role)
                 for row in page.documents for role in ("mentor", "mentee")]
        people = self.people.get_many([seat.person_id for seat in seats])
        return Seats([one for one in seats if people.get(one.person_id, {}).get("state") != "left"], page.after)
