"""One press of a coordinator for many rows of a to-do list. All without scripts."""

from typing import Any

import pytest

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

pytestmark = pytest.mark.feature("N1")
PLACE = "/programmes/rising"
REQUESTS = (f"{PLACE}/requests?state=unanswered", f"{PLACE}/requests/reminders")
CHECK_INS = (f"{PLACE}/check-ins?state=overdue", f"{PLACE}/check-ins/reminders")
UNREACHABLE = (f"{PLACE}/messages?state=unreachable", f"{PLACE}/messages/retries")


def press(office: Browser, list_and_action: tuple[str, str], **values: Any) -> str:
    page, action = list_and_action
    state = page.partition("=")[2]
    return office.send(action, {"state": state, "do": "1", **values}, page=page, follow_redirects=True).text


def sent(fakes: FakeServices) -> list[tuple[str, str | None]]:
    return [(one.path, one.key) for one in fakes.sent]


@pytest.mark.parametrize(("where", "ids", "paths", "words"), [
    (REQUESTS, ["r1"], ["/v1/requests/r1/reminder"], "The mentor of one request is reminded."),
    (CHECK_INS, ["ci-1", "ci-2"], ["/v1/check-ins/ci-1/reminder", "/v1/check-ins/ci-2/reminder"],
     "2 people are reminded."),
    (UNREACHABLE, ["helena"], [f"/v1{PLACE}/contacts/helena/retry"], "One address is tried again."),
])
def test_all_that_are_shown_have_a_command_each(office: Browser, fakes: FakeServices, where: tuple[str, str],
                                                ids: list[str], paths: list[str], words: str) -> None:
    page = office.get(where[0]).text

    told = press(office, where, all="1", shown=ids)

    assert all(f'name="shown" value="{one}"' in page and f'name="one" value="{one}"' in page for one in ids)
    assert sent(fakes) == [(path, f"key-1-{one}") for path, one in zip(paths, ids, strict=True)]
    assert words in told
    assert f'name="state" value="{where[0].partition("=")[2]}"' in told, "the same list again"


def test_only_the_ticked_are_reminded(office: Browser, fakes: FakeServices) -> None:
    told = press(office, CHECK_INS, one="ci-2", shown=["ci-1", "ci-2"])

    assert [path for path, _key in sent(fakes)] == ["/v1/check-ins/ci-2/reminder"]
    assert "One person is reminded." in told


def test_whoever_is_left_is_told_why_in_their_row(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("surveys", "POST /check-ins/ci-1/reminder", problem(409, "reminded-today"))
    fakes.answer("surveys", "POST /check-ins/ci-3/reminder", problem(404, "not-found"))

    told = press(office, CHECK_INS, all="1", shown=["ci-1", "ci-2", "ci-3"])

    assert "One person is reminded." in told
    assert "2 stay as they were: their rows say why." in told
    row = told[told.index('value="ci-1"><span'):told.index('value="ci-2"><span')]
    assert "Has been reminded today already, of this or another check-in." in row
    assert "reminded today" not in told[told.index('value="ci-2"><span'):]
    assert "left=" not in told[told.index("<main"):told.index("</main>")], "no other view of the list says so"


@pytest.mark.parametrize(("code", "why"), [
    ("mailed-today", "Has had a mail about it today already."),
    ("mentees-turn", "The mentor has asked something"), ("already-decided", "Has been decided in between."),
    ("a-newer-code", "Is in this list no more.")])
def test_each_refusal_has_its_sentence(office: Browser, fakes: FakeServices, code: str, why: str) -> None:
    fakes.answer("matching", "POST /requests/r1/reminder", problem(409, code))

    told = press(office, REQUESTS, one="r1")

    assert "One stays as it was: its row says why." in told
    assert why in told.replace("&#39;", "'")


def test_nobody_chosen_and_no_button_pressed_do_nothing(office: Browser, fakes: FakeServices) -> None:
    nobody = press(office, REQUESTS)
    by_enter = office.send(REQUESTS[1], {"one": "r1"}, page=REQUESTS[0], follow_redirects=True).text

    assert "Choose somebody first." in nobody
    assert "Nothing has happened yet: press the button." in by_enter
    assert not fakes.sent


def test_lists_without_anything_to_do_have_no_button(office: Browser) -> None:
    for path in (f"{PLACE}/check-ins", f"{PLACE}/messages", f"{PLACE}/requests?state=exhausted"):
        assert 'name="do"' not in office.get(path).text


def test_overdue_check_ins_say_that_reminding_is_for_the_coordinator_now(office: Browser) -> None:
    assert "still open: you may remind whoever is overdue." in office.get(CHECK_INS[0]).text


def test_rows_say_when_somebody_was_reminded(office: Browser) -> None:
    assert "5 June 2026" in office.get(CHECK_INS[0]).text
