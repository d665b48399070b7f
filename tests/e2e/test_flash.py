"""A flash pair in the whole house: one question, one session, one check-in, and it closes by itself."""

from typing import Any

import pytest

from deploy.standalone.portal import portal_app
from services.portal.assets import build
from tests.e2e.test_requests import A1, A2, E1, MENTEES, MENTORS, letters
from tests.e2e.village import Village
from tests.unit.portal.conftest import Browser

QUESTION = "How did you survive your first budget?"


def a_pair(village: Village) -> str:
    """Asked and accepted."""
    programme = village.programme("flash")
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    request = village.send("POST", "matching", f"/programmes/{programme}/requests", by=E1,
                           json={"mentor_ids": [A1, A2], "one_question": QUESTION}).json
    village.settle()
    pair = village.send("POST", "matching", f"/requests/{request['id']}/acceptance", by=A1).json
    village.settle(minutes=1)
    assert pair["state"] == "active"
    return str(pair["id"])


def now(village: Village, pair: str) -> dict[str, Any]:
    found: dict[str, Any] = village.get("matching", f"/pairs/{pair}")
    return found


def days(village: Village, number: int) -> None:
    for _ in range(number):
        village.settle(days=1)


@pytest.mark.feature("C14")
@pytest.mark.parametrize("answering", [(E1, A1), ()])
def test_one_question_one_session_and_it_closes_itself(village: Village, answering: tuple[str, ...]) -> None:
    pair = a_pair(village)
    journey = village.get("surveys", f"/pairs/{pair}/journey", by=E1)
    village.send("PUT", "surveys", f"/journeys/{journey['id']}/session-day", by=A1, json={"day": "2026-03-05"})
    days(village, 5)

    for person in answering:
        [one] = village.get("surveys", "/me/check-ins?state=open", by=person)["items"]
        village.send("PUT", "surveys", f"/check-ins/{one['id']}/answer", by=person, json={"rating": 5})
        village.settle(minutes=1)
    assert now(village, pair)["state"] == ("closed" if answering else "active")
    days(village, 16)

    assert (now(village, pair)["state"], now(village, pair)["reason"]) == ("closed", "completed")
    told = village.events()
    assert [told.count(one) for one in ("journey-concluded", "pair-closed", "check-in-opened")] == [1, 1, 2]
    for never in ("training-assigned", "agreement-terms-set", "goal-drafted", "check-in-missed", "case-raised"):
        assert never not in told
    assert any("completed" in one for one in letters(village, E1))
    assert QUESTION not in "".join(str(one.data) for one in village.house.latest(100_000))


@pytest.mark.feature("C14")
def test_the_pages_ask_for_a_day_and_keep_the_question(village: Village) -> None:
    build.main()
    pair = a_pair(village)
    app = portal_app(village.house)
    pages = {}
    for person in (E1, A1):
        browser = Browser(app.test_client())
        browser.sign_in(person)
        pages[person] = browser.get(f"/pairs/{pair}").text
        if person == E1:
            mine = browser.get("/my").text

    assert [QUESTION in pages[one] for one in (E1, A1)] == [True, True]
    assert "When do you meet Ada Stone?" in mine
    assert "Your flash mentor" in mine
    assert "How often do you meet?" not in mine
