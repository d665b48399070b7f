"""What people value, in their own words, and how they like to work: asked, scored, and shown in the breakdown."""

from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.programme_rules import HOW_ONE_IS, rulebook_of, stated, with_known
from services.matching.domain.proposal import Proposal
from services.matching.domain.templates import TEMPLATES, template
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import decided, people

ON = ("onboarding-buddies", "peer")
VALUES, PLANNING, TALKING = "values", "style-planning", "style-talking"
MENTOR = {"skills": "python", "languages": "en", "capacity": "1", "voluntary": "yes"}
MENTEE = {"goals": "python", "languages": "en"}


def apply(house: MatchingHouse, programme: Programme, who: str, role: Role, **said: str) -> None:
    answers = {**(MENTOR if role is Role.MENTOR else MENTEE), **said}
    one = house.matching.applications.write(programme.id, person_id(who), role, answers)
    house.matching.applications.submit(one.id)
    decided(house, programme, [one.id])


def proposed(house: MatchingHouse, programme: Programme) -> Proposal:
    run = house.a_proposed_run(programme)
    [one] = house.matching.runs.proposals(run.id, 10, None).items
    return one


def switched_on(programme: Programme) -> dict[str, Any]:
    """As the page of rules does it."""
    rules = with_known(programme.plan.rules)
    names = {one["name"] for one in HOW_ONE_IS}
    terms = [{key: value for key, value in one.items() if key != "off" or one.get("name") not in names}
             for one in rules["terms"]]
    return {**rules, "terms": terms}


@pytest.mark.feature("B5")
@pytest.mark.parametrize("code", ["peer", "career-development"])
def test_own_words_and_work_style_score_as_terms_and_show_in_the_breakdown(house: MatchingHouse, code: str) -> None:
    people(house, "anna", "ben")
    programme = house.a_programme(template=code)
    if code not in ON:
        house.matching.programmes.change(programme.id, {"rules": switched_on(programme)}, None)
    apply(house, programme, "anna", Role.MENTOR, values="Humour\nbeing on time\nhonesty", style_planning="2",
          style_talking="5")
    apply(house, programme, "ben", Role.MENTEE, values="honesty;  HUMOUR; tea", style_planning="4", style_talking="1")

    one = proposed(house, programme)
    reasons = {reason.criterion: reason for reason in one.reasons}

    assert (reasons[VALUES].points, reasons[VALUES].params["shared"]) == (10, ["honesty", "HUMOUR"])
    assert (reasons[PLANNING].points, reasons[PLANNING].params["mentor"]) == (2, "2")
    assert TALKING not in reasons, "as far apart as can be"
    assert one.score == sum(reason.points for reason in one.reasons)


@pytest.mark.feature("B5")
def test_they_decide_who_is_matched_with_whom(house: MatchingHouse) -> None:
    people(house, "anna", "alma", "ben")
    programme = house.a_programme(template="peer")
    apply(house, programme, "alma", Role.MENTOR, values="order", style_planning="1")
    apply(house, programme, "anna", Role.MENTOR, values="humour", style_planning="5")
    apply(house, programme, "ben", Role.MENTEE, values="order", style_planning="1")

    assert proposed(house, programme).mentor_id == person_id("alma")


def test_whoever_says_nothing_of_it_loses_nothing_else(house: MatchingHouse) -> None:
    people(house, "anna", "ben")
    programme = house.a_programme(template="peer")
    apply(house, programme, "anna", Role.MENTOR, values="humour")
    apply(house, programme, "ben", Role.MENTEE, style_planning="3")

    assert not {VALUES, PLANNING, TALKING} & {reason.criterion for reason in proposed(house, programme).reasons}


@pytest.mark.parametrize("code", [one.code for one in TEMPLATES])
def test_every_form_asks_both_and_every_programme_can_switch_them_on(code: str) -> None:
    columns = {one["column"] for one in HOW_ONE_IS}
    asked = {role: {one.key for one in template(code).form.asked(role)} for role in Role}
    known = {one["name"]: one.get("off", False) for one in with_known(template(code).rules)["terms"]}

    assert columns <= asked[Role.MENTOR] & asked[Role.MENTEE]
    assert {known[one["name"]] for one in HOW_ONE_IS} == {code not in ON}


@pytest.mark.parametrize("code", ON)
def test_points_of_the_templates_that_count_them_add_up_to_100(code: str) -> None:
    terms = stated(template(code).rules)["terms"]

    assert sum(one["points"] for one in terms) == 100
    assert rulebook_of(template(code).rules)
