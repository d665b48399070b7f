"""What is refused before a use case is asked."""

import io
from typing import Any

import pytest

from tests.unit.web.notes import Desk, pointed


def test_unknown_fields_and_wrong_types_are_named(desk: Desk) -> None:
    answer = desk.http.post("/v1/notes", json={"text": 5, "colour": "red"}, headers=desk.headers())

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert pointed(answer) == {"/text", "/colour"}


def test_a_field_of_the_server_is_not_taken(desk: Desk) -> None:
    answer = desk.http.post("/v1/notes", json={"text": "hello", "id": "mine"}, headers=desk.headers())

    assert (answer.status_code, pointed(answer)) == (422, {"/id"})


@pytest.mark.parametrize(("body", "field"), [
    ({"stars": "5"}, "/stars"), ({"stars": 5.5}, "/stars"), ({"stars": True}, "/stars"), ({"weight": "1.5"}, "/weight"),
    ({"pinned": 1}, "/pinned"), ({"pinned": "yes"}, "/pinned"), ({"marks": [1, "2"]}, "/marks/1"),
    ({"at": "2026-02-28T09:00:00"}, "/at"), ({"at": 5}, "/at"), ({"a/b~c": 1}, "/a~1b~0c")])
def test_what_only_looks_like_the_type_is_refused(desk: Desk, body: dict[str, Any], field: str) -> None:
    answer = desk.http.post("/v1/notes/echo", json=body)

    assert (answer.status_code, pointed(answer)) == (422, {field})


def test_a_moment_comes_back_in_utc_with_milliseconds(desk: Desk) -> None:
    answer = desk.http.post("/v1/notes/echo", json={"at": "2026-02-28T10:00:00.123456+01:00"})

    assert answer.json == {"at": "2026-02-28T09:00:00.123Z"}


@pytest.mark.parametrize("raw", [
    b"{", b'{"text": NaN}', b'{"text": "\xe9"}', rb'{"text": "\ud800"}', b"[" * 100_000, b'{"text": 1e300}',
    b'{"text": 36893488147419103232}', b'{"text": [{"deep": -9007199254740993}]}', b"\xff\xfe{\x00}\x00"])
def test_what_is_not_plain_json_is_refused(desk: Desk, raw: bytes) -> None:
    answer = desk.send(raw)

    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed-json")


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"text"', b"5"])
def test_json_of_another_form_is_refused(desk: Desk, raw: bytes) -> None:
    assert desk.send(raw).status_code == 422


def test_an_empty_body_lacks_its_fields(desk: Desk) -> None:
    answer = desk.http.post("/v1/notes", headers=desk.headers())

    assert (answer.status_code, pointed(answer)) == (422, {"/text"})


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_other_media_types_are_refused(desk: Desk, kind: str) -> None:
    assert desk.send(b"text=hello", kind).status_code == 415


def test_ten_megabytes_are_refused_whether_announced_or_in_chunks(desk: Desk) -> None:
    raw = b'{"text": "' + b"x" * 10_000_000 + b'"}'

    announced = desk.send(raw)
    in_chunks = desk.http.post("/v1/notes", input_stream=io.BytesIO(raw), headers=desk.headers(
        Content_Type="application/json"), environ_overrides={"wsgi.input_terminated": True})

    assert (announced.status_code, in_chunks.status_code) == (413, 413)


def test_ten_megabytes_are_refused_where_no_body_is_taken(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    assert desk.http.post(f"{place}/seal", data=b"x" * 10_000_000, headers=desk.headers()).status_code == 413


def test_strangers_are_turned_away_before_their_body_is_read(desk: Desk) -> None:
    assert desk.http.post("/v1/notes", data=b"x" * 10_000_000).status_code == 401


def test_a_misspelt_filter_is_refused(desk: Desk) -> None:
    answer = desk.show("/v1/notes?limt=3")

    assert (answer.status_code, pointed(answer)) == (422, {"/limt"})


def test_a_file_comes_with_its_form(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    answer = desk.scan(place, b"x" * 2_000_000)

    assert answer.status_code == 202
    assert answer.headers["Location"] == place
    assert answer.get_json()["digest"].startswith("pages ")


def test_a_file_over_the_limit_of_its_route_is_refused(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    assert desk.scan(place, b"x" * 4_000_000).status_code == 413


def test_a_form_without_its_file_is_refused(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    def status(**form: Any) -> int:
        return desk.http.post(f"{place}/scan", headers=desk.headers(), **form).status_code

    assert status(data={"title": "pages"}) == 415
    assert status(data={"title": "pages"}, content_type="multipart/form-data") == 422
    assert status(json={"title": "pages"}) == 415


@pytest.mark.parametrize("method", ["DELETE", "OPTIONS", "TRACE", "FOO"])
def test_undeclared_methods_are_refused(desk: Desk, method: str) -> None:
    answer = desk.http.open("/v1/notes", method=method)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/notes/", "//v1/notes", "/v1//notes", "/static/app.css", "/"])
def test_unknown_paths_are_problems_and_never_redirects(desk: Desk, path: str) -> None:
    answer = desk.show(path)

    assert (answer.status_code, answer.get_json()["code"]) == (404, "not-found")
