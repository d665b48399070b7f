"""The settings of a programme: what it is for, what it aims at, what stays, and who is meant by a name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.matchmaking.people import Person, Roster
from services.matching.domain.objective import BadObjective, Objective
from services.matching.domain.person import person_id
from services.matching.domain.plan import STICKINESS
from services.matching.domain.programme import Fixed, NoPurpose, NotOpen
from services.matching.domain.programme_rules import DEFAULT, rulebook_of
from services.matching.domain.templates import TEMPLATES, template
from tests.unit.matching.builders import a_programme, told
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTORS, MONDAY, MatchingHouse, Role
from tests.unit.surveys.calling import Caller

As = Callable[..., Caller]
STAY = Objective(code="stay", name="They stay", metric="of a hundred", baseline=81.0, target=90.0)


@pytest.fixture
def as_(house: MatchingHouse) -> As:
    app = app_of(house)
    return lambda person=None, *roles: Caller(app, person, roles)


@pytest.mark.feature("S2.1")
def test_nobody_opens_a_programme_that_is_for_nothing() -> None:
    programme = a_programme(purpose="  ")

    with pytest.raises(NoPurpose):
        programme.open(MONDAY)
    assert programme.state is ProgrammeState.DRAFT


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.code)
def test_every_template_says_what_it_is_for(one: Any, language: str) -> None:
    assert one.purposes[language]
    assert one.names[language]


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"metric": ""}, {"code": ""}, {"target": 81.0}, {"target": float("nan")},
    {"baseline": float("inf")}])
def test_an_objective_is_something_one_can_miss(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadObjective):
        a_programme(objectives=(replace(STAY, **wrong),))


def test_two_objectives_do_not_share_a_code() -> None:
    with pytest.raises(BadObjective):
        a_programme(objectives=(STAY, STAY))


def test_dates_that_others_went_by_stay() -> None:
    programme = a_programme()
    programme.open(MONDAY)
    programme.begin_running(MONDAY)

    with pytest.raises(Fixed):
        programme.change(replace(programme.plan, starts_on="2027-04-01"), MONDAY)
    programme.change(replace(programme.plan, ends_on="2027-12-31"), MONDAY)

    programme.on_end(MONDAY)
    with pytest.raises(Fixed):
        programme.change(replace(programme.plan, ends_on="2028-01-31"), MONDAY)
    programme.on_close(MONDAY)
    with pytest.raises(NotOpen):
        programme.change(replace(programme.plan, name="Afterwards"), MONDAY)


def test_neither_purpose_nor_objectives_leave_in_events() -> None:
    programme = a_programme(purpose="A secret aim")
    programme.open(MONDAY)

    programme.change(replace(programme.plan, objectives=(STAY,)), MONDAY)

    assert told(programme) == ["programme-opened", "programme-changed"]
    assert not any("secret" in repr(one.event) or "They stay" in repr(one.event) for one in programme.recorded)


@pytest.mark.feature("S4.13")
def test_objectives_and_rules_are_for_those_in_charge(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme(sponsor_id="sonja", objectives=(STAY,), rules=DEFAULT)
    place = f"/programmes/{programme.id}"

    told = {who: as_(who)("GET", place).json.keys() & {"objectives", "rules", "name", "purpose"}
            for who in ("carla", "sonja", person_id("e1"), person_id("m1"))}

    assert told == {"carla": {"objectives", "rules", "name", "purpose"},
                    "sonja": {"objectives", "rules", "name", "purpose"},
                    person_id("e1"): {"name", "purpose"}, person_id("m1"): {"name", "purpose"}}


def test_objectives_are_kept_with_measure_and_target(house: MatchingHouse, as_: As) -> None:
    carla, place = as_("carla"), f"/programmes/{house.a_programme().id}"
    stay = {"code": "stay", "name": "They stay", "metric": "of a hundred", "baseline": 81, "target": 90}

    answer = carla("PATCH", place, {"objectives": [stay, {**stay, "code": "b", "baseline": None}]}, If_Match="*")

    assert answer.status_code == 200
    kept = carla("GET", place).json["objectives"]
    assert [(one["metric"], one["baseline"], one["target"]) for one in kept] == [
        ("of a hundred", 81.0, 90.0), ("of a hundred", None, 90.0)]


@pytest.mark.parametrize("change", [{"metric": ""}, {"target": "90"}, {"target": None}, {"colour": "red"}])
def test_an_objective_without_a_figure_is_refused(house: MatchingHouse, as_: As, change: dict[str, Any]) -> None:
    body = {"code": "stay", "name": "They stay", "metric": "of a hundred", "target": 90} | change

    answer = as_("carla")("PATCH", f"/programmes/{house.a_programme().id}", {"objectives": [body]}, If_Match="*")

    assert answer.status_code == 422


def test_who_makes_a_programme_reads_its_purpose_in_their_language(house: MatchingHouse, as_: As) -> None:
    body = {"template": "reverse", "name": "R", "starts_on": "2027-03-01", "language": "de"}

    made = as_("ophelia", "programme-office")("POST", "/programmes", body).json

    assert (made["language"], made["purpose"]) == ("de", template("reverse").purposes["de"])


def test_people_are_found_by_their_whole_name_or_address(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme()
    house.bring(programme, Role.MENTOR, [*MENTORS, {**MENTORS[0], "id": "m9", "email": "mia9@example.org"}])
    texts = ["Mia Torres", "MO@example.org", "Mo", "m2"]

    found = as_("carla")("POST", "/people/named", {"texts": texts}).json["items"]

    assert [(one["text"], len(one["people"])) for one in found] == [
        ("Mia Torres", 2), ("MO@example.org", 1), ("Mo", 0), ("m2", 0)]
    assert found[1]["people"][0]["name"] == "Mo Becker"
    assert as_("mo")("POST", "/people/named", {"texts": texts}).status_code == 403


@pytest.mark.parametrize("rules", [DEFAULT, template("leadership").rules])
def test_wishes_and_staying_together_weigh_what_they_do_for_two_spreadsheets(rules: dict[str, Any]) -> None:
    book = rulebook_of(rules)
    fit = sum(term.points for term in book.terms if term.is_fit)

    assert book.wishes
    assert [one * 10_000 / fit for one in book.wishes.points] == [3000, 2000, 1000]
    assert book.highest_score * STICKINESS // 100 * 10_000 / fit == 500


def test_in_reverse_mentoring_the_mentor_is_the_junior() -> None:
    book = rulebook_of(template("reverse").rules)
    junior, director = (Person(name, {"grade": grade, "languages": "en"}) for name, grade in (
        ("j", "junior"), ("d", "director")))
    roster = Roster((junior, director))

    assert "mentor-is-junior" in book.barred_by(director, junior, roster)
    assert book.barred_by(junior, director, roster) == ()
    assert "seniority" in [one.criterion for one in book.reasons(junior, director)]
