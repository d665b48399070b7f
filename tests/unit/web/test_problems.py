"""The table of refusals, and what is told of what nobody expected."""

import pytest
from structlog.testing import capture_logs

from shared.kernel import errors
from shared.kernel.errors import DomainError
from shared.web.authority import AuthorityStale
from shared.web.idempotency import BadKey
from shared.web.problems import PROBLEMS, kind_of
from shared.web.versions import VersionRequired
from tests.unit.web.notes import Desk, Sealed

OURS = [AuthorityStale, BadKey, VersionRequired]
KERNEL = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DomainError)]


@pytest.mark.parametrize("kind", [one for one in KERNEL + OURS if one is not DomainError])
def test_every_refusal_has_its_own_place_in_the_table(kind: type[DomainError]) -> None:
    assert kind_of(kind) is not PROBLEMS[DomainError]


def test_every_code_is_there_once() -> None:
    codes = [one.code for one in KERNEL + OURS]

    assert len(set(codes)) == len(codes)


def test_what_may_pass_by_itself_says_when_to_ask_again() -> None:
    passing = {kind: entry.status in (429, 503) for kind, entry in PROBLEMS.items()}

    assert {kind for kind, entry in PROBLEMS.items() if passing[kind] != bool(entry.retry_after)} == set()


def test_a_refusal_is_answered_as_its_nearest_parent_with_its_own_code(desk: Desk) -> None:
    place = desk.write().headers["Location"]
    desk.http.post(f"{place}/seal", headers=desk.headers())

    answer = desk.change(place, If_Match="*")

    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.get_json() == {
        "type": "urn:problem-type:sealed", "title": "Not possible in this state", "status": 409, "code": Sealed.code,
        "detail": f"note {place.rpartition('/')[2]} is sealed"}


def test_a_service_adds_its_own_to_the_table(desk: Desk) -> None:
    answer = desk.http.get("/v1/notes/crowded")

    assert (answer.status_code, answer.headers["Retry-After"], answer.get_json()["code"]) == (429, "60", "too-many")


def test_the_log_says_why_a_request_is_put_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_id: str) -> None:
        raise errors.Unavailable("the store does not answer: disk I/O error")
    place = desk.write().headers["Location"]
    monkeypatch.setattr(desk.notes, "get", away)

    with capture_logs() as logs:
        answer = desk.http.get(place, headers=desk.headers())

    told = [(one["code"], one["reason"]) for one in logs if one["event"] == "request_put_off"]
    assert (answer.status_code, told) == (503, [("unavailable", "the store does not answer: disk I/O error")])


def test_what_nobody_expected_is_told_to_nobody(desk: Desk) -> None:
    with capture_logs() as logs:
        answer = desk.http.get("/v1/notes/broken")

    (failed,) = (entry for entry in logs if entry["event"] == "request_failed")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "internal-error")
    assert answer.headers["X-Request-Id"] == failed["incident"]
    assert failed["incident"] in answer.get_json()["detail"]
    assert (failed["error"], failed["at"][-1].rpartition(" ")[2]) == ("LookupError", "broken")
    assert "ada@example.org" not in f"{logs}{answer.text}"
