"""A repeat with the same Idempotency-Key is answered as the first time, and changes nothing."""

import threading
from typing import Any

import pytest

from tests.unit.web.notes import Desk


def test_a_repeated_change_is_answered_as_the_first_time(desk: Desk) -> None:
    place = desk.write().headers["Location"]
    named = {"If_Match": '"0"', "Idempotency_Key": "k1"}

    first = desk.change(place, "one", **named)
    desk.change(place, "two", If_Match="*")
    again = desk.change(place, "one", **named)

    assert (again.status_code, again.data, again.headers["ETag"]) == (first.status_code, first.data, '"1"')
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert desk.show(place).get_json()["changes"] == 2


@pytest.mark.feature("O5")
def test_the_key_of_another_request_is_refused(desk: Desk) -> None:
    place = desk.write().headers["Location"]
    desk.change(place, "one", If_Match="*", Idempotency_Key="k1")

    other = desk.change(place, "two", If_Match="*", Idempotency_Key="k1")

    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency-key-reused")
    assert desk.show(place).get_json()["text"] == "one"


@pytest.mark.feature("O5")
def test_a_repeated_creation_creates_once(desk: Desk) -> None:
    first, again = (desk.write(Idempotency_Key="k1") for _ in range(2))
    other = desk.write("different", Idempotency_Key="k1")

    assert (again.status_code, again.data) == (201, first.data)
    assert (again.headers["Location"], again.headers["ETag"]) == (first.headers["Location"], first.headers["ETag"])
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency-key-reused")
    assert len(desk.show("/v1/notes").get_json()["items"]) == 1


def test_the_same_key_of_somebody_else_is_another_key(desk: Desk) -> None:
    hers = desk.write(person="ada", Idempotency_Key="k1")
    his = desk.write(person="bob", Idempotency_Key="k1")

    assert hers.get_json()["id"] != his.get_json()["id"]
    assert "Idempotency-Replayed" not in his.headers


def test_nothing_is_remembered_for_strangers(desk: Desk) -> None:
    made = [desk.http.post("/v1/notes/anonymous", headers={"Idempotency-Key": "k1"}).get_json()["id"] for _ in range(2)]

    assert len(set(made)) == 2


def test_a_document_does_not_say_who_the_caller_was(desk: Desk) -> None:
    desk.write(person="ada.lovelace@example.org", Idempotency_Key="k1")

    (note,) = desk.notes.each({})

    assert "lovelace" not in str(note.answered)


def test_a_refusal_is_not_remembered(desk: Desk) -> None:
    place = desk.write().headers["Location"]
    named = {"If_Match": '"1"', "Idempotency_Key": "k1"}

    refused = desk.change(place, "one", **named)
    desk.change(place, "other", If_Match="*")
    taken = desk.change(place, "one", **named)

    assert (refused.status_code, taken.status_code) == (412, 200)


@pytest.mark.parametrize("key", ["", "   ", "k" * 256, "ключ".encode().decode("latin-1"), "a\tb"])
def test_a_key_that_is_none_is_refused(desk: Desk, key: str) -> None:
    answer = desk.write(Idempotency_Key=key)

    assert (answer.status_code, answer.get_json()["code"]) == (422, "idempotency-key-invalid")


def test_the_longest_key_is_taken(desk: Desk) -> None:
    assert desk.write(Idempotency_Key="k" * 255).status_code == 201


def test_a_repeated_upload_may_draw_its_boundary_anew(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    first, again = (desk.scan(place, b"a page", boundary, Idempotency_Key="k1") for boundary in ("one", "two"))
    other = desk.scan(place, b"another page", "three", Idempotency_Key="k1")

    assert (again.status_code, again.data, again.headers["Location"]) == (202, first.data, place)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.get_json()["code"] == "idempotency-key-reused"


def test_repeats_at_the_same_time_create_once(desk: Desk) -> None:
    answers = _at_once(8, lambda http, headers: http.post("/v1/notes", json={"text": "one"}, headers=headers), desk)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert len(list(desk.notes.each({}))) == 1


def test_repeats_at_the_same_time_change_once(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    answers = _at_once(8, lambda http, headers: http.patch(
        place, json={"text": "one"}, headers={**headers, "If-Match": "*"}), desk)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert desk.show(place).get_json()["changes"] == 1


def _at_once(number: int, call: Any, desk: Desk) -> list[Any]:
    answers: list[Any] = []
    start, headers = threading.Barrier(number), desk.headers(Idempotency_Key="k1")

    def one() -> None:
        http = desk.app.test_client()
        start.wait()
        answers.append(call(http, headers))

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
