"""Whoever asks too fast is told to wait, and nobody else."""

import pytest

from shared.web import limiter
from shared.web.app import make_app
from shared.web.limiter import Limiter, TooManyRequests, limiter_of
from shared.web.tokens import checker_for
from tests.unit.web.notes import Desk, make_routes


def admitted(guard: Limiter, caller: str, times: int) -> int:
    """How many of so many requests at once are let in."""
    count = 0
    for _ in range(times):
        try:
            guard.admit(caller)
            count += 1
        except TooManyRequests:
            pass
    return count


class Watch:
    """A stopwatch that stands until it is moved."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize(("before", "pause", "then"), [(0, 0.0, 50), (50, 2.0, 10), (1, 1e6, 50), (1_000, 0.2, 1)])
def test_as_many_as_the_rate_and_ten_seconds_worth_at_once(before: int, pause: float, then: int) -> None:
    watch = Watch()
    guard = Limiter(5, watch)
    admitted(guard, "ada", before)

    watch.seconds = pause

    assert admitted(guard, "ada", 200) == then


def test_one_caller_does_not_hold_up_another() -> None:
    guard = Limiter(5, Watch())
    admitted(guard, "ada", 200)

    assert admitted(guard, "bob", 10) == 10


def test_only_so_many_callers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "MOST_CALLERS", 2)
    guard = Limiter(5, Watch())
    for caller in ("ada", "bob", "eve"):
        admitted(guard, caller, 50)

    assert admitted(guard, "eve", 1) == 0
    assert admitted(guard, "ada", 1) == 1


def test_without_a_rate_nobody_is_held_up() -> None:
    assert limiter_of(0) is None


@pytest.mark.feature("O5")
def test_over_http_it_is_429_and_says_how_long_to_wait(desk: Desk) -> None:
    app = make_app("notes", desk.notes, [make_routes()], checker=checker_for(desk.issuer), ready=lambda: None,
                   limiter=Limiter(1, Watch()))
    http = app.test_client()

    hers = [http.get("/v1/notes", headers=desk.headers("ada")) for _ in range(11)]
    his = http.get("/v1/notes", headers=desk.headers("bob"))
    probes = {http.get("/livez").status_code for _ in range(20)}

    assert [one.status_code for one in hers] == [200] * 10 + [429]
    assert (hers[-1].get_json()["code"], hers[-1].headers["Retry-After"]) == ("too-many-requests", "1")
    assert his.status_code == 200
    assert probes == {200}


def test_strangers_are_counted_by_their_address(desk: Desk) -> None:
    app = make_app("notes", desk.notes, [make_routes()], checker=checker_for(desk.issuer), ready=lambda: None,
                   limiter=Limiter(1, Watch()))
    http = app.test_client()

    answers = [http.post("/v1/notes/echo", json={}, environ_base={"REMOTE_ADDR": "192.0.2.1"}) for _ in range(11)]
    other = http.post("/v1/notes/echo", json={}, environ_base={"REMOTE_ADDR": "192.0.2.2"})

    assert (answers[-1].status_code, other.status_code) == (429, 200)
