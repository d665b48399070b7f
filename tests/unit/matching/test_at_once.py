"""Two answers to one question at once: the slower one hears that it is decided, never that its own seats are taken."""

from collections.abc import Callable

import pytest

from services.matching.application.circles import Circles
from services.matching.application.participants import Participants
from services.matching.application.seating import Seating
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.circle import Shape
from services.matching.domain.circle_seat import AlreadyInCircle, CircleFull
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.person import person_id
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.errors import DomainError
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MatchingHouse
from tests.unit.surveys.calling import Caller

MIA, MO, EVA, ELI, ELA = (person_id(one) for one in ("m1", "m2", "e1", "e2", "e3"))
ONE_EACH = [{"id": one, "name": one, "email": f"{one}@example.org", "capacity": "1"} for one in ("m1", "m2")]
LOOKS = pytest.mark.parametrize("look", [(Participants, "taking_part"), (Seating, "taken")])


@pytest.fixture
def proposal(house: MatchingHouse) -> Pair:
    return house.matching.pairs.propose(house.a_full_programme(ONE_EACH).id, MIA, EVA, "carla")


def in_between(monkeypatch: pytest.MonkeyPatch, look: tuple[type, str], faster: Callable[[], object]) -> None:
    """Somebody is faster, when the next command is at this look."""
    kind, name = look
    inner, waiting = getattr(kind, name), [faster]

    def looked(*arguments: object) -> object:
        if waiting:
            waiting.pop()()
        return inner(*arguments)
    monkeypatch.setattr(kind, name, looked)


@LOOKS
def test_who_decides_about_a_proposal_second_hears_that_it_is_decided(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, proposal: Pair, look: tuple[type, str]) -> None:
    in_between(monkeypatch, look, lambda: house.matching.pairs.agree(proposal.id, "carla"))

    with pytest.raises(AlreadyDecided):
        house.matching.pairs.agree(proposal.id, EVA)

    assert house.matching.pairs.get(proposal.id).state is PairState.AWAITING_TRAINING


@LOOKS
def test_two_who_say_yes_at_once_are_a_pair(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, proposal: Pair, look: tuple[type, str]) -> None:
    in_between(monkeypatch, look, lambda: house.matching.pairs.agree(proposal.id, MIA))

    assert house.matching.pairs.agree(proposal.id, EVA).state is PairState.AWAITING_TRAINING


@LOOKS
def test_where_another_pair_was_faster_there_is_no_seat(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, proposal: Pair, look: tuple[type, str]) -> None:
    other = house.matching.pairs.propose(proposal.programme_id, MIA, ELI, "carla")
    in_between(monkeypatch, look, lambda: house.matching.pairs.agree(other.id, "carla"))

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.agree(proposal.id, "carla")


def test_the_same_yes_sent_twice_at_once_is_answered_twice_the_same(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, proposal: Pair) -> None:
    first, eva = [], Caller(app_of(house), EVA)

    def yes() -> None:
        first.append(eva("POST", f"/pairs/{proposal.id}/acceptance", Idempotency_Key="yes"))
    house.matching.pairs.agree(proposal.id, MIA)
    in_between(monkeypatch, (Seating, "taken"), yes)

    second = eva("POST", f"/pairs/{proposal.id}/acceptance", Idempotency_Key="yes")

    assert [one.status_code for one in (*first, second)] == [200, 200]
    assert second.json == first[0].json


@LOOKS
def test_a_yes_to_a_request_that_comes_twice_makes_one_pair(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, look: tuple[type, str]) -> None:
    programme = house.a_full_programme(ONE_EACH, requests_allowed=True)
    request = house.matching.requests.open(programme.id, EVA, (MIA,))
    house.settle()
    in_between(monkeypatch, look, lambda: house.matching.requests.accept(request.id, MIA))

    with pytest.raises(AlreadyDecided):
        house.matching.requests.accept(request.id, MIA)

    assert len(house.pairs(programme)) == 1


@pytest.mark.parametrize(("faster", "refusal"), [(ELI, AlreadyInCircle), (ELA, CircleFull)])
def test_who_joins_a_circle_twice_at_once_sits_in_it(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, faster: str, refusal: type[DomainError]) -> None:
    programme = house.a_full_programme(ONE_EACH)
    circle = house.matching.circles.form(programme.id, Shape(
        name="Leading", mentor_ids=(MO,), min_mentees=2, max_mentees=2))
    house.settle()
    house.matching.circles.join(circle.id, EVA, Role.MENTEE)
    in_between(monkeypatch, (Circles, "hold"),
               lambda: house.matching.circles.join(circle.id, faster, Role.MENTEE))

    with pytest.raises(refusal):
        house.matching.circles.join(circle.id, ELI, Role.MENTEE)
