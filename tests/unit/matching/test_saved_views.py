"""Views of lists that coordinators keep: each for themselves, one name each, gone with the person."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from services.matching.domain.saved_view import (
    MOST_VIEWS,
    BadViewName,
    ListName,
    SavedView,
    TooManyViews,
    ViewNameTaken,
)
from shared.kernel.errors import DomainError
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import COORDINATOR, MatchingHouse
from tests.unit.surveys.calling import Caller


@pytest.fixture
def app(house: MatchingHouse) -> Flask:
    return app_of(house)


def saved(house: MatchingHouse, programme_id: str, name: str = "Under way", list: ListName = ListName.PAIRS,
          owner: str = COORDINATOR) -> SavedView:
    return house.matching.saved_views.save(programme_id, owner, list, name, "active")


def test_a_view_is_saved_found_renamed_and_deleted_over_http(house: MatchingHouse, app: Flask) -> None:
    programme = house.a_programme()
    carla = Caller(app, COORDINATOR, ())
    place, body = f"/programmes/{programme.id}/views", {"list": "pairs", "name": " Under  way ", "filter": "active"}

    made = carla("POST", place, body, Idempotency_Key="k1")
    again = carla("POST", place, body, Idempotency_Key="k1")

    view = made.json
    assert (made.status_code, again.json["id"]) == (201, view["id"])
    assert (view["list"], view["name"], view["filter"]) == ("pairs", "Under way", "active")
    assert [one["id"] for one in carla("GET", f"{place}?list=pairs").json["items"]] == [view["id"]]
    assert carla("GET", f"{place}?list=people").json["items"] == []
    assert carla("PATCH", f"/views/{view['id']}", {"name": "Active"}).json["name"] == "Active"
    assert carla("DELETE", f"/views/{view['id']}").status_code == 200
    assert carla("GET", f"/views/{view['id']}").status_code == 404
    assert carla("GET", place).json["items"] == []
    assert carla("DELETE", f"/views/{view['id']}").status_code == 404
    assert carla("POST", place, body).status_code == 201


@pytest.mark.parametrize("body", [
    {"list": "pairs", "name": ""}, {"list": "pairs", "name": "x" * 61}, {"list": "nothing", "name": "x"},
    {"list": "pairs", "name": "   "}, {"list": "pairs", "name": "x", "filter": "f" * 41}, {"name": "x"}])
def test_what_is_no_view_is_refused(house: MatchingHouse, app: Flask, body: dict[str, Any]) -> None:
    place = f"/programmes/{house.a_programme().id}/views"

    assert Caller(app, COORDINATOR, ())("POST", place, body).status_code == 422


def test_a_view_looks_for_a_name_until_whoever_bears_it_is_forgotten(house: MatchingHouse, app: Flask) -> None:
    programme = house.a_programme()
    place = f"/programmes/{programme.id}/views"
    body = {"list": "pairs", "name": "Hers", "filter": "active", "q": "torres mia"}

    made = Caller(app, COORDINATOR, ())("POST", place, body).json

    assert made["q"] == "torres mia"
    views = house.matching.saved_views
    views.forget("m2", ["Mo Becker"])
    assert views.get(made["id"]).q == "torres mia"
    views.forget("m1", ["Mia Torres"])
    assert (views.get(made["id"]).q, views.get(made["id"]).filter) == ("", "active")


@pytest.mark.feature("P6")
@pytest.mark.parametrize("q", ["m1@example.org", "Mia"])
def test_no_view_keeps_the_address_of_whoever_is_forgotten(house: MatchingHouse, q: str) -> None:
    view = house.matching.saved_views.save("p", COORDINATOR, ListName.PAIRS, "Hers", "", q)

    house.matching.saved_views.forget("m1", ["Mia Torres", "m1@example.org"])

    assert house.matching.saved_views.get(view.id).q == ""


def test_a_comma_names_nobody(house: MatchingHouse) -> None:
    view = house.matching.saved_views.save("p", COORDINATOR, ListName.PAIRS, "Hers", "", ",")

    house.matching.saved_views.forget("m1", ["Mia Torres"])

    assert house.matching.saved_views.get(view.id).q == ","


def test_a_view_is_its_owners_alone(house: MatchingHouse, app: Flask) -> None:
    programme = house.a_programme(coordinator_ids=[COORDINATOR, "cora"])
    view = saved(house, programme.id)
    cora, otto, office = (Caller(app, "cora", ()), Caller(app, "otto", ()),
                          Caller(app, "ilse", ("programme-office",)))

    for other in (cora, office, otto):
        for method, body in (("GET", None), ("PATCH", {"name": "Mine"}), ("DELETE", None)):
            assert other(method, f"/views/{view.id}", body).status_code == 404
    assert cora("GET", f"/programmes/{programme.id}/views").json["items"] == []
    assert otto("GET", f"/programmes/{programme.id}/views").status_code == 404


def test_whoever_looks_after_the_programme_no_more_has_no_views_there(house: MatchingHouse, app: Flask) -> None:
    programme = house.a_programme(coordinator_ids=[COORDINATOR, "cora"])
    view = saved(house, programme.id, owner="cora")
    assert Caller(app, "cora", ())("GET", f"/views/{view.id}").status_code == 200

    house.matching.programmes.change(programme.id, {"coordinator_ids": [COORDINATOR]}, None)

    assert Caller(app, "cora", ())("GET", f"/views/{view.id}").status_code == 404


def test_a_name_is_taken_once_in_a_list_and_a_person_and_a_programme(house: MatchingHouse) -> None:
    programme, other = house.a_programme(), house.a_programme()
    saved(house, programme.id)
    second = saved(house, programme.id, "Paused")

    for free in (saved(house, other.id), saved(house, programme.id, list=ListName.PEOPLE),
                 saved(house, programme.id, owner="cora")):
        assert free.name == "Under way"
    with pytest.raises(ViewNameTaken):
        saved(house, programme.id)
    with pytest.raises(ViewNameTaken):
        house.matching.saved_views.rename(second.id, "Under way")
    assert house.matching.saved_views.rename(second.id, "Paused").version == second.version
    with pytest.raises(BadViewName):
        house.matching.saved_views.rename(second.id, " ")


def test_of_many_at_once_one_gets_the_name(house: MatchingHouse) -> None:
    programme = house.a_programme()

    def attempt(_number: int) -> bool:
        try:
            return bool(saved(house, programme.id))
        except DomainError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1
    assert len(house.matching.saved_views.of(programme.id, COORDINATOR)) == 1


def test_there_are_so_many_views_of_a_list_and_no_more(house: MatchingHouse) -> None:
    programme = house.a_programme()
    views = [saved(house, programme.id, f"View {number:02}") for number in range(MOST_VIEWS)]

    with pytest.raises(TooManyViews):
        saved(house, programme.id, "One more")
    house.matching.saved_views.delete(views[0].id)
    saved(house, programme.id, "One more")
    assert len(house.matching.saved_views.of(programme.id, COORDINATOR, ListName.PAIRS)) == MOST_VIEWS


def test_views_are_exported_with_their_owner_and_gone_when_they_are_forgotten(house: MatchingHouse) -> None:
    programme = house.a_programme()
    saved(house, programme.id)
    kept = saved(house, programme.id, owner="cora")

    exported = house.matching.exporting.of(COORDINATOR)["saved_views"]

    assert [(one["list"], one["name"], one["filter"]) for one in exported] == [("pairs", "Under way", "active")]
    assert house.matching.saved_views.forget(COORDINATOR, ["Carla Coor"]) == 1
    assert house.matching.saved_views.forget(COORDINATOR, ["Carla Coor"]) == 0
    house.settle()
    assert [one.id for one in house.matching.saved_views.store.each({})] == [kept.id]
