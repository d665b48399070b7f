"""ETags: what was read is what is changed."""

import pytest

from tests.unit.web.notes import Desk


def test_what_is_created_says_where_it_is_and_which_version(desk: Desk) -> None:
    answer = desk.write()

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/notes/{answer.get_json()['id']}"
    assert desk.show(answer.headers["Location"]).headers["ETag"] == answer.headers["ETag"] == '"0"'


def test_below_a_mount_the_location_and_the_next_page_begin_there(desk: Desk) -> None:
    mounted = {"base_url": "http://house/notes-service"}
    desk.write("one")

    made = desk.http.post("/v1/notes", json={"text": "two"}, headers=desk.headers(), **mounted)
    page = desk.http.get("/v1/notes?limit=1", headers=desk.headers(), **mounted)

    assert made.headers["Location"].startswith("/notes-service/v1/notes/")
    assert page.headers["Link"].startswith("</notes-service/v1/notes?limit=1&after=")


def test_a_change_says_which_version_it_is_of(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    assert desk.change(place).get_json()["code"] == "version-required"
    assert desk.change(place, If_Match='"0"').headers["ETag"] == '"1"'
    assert desk.change(place, If_Match="*").headers["ETag"] == '"2"'


@pytest.mark.parametrize("tag", ['"0"', 'W/"1"', "1", '"1", "2"', '"abc"', "", '"' + "9" * 30 + '"'])
def test_a_tag_of_no_present_version_is_stale(desk: Desk, tag: str) -> None:
    place = desk.write().headers["Location"]
    desk.change(place, If_Match="*")

    answer = desk.change(place, If_Match=tag)

    assert (answer.status_code, answer.get_json()["code"]) == (412, "stale")
    assert desk.show(place).get_json()["changes"] == 1


def test_a_missing_version_is_told_with_428(desk: Desk) -> None:
    assert desk.change(desk.write().headers["Location"]).status_code == 428


def test_where_a_version_may_be_named_it_need_not(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    stale = desk.http.post(f"{place}/seal", headers=desk.headers(If_Match='"7"'))
    unnamed = desk.http.post(f"{place}/seal", headers=desk.headers())

    assert (stale.status_code, unnamed.status_code) == (412, 200)


@pytest.mark.parametrize("tag", ['"0"', 'W/"0"', "*", '"7", "0"'])
def test_what_the_client_has_is_not_sent_again(desk: Desk, tag: str) -> None:
    answer = desk.show(desk.write().headers["Location"], If_None_Match=tag)

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"0"')


def test_what_has_changed_is_sent_again(desk: Desk) -> None:
    assert desk.show(desk.write().headers["Location"], If_None_Match='"7"').status_code == 200
