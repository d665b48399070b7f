"""Lists in pages: opaque cursors that count where they were given."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.paging import sealed, unsealed
from tests.unit.web.notes import Desk, pointed


def test_the_pages_of_a_list_hold_everything_once(desk: Desk) -> None:
    texts = {desk.write(f"note {number}").get_json()["text"] for number in range(7)}

    place, seen = "/v1/notes?limit=3", []
    while place:
        page = desk.show(place)
        seen += [note["text"] for note in page.get_json()["items"]]
        place = page.headers["Link"].split(">")[0][1:] if "Link" in page.headers else ""

    assert (len(seen), set(seen)) == (7, texts)


def test_a_list_shows_the_callers_own(desk: Desk) -> None:
    desk.write(person="ada")

    assert desk.show("/v1/notes", "bob").get_json() == {"items": []}


@pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "1e3", ""])
def test_a_limit_out_of_bounds_is_refused(desk: Desk, limit: str) -> None:
    answer = desk.show(f"/v1/notes?limit={limit}")

    assert (answer.status_code, pointed(answer)) == (422, {"/limit"})


def _forged(payload: bytes) -> str:
    return base64.urlsafe_b64encode(b"12345678" + payload).decode()


FORGED = ["abc", "", "%00", "é", "A" * 5_000, "....", _forged(b'["v","x","y"]'), _forged(b"["),
          sealed(("x", "y"), "/v1/other"), sealed(("x", "y"), "/v1/notes")[:-2]]


@pytest.mark.parametrize("cursor", FORGED)
def test_a_forged_cursor_is_refused(desk: Desk, cursor: str) -> None:
    answer = desk.http.get("/v1/notes", query_string={"after": cursor}, headers=desk.headers())

    assert (answer.status_code, pointed(answer)) == (422, {"/after"})


@pytest.mark.parametrize("place", [(5, "x"), ("x", "x"), (None, "x"), (datetime(2026, 2, 28, tzinfo=UTC), "x")])
def test_a_place_of_another_type_shows_nothing_it_should_not(desk: Desk, place: Any) -> None:
    desk.write(person="ada")

    answer = desk.http.get("/v1/notes", query_string={"after": sealed(place, "/v1/notes")}, headers=desk.headers("bob"))

    assert (answer.status_code, answer.get_json()) == (200, {"items": []})


VALUES = st.none() | st.text() | st.integers(-(2**53), 2**53) | st.datetimes(
    datetime(1970, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001


@given(VALUES, st.text())
def test_a_cursor_comes_back_as_it_went(value: Any, id: str) -> None:
    assert unsealed(sealed((value, id), "/v1/notes"), "/v1/notes") == (value, id)


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_makes_the_reader_of_cursors_fail(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        unsealed(text, "/v1/notes")
