"""What tests of matching's rules are made of."""

from typing import Any

from services.matching.contracts.programmes import Gate
from services.matching.domain.couple import Couple
from services.matching.domain.pair import Pair
from services.matching.domain.plan import Plan
from services.matching.domain.programme import Programme
from services.matching.domain.seats import Seats
from shared.kernel.aggregate import Aggregate
from tests.unit.matching.house import MONDAY

SEATS = Seats("p/mentor#0", "p/mentee#0", "p/mentor+mentee", "organisation/mentor#0")
COUPLE = Couple(programme_id="p", mentor_id="mentor", mentee_id="mentee", gates=tuple(Gate))


def a_proposed_pair() -> Pair:
    return _silent(COUPLE.propose("pair-1", "carla", MONDAY))


def a_created_pair() -> Pair:
    return _silent(COUPLE.create("pair-1", SEATS, MONDAY))


def an_active_pair() -> Pair:
    pair = a_created_pair()
    for gate in Gate:
        for person in ("mentor", "mentee"):
            pair.meet(gate, person, MONDAY)
    return _silent(pair)


def a_programme(**settings: Any) -> Programme:
    usual = {"name": "Rising", "starts_on": "2027-03-01", "ends_on": "2027-11-30", "purpose": "They stay."}
    return Programme.draft("p", "career-development", Plan(**{**usual, **settings}))


def told(aggregate: Aggregate) -> list[str]:
    """The types of what was recorded, without the frame."""
    return [one.event.type.removeprefix("mentoring.").removesuffix(".v1") for one in aggregate.recorded]


def _silent(pair: Pair) -> Pair:
    pair.recorded.clear()
    return pair
