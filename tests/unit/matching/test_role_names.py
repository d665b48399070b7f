"""What the two roles of a programme are called: names by programme, while rules and forms go by role codes."""

from datetime import date
from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import RoleNames
from services.matching.domain import role_names
from services.matching.domain.plan import plan_after, plan_from
from services.matching.domain.role_names import MOST_LETTERS, BadRoleNames
from services.matching.domain.templates import TEMPLATES, template
from tests.unit.matching.builders import a_programme
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MONDAY, MatchingHouse
from tests.unit.surveys.calling import Caller

COACHES = {"mentor": {"en": "coach", "de": "Coach"}, "mentee": {"en": "coachee", "de": "Coachee"}}


@pytest.mark.parametrize(("code", "mentor", "mentee"), [
    ("career-development", "mentor", "mentee"), ("onboarding-buddies", "buddy", "newcomer"),
    ("reverse", "junior mentor", "senior mentee"), ("peer", "peer", "peer")])
def test_a_template_names_the_roles(code: str, mentor: str, mentee: str) -> None:
    names = plan_from(template(code), "Rising", date(2027, 3, 1), None).role_names

    assert names
    assert (names.mentor["en"], names.mentee["en"]) == (mentor, mentee)


def test_all_templates_name_them_in_every_language() -> None:
    for one in TEMPLATES:
        role_names.require_sound(one.role_names)


def test_whoever_was_made_before_has_the_names_of_the_template() -> None:
    programme = a_programme()

    assert programme.plan.role_names is None
    assert programme.role_names == role_names.USUAL


def test_the_next_cohort_keeps_them() -> None:
    last = a_programme(role_names=RoleNames(**COACHES)).plan

    assert plan_after(last, "Rising 2028", date(2028, 3, 1)).role_names == RoleNames(**COACHES)


@pytest.mark.parametrize(("names", "flaw"), [
    ({"en": "coach", "de": " "}, "the mentor needs a name in de"),
    ({"en": "coach"}, "the mentor needs a name in de"),
    ({"en": "coach", "de": "x" * (MOST_LETTERS + 1)}, "the mentor has a name of more than 60 letters in de"),
    ({"en": "coach", "de": "Coach", "fr": "coach"}, "the mentor has names in languages that nothing is written in: fr"),
])
def test_a_name_is_neither_missing_nor_endless(names: dict[str, str], flaw: str) -> None:
    programme = a_programme()
    wanted = RoleNames(mentor=names, mentee=COACHES["mentee"])

    with pytest.raises(BadRoleNames, match=flaw):
        programme.change(a_programme(role_names=wanted).plan, MONDAY)


@pytest.fixture
def carla(house: MatchingHouse) -> Caller:
    return Caller(app_of(house), "carla", ())


@pytest.mark.feature("C15")
def test_a_coordinator_changes_them_and_everybody_hears_of_it(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_programme()
    place = f"/programmes/{programme.id}"
    before = house.world.heard("mentoring.programmes.v1")[-1].data["role_names"]

    kept = carla("PATCH", place, {"role_names": {**COACHES, "mentor": {"en": " coach ", "de": "Coach"}}}, If_Match="*")
    house.settle()

    assert before == {"mentor": {"en": "mentor", "de": "Mentor/in"}, "mentee": {"en": "mentee", "de": "Mentee"}}
    assert kept.json["role_names"] == COACHES
    assert carla("GET", f"{place}/form").json["role_names"] == COACHES
    assert [one["role_names"] for one in carla("GET", "/calls").json["items"]] == [COACHES]
    assert house.told("mentoring.programmes.v1") == ["programme-opened", "programme-changed"]
    assert house.world.heard("mentoring.programmes.v1")[-1].data["role_names"] == COACHES


@pytest.mark.parametrize("names", [
    {"mentor": {"en": "coach"}, "mentee": {"en": "coachee"}}, {"mentor": COACHES["mentor"]},
    {"mentor": {"en": "", "de": "Coach"}, "mentee": COACHES["mentee"]}, {"mentor": "coach", "mentee": "coachee"},
    {"mentor": {"en": "   ", "de": "Coach"}, "mentee": COACHES["mentee"]}, [],
    {"mentor": {"en": "x" * 61, "de": "Coach"}, "mentee": COACHES["mentee"]}, {**COACHES, "coach": COACHES["mentor"]},
])
def test_names_that_do_not_fit_are_refused(house: MatchingHouse, carla: Caller, names: Any) -> None:
    programme = house.a_programme()

    answer = carla("PATCH", f"/programmes/{programme.id}", {"role_names": names}, If_Match="*")

    assert answer.status_code == 422
    assert house.matching.programmes.get(programme.id).role_names == role_names.USUAL


@pytest.mark.feature("C15")
def test_rules_and_forms_go_by_role_codes_whatever_the_names(house: MatchingHouse) -> None:
    usual = house.a_full_programme()
    coached = house.a_full_programme(role_names=RoleNames(**COACHES))

    house.a_published_run(usual)
    house.a_published_run(coached)

    def couples(programme: Any) -> set[tuple[str, str]]:
        return {(pair.mentor_id, pair.mentee_id) for pair in house.pairs(programme)}

    assert couples(usual) == couples(coached)
    assert len(couples(usual)) == 3
    assert coached.form.asked(Role.MENTOR) == usual.form.asked(Role.MENTOR)
    assert {tuple(one.data["parties"][0].values()) for one in house.world.heard("mentoring.pairs.v1")} <= {
        (pair.mentor_id, "mentor") for programme in (usual, coached) for pair in house.pairs(programme)}
