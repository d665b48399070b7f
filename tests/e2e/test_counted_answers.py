"""A question that a coordinator adds to the form counts in matching, all of it through pages."""

from pathlib import Path

import pytest

from services.matching.domain.person import person_id
from services.portal.assets import build
from tests.e2e.test_pages import portal_of
from tests.e2e.village import MENTEES, MENTORS, Village
from tests.unit.portal.conftest import Browser

EARLY = {"label-en": "How early do you begin?", "kind": "scale", "roles": ["mentor", "mentee"], "new_key": "early"}


def with_answers(text: str, answers: list[str]) -> str:
    return "\n".join(f"{line},{answer}" for line, answer in zip(text.splitlines(), ["early", *answers], strict=True))


@pytest.mark.feature("B1")
def test_a_new_question_counts_is_tried_and_decides_who_meets_whom(tmp_path: Path) -> None:
    build.main()
    village = Village(tmp_path)
    programme = village.programme()
    village.bring(programme, "mentor", with_answers(MENTORS, ["1", "5", ""]))
    village.bring(programme, "mentee", with_answers(MENTEES, ["5", "1"]))
    coordinator, browser = village.put_in_charge(programme), Browser(portal_of(village).test_client())
    browser.sign_in(coordinator)
    place = f"/programmes/{programme}"

    def version() -> str:
        return str(village.get("matching", f"{place}/rules")["version"])

    asked = browser.send(f"{place}/form/field", EARLY | {"version": version()}, f"{place}/form/field")
    assert asked.location == f"{place}/form"
    answer = f"{place}/rules/answer?mentor=early&mentee=early"
    given = {"version": version(), "mentor": "early", "mentee": "early", "kind": "near", "points": "900"}
    tried = browser.send(f"{place}/rules/answer", given | {"what": "try"}, answer)
    village.settle()

    assert "2 mentees would have other mentors." in browser.get(tried.location).text

    browser.send(f"{place}/rules/answer", given | {"what": "keep"}, answer)
    pairs = village.matched(programme)
    assert {(one["mentor_id"], one["mentee_id"]) for one in pairs} == {
        (person_id("a1"), person_id("e2")), (person_id("a2"), person_id("e1"))}
    village.close()
