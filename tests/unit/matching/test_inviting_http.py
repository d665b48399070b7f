"""Invitations over HTTP: the coordinator's lists, and the invited person's own way."""

import pytest

from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, WANTED, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


@pytest.fixture
def place(programme: Programme) -> str:
    return f"/programmes/{programme.id}"


def test_a_list_is_checked_started_and_told_with_names(house: MatchingHouse, as_: As, place: str) -> None:
    carla = as_("carla")
    lines = {"mentees": ["anna@example.org", "who?"], "mentors": ["Ben"]}
    made = carla("POST", f"{place}/invitations", lines, Idempotency_Key="once")
    again = carla("POST", f"{place}/invitations", lines, Idempotency_Key="once")
    where = f"/invitations/{made.json['id']}"
    before = carla.get(where).json
    started = carla("POST", f"{where}/start")
    house.settle()
    after = carla.get(where).json

    assert (made.status_code, made.json["state"], made.json["ready"], again.json["id"]) == (
        201, "checked", 2, made.json["id"])
    assert made.json["unread"] == [{"role": "mentee", "line": 2, "code": "unknown"}]
    assert "Anna" not in made.text
    assert [(one["name"], one["role"], one["result"]) for one in before["entries"]] == [
        ("Ben", "mentor", ""), ("Anna", "mentee", "")]
    assert (started.status_code, after["state"], after["done"]) == (202, "done", 2)
    invited = carla.get(f"{place}/invited").json["items"]
    assert {one["person_id"]: one["state"] for one in invited} == {ANNA: "invited", BEN: "invited"}
    assert carla.get(f"/people/{BEN}").json["name"] == "Ben"


def test_an_invited_person_sees_it_begins_a_draft_of_their_own_and_may_say_no(
        house: MatchingHouse, as_: As, place: str) -> None:
    carla, anna = as_("carla"), as_(ANNA)
    made = carla("POST", f"{place}/invitations", {"mentees": ["Anna"]})
    carla("POST", f"/invitations/{made.json['id']}/start")
    house.settle()
    [mine] = anna.get("/me/applications").json["items"]
    anna("PUT", f"{place}/draft", {"role": "mentee", "answers": WANTED})
    [seen] = carla.get(f"{place}/invited").json["items"]
    said_no = anna("POST", f"/applications/{mine['id']}/withdrawal")

    assert mine["state"] == "invited"
    assert (seen["state"], seen["answers"]) == ("invited", {})
    assert said_no.json["state"] == "withdrawn"
    assert [(one["state"], one["answers"]) for one in carla.get(f"{place}/invited").json["items"]] == [
        ("withdrawn", {})]


def test_whoever_is_only_had_in_mind_learns_nothing(house: MatchingHouse, as_: As, place: str) -> None:
    carla, anna = as_("carla"), as_(ANNA)
    made = carla("POST", f"{place}/invitations", {"mentees": ["Anna"], "step": "nominate"})
    carla("POST", f"/invitations/{made.json['id']}/start")
    house.settle()
    [one] = carla.get(f"{place}/applications?state=nominated").json["items"]

    assert anna.get("/me/applications").json["items"] == []
    assert anna.get(f"/applications/{one['id']}").status_code == 404
    assert anna("POST", f"/applications/{one['id']}/withdrawal").status_code == 404
    assert carla.get(f"{place}/invited").json["items"] == []
    house.matching.programmes.change(place.rsplit("/", 1)[1], {"applications_until": "2027-02-01"}, None)
    assert anna.get(f"{place}/form").status_code == 404
    house.matching.programmes.change(place.rsplit("/", 1)[1], {"applications_until": None}, None)
    assert anna("PUT", f"{place}/draft", {"role": "mentee", "answers": WANTED}).json["state"] == "draft"


def test_a_draft_that_was_given_up_is_not_shown_when_its_writer_is_invited(
        house: MatchingHouse, as_: As, place: str) -> None:
    carla, anna = as_("carla"), as_(ANNA)
    draft = anna("PUT", f"{place}/draft", {"role": "mentee", "answers": WANTED})
    anna("POST", f"/applications/{draft.json['id']}/withdrawal")
    made = carla("POST", f"{place}/invitations", {"mentees": ["Anna"]})
    carla("POST", f"/invitations/{made.json['id']}/start")
    house.settle()

    assert [(one["state"], one["answers"]) for one in carla.get(f"{place}/invited").json["items"]] == [("invited", {})]


def test_a_draft_of_somebody_who_was_had_in_mind_over_it_before_that_was_refused_is_not_shown(
        house: MatchingHouse, as_: As, place: str) -> None:
    draft = as_(ANNA)("PUT", f"{place}/draft", {"role": "mentee", "answers": WANTED}).json["id"]
    house.matching.applications.store.change(draft, lambda one: one.nominate(house.clock.now()))

    [seen] = as_("carla").get(f"{place}/applications?state=nominated").json["items"]

    assert (seen["state"], seen["answers"]) == ("nominated", {})


def test_only_coordinators_of_the_programme_may(house: MatchingHouse, as_: As, place: str) -> None:
    made = as_("carla")("POST", f"{place}/invitations", {"mentees": ["Anna"]}).json["id"]

    for caller in (as_(ANNA), as_("otto")):
        assert caller("POST", f"{place}/invitations", {"mentees": ["Ben"]}).status_code == 404
        assert caller("POST", f"/invitations/{made}/start").status_code == 404
        assert caller.get(f"/invitations/{made}").status_code == 404
        assert caller.get(f"{place}/invited").status_code == 404


@pytest.mark.parametrize("wrong", [
    {}, {"mentees": []}, {"mentees": "Anna"}, {"mentees": ["x" * 321]}, {"mentees": ["Anna"], "step": "marry"},
    {"mentees": ["a"] * 2_001}, {"people": ["Anna"]}])
def test_a_list_that_makes_no_sense_is_refused(as_: As, place: str, wrong: dict[str, object]) -> None:
    assert as_("carla")("POST", f"{place}/invitations", wrong).status_code == 422
