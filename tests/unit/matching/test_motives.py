"""Drivers and hurdles of mentors: ranked, by fives, and none of it anybody's own answer."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.default_forms import CAREER
from services.matching.domain.form import FieldKind, Form, FormField
from services.matching.domain.motives import QUESTIONS, Motive, Ranked, ranked
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.suppression import LOWEST, Suppression
from services.matching.domain.templates import TEMPLATES, template
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, OFFERED, decided, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller

HURDLES = ["distance", "experience", "none", "support", "time"]


def said(*counts: tuple[int, str]) -> list[dict[str, str]]:
    return [{"hurdles": text} for count, text in counts for _ in range(count)]


def report(*counts: tuple[int, str]) -> Ranked:
    return ranked(CAREER, "hurdles", said(*counts), Suppression())


@pytest.mark.feature("S4.4")
@pytest.mark.feature("B8")
def test_what_most_name_comes_first_with_its_count() -> None:
    found = report((8, "time; experience"), (6, "Time"), (6, "distance"))

    assert found == Ranked("hurdles", 20, (Motive("time", 10), Motive("distance", 5), Motive("experience", 5)),
                           ("support", "none"))


def test_two_reports_do_not_tell_what_one_of_five_said() -> None:
    before = said((5, "time"), (5, "distance"))
    after = [*before, *said((1, "time"), (4, "distance"))]

    assert [one.count for one in ranked(CAREER, "hurdles", before, Suppression()).motives] == [5, 5]
    assert {one.code: one.count for one in ranked(CAREER, "hurdles", after, Suppression()).motives} == {
        "time": 5, "distance": 5}


@pytest.mark.feature("S4.4")
@pytest.mark.feature("B8")
@pytest.mark.parametrize("answers", range(10))
def test_few_answers_give_no_figure_at_all(answers: int) -> None:
    assert report((answers, "time")) == Ranked("hurdles", 0)


@pytest.mark.feature("S4.4")
@pytest.mark.feature("B8")
def test_what_fewer_than_five_name_is_not_ranked() -> None:
    assert [one.code for one in report((5, "distance"), (4, "support"), (11, "time")).motives] == ["time", "distance"]


def test_what_all_or_nearly_all_name_has_no_figure() -> None:
    assert report((12, "time")).motives == (Motive("time", None),)
    assert report((11, "time"), (4, "none")).motives == (Motive("time", None),)
    assert report((10, "time"), (5, "none")).motives == (Motive("time", 10), Motive("none", 5))


def test_answers_count_by_fives_so_that_one_more_changes_nothing() -> None:
    before = said((10, "time"), (10, "distance"))

    after = [ranked(CAREER, "hurdles", [*before, *said((more, "support"))], Suppression()) for more in range(5)]

    assert len({*after}) == 1
    assert ranked(CAREER, "hurdles", [*before, *said((5, "support"))], Suppression()) != after[0]


def test_own_words_of_a_few_are_shown_to_nobody() -> None:
    form = Form(fields=(FormField(key="hurdles", kind=FieldKind.LONG_TEXT, labels={"en": "What hinders you?"}),))

    found = ranked(form, "hurdles", said((7, "my time"), (4, "my boss Jo"), (14, "rooms")), Suppression())

    assert [one.code for one in found.motives] == ["rooms", "my time"]
    assert found.few == ()


@given(some.lists(some.sets(some.sampled_from(HURDLES), min_size=1), max_size=60), some.integers(LOWEST, 12))
def test_no_two_looks_in_a_row_differ_by_fewer_than_the_smallest_group(people_said: list[set[str]], least: int) -> None:
    answers, suppression = [{"hurdles": "; ".join(sorted(one))} for one in people_said], Suppression(least)
    looks = [ranked(CAREER, "hurdles", answers[:count], suppression) for count in range(len(answers) + 1)]

    for found in looks:
        assert all(one.count is None or least <= one.count <= found.answered - least for one in found.motives)
    assert all(after == before or after.answered - before.answered >= least for before, after in pairwise(looks))


@pytest.mark.feature("S4.4")
@pytest.mark.feature("B8")
@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.code)
def test_every_form_asks_mentors_the_two_questions_and_mentees_neither(one: Any) -> None:
    asked = {role: [field.key for field in template(one.code).form.asked(role)] for role in Role}

    assert {*QUESTIONS} <= {*asked[Role.MENTOR]}
    assert not {*QUESTIONS} & {*asked[Role.MENTEE]}


def many(house: MatchingHouse, programme: Programme, count: int, **more: Any) -> None:
    answers = {**OFFERED, "drivers": "pass-on", "hurdles": "time"}
    house.matching.applications.store.add_many([
        Application(**{"id": f"{programme.id}/{number}", "programme_id": programme.id,
                       "person_id": person_id(f"p{number}"), "role": Role.MENTOR,
                       "state": ApplicationState.SUBMITTED, "answers": answers,
                       "submitted_at": house.clock.now() + timedelta(seconds=number), **more})
        for number in range(count)])


def report_of(house: MatchingHouse, caller: Caller, programme: Programme) -> list[dict[str, Any]]:
    """As somebody reads it who looks twice."""
    caller.get(f"/programmes/{programme.id}/motives")
    house.pass_time(seconds=10)
    found: list[dict[str, Any]] = caller.get(f"/programmes/{programme.id}/motives").json["items"]
    return found


@pytest.mark.feature("S4.4")
@pytest.mark.feature("B8")
def test_those_in_charge_read_the_report_and_nobody_else(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme(sponsor_id="sigrid")
    many(house, programme, 12)
    many(house, house.a_programme(), 20)
    house.matching.applications.store.change(
        f"{programme.id}/11", lambda one: one._move(ApplicationState.WITHDRAWN))

    for who in ("carla", "sigrid"):
        drivers, hurdles = report_of(house, as_(who), programme)
        assert (drivers["key"], drivers["answered"], drivers["motives"]) == (
            "drivers", 10, [{"code": "pass-on", "count": None}])
        assert hurdles["few"] == ["experience", "support", "distance", "none"]
        assert next(one for one in hurdles["options"] if one["code"] == "time")["labels"]["de"] == "Wenig Zeit"
    assert as_("otto").get(f"/programmes/{programme.id}/motives").status_code == 404
    assert as_("sigrid").get(f"/programmes/{programme.id}/applications").status_code == 404


def test_a_mentor_who_comes_again_is_asked_again(house: MatchingHouse, as_: As) -> None:
    people(house, "anna", *(f"p{number}" for number in range(9)))
    for hurdle in ("experience", "time"):
        programme = house.a_programme()
        many(house, programme, 9)
        house.pass_time(hours=1)
        answers = {**OFFERED, "hurdles": hurdle}
        one = house.matching.applications.write(programme.id, ANNA, Role.MENTOR, answers)
        house.matching.applications.submit(one.id)
        decided(house, programme, [one.id])

        hurdles = report_of(house, as_("carla"), programme)[1]
        assert hurdles["answered"] == 10
