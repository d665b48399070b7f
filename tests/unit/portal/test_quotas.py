"""Whoever has done something as often as a programme may reads so, and what to do; what was entered stays."""

from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem
from tests.unit.portal.test_rules import AS_IS

HERE = "/programmes/rising"


@pytest.mark.parametrize(("what", "page", "values", "entered"), [
    ("runs", "matching", {}, ""), ("trials", "rules", AS_IS | {"what": "try", "points-floor": "77"}, 'value="77"'),
    ("invitations", "invitations", {"mentees": "amara@caldera.example"}, "amara@caldera.example"),
    ("campaigns", "campaigns", {"name": "Spring", "departments": "Sales"}, 'value="Spring"')])
def test_a_quota_that_is_reached_is_told_and_no_service_is_said_to_be_away(
        office: Browser, fakes: FakeServices, what: str, page: str, values: dict[str, Any],
        entered: str) -> None:
    fakes.answer("matching", f"POST {HERE}/{what}", lambda _request: problem(429, "quota-reached"))
    to = f"{HERE}/runs" if what == "runs" else f"{HERE}/{page}"

    answer = office.send(to, values, page=f"{HERE}/{page}")

    told = office.get(answer.location) if what == "runs" else answer
    assert "This was done very often today in this programme. Try again tomorrow" in told.text
    assert entered in told.text


def test_a_service_that_wants_a_pause_is_not_taken_at_its_word_for_a_no(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", f"POST {HERE}/trials", lambda _request: problem(429, "too-many-requests"))

    answer = office.send(f"{HERE}/rules", AS_IS | {"what": "try"}, page=f"{HERE}/rules")

    assert answer.status_code == 503
