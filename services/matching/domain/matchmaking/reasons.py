"""What is said about a pair and about who stays alone: codes and facts; `wording` makes sentences of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.matching.domain.matchmaking.people import Role

Facts = Mapping[str, str | int | Sequence[str]]


@dataclass(frozen=True)
class Reason:
    """A term and what it added. `params["kind"]` says what was compared, the other params what was found."""

    criterion: str
    points: int
    params: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class BrokenWish:
    """A wish that came before the mentor given. `code`: barred (params: rule), no-seats or seats-taken, unknown."""

    rank: int
    wished: str
    code: str
    params: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Unmatched:
    """Who stays without, or with fewer than wanted, and why: see `wording` for the codes. `dual`: the utility of a
    mentee, the price of a mentor."""

    person_id: str
    role: Role
    code: str
    params: Facts = field(default_factory=dict)
    dual: int = 0
