"""A coordinator lets a pair start without what its programme asks for, and says why."""

import pytest

from services.matching.contracts.pairs import PAIRS, PairReminderDue
from services.matching.contracts.programmes import Gate
from services.matching.domain.pair import Pair
from tests.unit.matching.house import COORDINATOR, MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_proposed_pairs import EVA, MIA
from tests.unit.matching.test_proposed_pairs import pair as pair
from tests.unit.matching.test_proposed_pairs import programme as programme

pytestmark = pytest.mark.feature("D4")
GATES = ("training", "agreement", "goal")


def test_a_pair_starts_when_each_gate_is_met_or_waived(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.matching.pairs.agree(pair.id, COORDINATOR)
    carla, place = as_(COORDINATOR), f"/pairs/{pair.id}"
    waits = carla.get(place).json["open_gates"]

    answers = [carla("POST", f"{place}/waivers", {"gate": gate, "because": "done-before"}) for gate in GATES]
    again = carla("POST", f"{place}/waivers", {"gate": "goal", "because": "done-before"})

    assert waits == [{"gate": gate, "person_ids": [MIA, EVA]} for gate in GATES]
    assert [(one.status_code, one.json["state"]) for one in answers] == [
        (200, "awaiting-training"), (200, "awaiting-training"), (200, "active")]
    assert answers[-1].json["open_gates"] == []
    assert (again.status_code, again.json["code"]) == (409, "already-decided")
    house.settle()
    history = carla.get(f"{place}/timeline").json["items"]
    assert [one["facts"] for one in history if one["kind"] == "pair-gate-waived"] == [
        {"gate": gate, "because": "done-before"} for gate in GATES]
    assert house.told(PAIRS.name)[-4:] == [*["pair-gate-waived"] * 3, "pair-activated"]


def test_whoever_is_waited_for_is_reminded_once_a_working_day(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.matching.pairs.agree(pair.id, COORDINATOR)
    carla, place = as_(COORDINATOR), f"/pairs/{pair.id}"
    on_the_same_day = carla("POST", f"{place}/reminder")
    for gate in ("agreement", "goal"):
        carla("POST", f"{place}/waivers", {"gate": gate, "because": "done-before"})
    house.matching.pairs.store.change(pair.id, lambda one: one.meet(Gate.TRAINING, MIA, house.world.clock.now()))
    house.pass_time(days=1)

    reminded, again = carla("POST", f"{place}/reminder"), carla("POST", f"{place}/reminder", Idempotency_Key="more")
    carla("POST", f"{place}/waivers", {"gate": "training", "because": "done-before"})
    house.pass_time(days=1)
    too_late = carla("POST", f"{place}/reminder", Idempotency_Key="late")

    assert [(one.status_code, one.json.get("code")) for one in (on_the_same_day, reminded, again, too_late)] == [
        (409, "mailed-today"), (200, None), (409, "mailed-today"), (409, "already-decided")]
    house.settle()
    [told] = [one.data for one in house.world.heard(PAIRS.name) if one.type == PairReminderDue.type]
    assert told["silent_ids"] == [EVA]


def test_a_waiver_has_a_reason(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.matching.pairs.agree(pair.id, COORDINATOR)

    for body in ({"gate": "training"}, {"gate": "training", "because": ""}, {"because": "not-needed"}):
        assert as_(COORDINATOR)("POST", f"/pairs/{pair.id}/waivers", body).status_code == 422
    assert house.matching.pairs.get(pair.id).waived == ()


def test_nobody_but_whoever_looks_after_the_programme_waives(house: MatchingHouse, as_: As, pair: Pair) -> None:
    house.matching.pairs.agree(pair.id, COORDINATOR)
    body = {"gate": "training", "because": "not-needed"}
    wrong = as_(COORDINATOR)("POST", "/pairs/nothing-real/waivers", body)

    answers = [as_(who)("POST", f"/pairs/{pair.id}/waivers", body) for who in (MIA, EVA, "nobody")]

    assert {(one.status_code, one.data) for one in answers} == {(404, wrong.data)}
