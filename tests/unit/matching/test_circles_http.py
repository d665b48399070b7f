"""The API of circles: what routes answer, and to whom."""

from typing import Any

import pytest

from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_circles import lost
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller

MIA, MO, EVA, ELI = (person_id(one) for one in ("m1", "m2", "e1", "e2"))


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme()


def form(caller: Caller, programme: Programme, **more: Any) -> Any:
    return caller("POST", f"/programmes/{programme.id}/circles",
                  {"name": "Leading", "mentor_ids": [MIA], "min_mentees": 1, **more})


def test_a_coordinator_forms_fills_and_closes_a_circle(house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla = as_("carla")

    formed = form(carla, programme)
    place = f"/circles/{formed.json['id']}"
    joined = carla("POST", f"{place}/members", {"person_id": EVA})
    at_once = carla.get(place).json
    house.settle()
    later = carla.get(place)
    left = carla("POST", f"{place}/members/{EVA}/departure")
    house.settle()
    short = carla.get(place)
    stale = carla("POST", f"{place}/closure", {"reason": "too-few"}, If_Match=later.headers["ETag"])
    closed = carla("POST", f"{place}/closure", {"reason": "too-few"}, If_Match=short.headers["ETag"])

    assert (formed.status_code, formed.headers["Location"], formed.json["state"]) == (201, f"/v1{place}", "forming")
    assert (joined.status_code, joined.json["state"], joined.json["role"]) == (201, "taken", "mentee")
    assert {one["person_id"] for one in at_once["parties"]} == {MIA, EVA}
    assert (later.json["state"], later.json["name"]) == ("active", "Leading")
    assert (left.status_code, short.json["lacks"]) == (200, ["too-few-mentees"])
    assert (stale.status_code, closed.status_code, closed.json["reason"]) == (412, 200, "too-few")


def test_the_list_is_read_page_by_page_and_by_state(house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla, place = as_("carla"), f"/programmes/{programme.id}/circles"
    formed = [form(carla, programme).json["id"] for _ in range(2)]
    house.settle()
    carla("POST", f"/circles/{formed[0]}/closure", {"reason": "ended-early"})

    first = carla.get(f"{place}?limit=1")
    second = carla.get(first.headers["Link"].removeprefix("</v1").partition(">")[0])

    assert [len(page.json["items"]) for page in (first, second)] == [1, 1]
    assert {page.json["items"][0]["id"] for page in (first, second)} == set(formed)
    assert [one["id"] for one in carla.get(f"{place}?state=forming").json["items"]] == [formed[1]]


def test_the_same_command_again_gets_the_same_answer(house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla = as_("carla")

    def again(path: str, body: dict[str, Any] | None, key: str) -> tuple[Any, Any]:
        one, two = (carla("POST", path, body, Idempotency_Key=key) for _ in range(2))
        house.settle()
        return one, two
    circle, same = again(f"/programmes/{programme.id}/circles", {"name": "Leading", "mentor_ids": [MIA]}, "form-1")
    place = f"/circles/{circle.json['id']}"
    pairs = [(circle, same), again(f"{place}/members", {"person_id": EVA}, "join-1"),
             again(f"{place}/members/{EVA}/departure", None, "leave-1"),
             again(f"{place}/members", {"person_id": EVA}, "join-2"),
             again(f"{place}/closure", {"reason": "ended-early"}, "close-1")]

    assert [(one.status_code, one.json) for one, _ in pairs] == [(two.status_code, two.json) for _, two in pairs]
    assert [one.status_code for one, _ in pairs] == [201, 201, 200, 201, 200]
    assert len(carla.get(f"/programmes/{programme.id}/circles").json["items"]) == 1


def test_a_member_sees_their_circle_and_may_leave_it(house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla, eva = as_("carla"), as_(EVA)
    place = f"/circles/{form(carla, programme).json['id']}"
    for one in (EVA, ELI):
        carla("POST", f"{place}/members", {"person_id": one})
    house.settle()

    assert [one["id"] for one in eva.get("/me/circles").json["items"]] == [place.removeprefix("/circles/")]
    assert eva.get(place).status_code == 200
    assert eva.get(f"/people/{ELI}").status_code == 200, "members know each other"
    assert eva("POST", f"{place}/members/{ELI}/departure").status_code == 404
    assert eva("POST", f"{place}/members", {"person_id": MO, "role": "mentor"}).status_code == 404
    assert eva("POST", f"{place}/closure", {"reason": "completed"}).status_code == 404
    assert eva("POST", f"{place}/members/{EVA}/departure").status_code == 200
    house.settle()
    assert eva.get(place).status_code == 404
    assert eva.get("/me/circles").json["items"] == []


@pytest.mark.feature("C12")
@pytest.mark.parametrize(("who", "told"), [(EVA, []), ("carla", [(EVA, "by-coordinator")])])
def test_only_whoever_is_taken_out_by_another_is_told(house: MatchingHouse, as_: As, programme: Programme, who: str,
                                                      told: list[tuple[str, str]]) -> None:
    place = f"/circles/{form(as_('carla'), programme).json['id']}"
    as_("carla")("POST", f"{place}/members", {"person_id": EVA})
    house.settle()

    left = as_(who)("POST", f"{place}/members/{EVA}/departure")
    house.settle()

    assert left.status_code == 200
    assert lost(house) == told


@pytest.mark.parametrize("who", ["dora", MO, EVA])
def test_a_stranger_gets_the_answer_to_a_wrong_id(house: MatchingHouse, as_: As, programme: Programme,
                                                  who: str) -> None:
    circle_id = form(as_("carla"), programme).json["id"]
    house.settle()
    stranger = as_(who)

    for method, path, body in (("GET", "", None), ("POST", "/members", {"person_id": EVA}),
                               ("POST", f"/members/{EVA}/departure", None),
                               ("POST", "/closure", {"reason": "completed"})):
        real, wrong = (stranger(method, f"/circles/{one}{path}", body) for one in (circle_id, "wrong"))
        assert (real.status_code, real.data) == (404, wrong.data)
    assert stranger.get(f"/programmes/{programme.id}/circles").status_code == 404


@pytest.mark.parametrize("body", [
    {"name": ""}, {"mentor_ids": []}, {"mentor_ids": [MIA, MIA]}, {"mentor_ids": [MIA, MO, EVA]}, {"min_mentees": 0},
    {"min_mentees": 9}, {"max_mentees": 31}, {"max_mentees": "8"}, {"colour": "red"},
])
def test_a_wrong_size_is_refused(as_: As, programme: Programme, body: dict[str, Any]) -> None:
    answer = form(as_("carla"), programme, **body)

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")


def test_refusals_say_why(house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla = as_("carla")
    house.matching.rulings.exclude(programme.id, MIA, ELI, "carla")
    place = f"/circles/{form(carla, programme, max_mentees=1).json['id']}"
    house.settle()

    barred = carla("POST", f"{place}/members", {"person_id": ELI})
    carla("POST", f"{place}/members", {"person_id": EVA})
    twice = carla("POST", f"{place}/members", {"person_id": EVA})
    full = carla("POST", f"{place}/members", {"person_id": person_id("e3")})

    assert (barred.status_code, barred.json["code"]) == (422, "barred-by-rule")
    assert "exclusion" in barred.json["detail"]
    assert [(one.status_code, one.json["code"]) for one in (twice, full)] == [
        (409, "already-in-circle"), (409, "circle-full")]
