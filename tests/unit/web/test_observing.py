"""Ids, traces, logs, measures and headers of every answer; health."""

import pytest
from prometheus_client import Gauge
from structlog.testing import capture_logs

from shared.web.app import make_app
from shared.web.tokens import checker_for
from tests.unit.web.notes import Desk

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_the_clients_trace_goes_on(desk: Desk) -> None:
    answer = desk.http.get("/v1/notes/trace", headers={"traceparent": TRACE})

    assert answer.get_json() == {"traceparent": TRACE}
    assert answer.headers["X-Request-Id"] == TRACE[3:35]


@pytest.mark.parametrize("given", ["", "rubbish", TRACE + "-x", "00-" + "0" * 32 + "-b7ad6b7169203331-01", "é"])
def test_what_is_no_trace_begins_a_new_one(desk: Desk, given: str) -> None:
    begun = desk.http.get("/v1/notes/trace", headers={"traceparent": given}).get_json()["traceparent"]

    assert begun != given
    assert len(begun) == len(TRACE)


@pytest.mark.parametrize(("given", "kept"), [("order-66-abc", True), ("short", False), ("no spaces, please", False)])
def test_a_plain_request_id_is_kept(desk: Desk, given: str, kept: bool) -> None:
    answer = desk.http.get("/v1/notes/trace", headers={"X-Request-Id": given})

    assert (answer.headers["X-Request-Id"] == given) is kept


def test_the_log_knows_the_route_and_no_values(desk: Desk) -> None:
    with capture_logs() as logs:
        desk.show("/v1/notes/lovelace?secret=1")

    (entry,) = logs
    assert (entry["event"], entry["route"], entry["status"]) == ("request_answered", "/v1/notes/<note_id>", 404)
    assert "lovelace" not in str(logs)
    assert "secret" not in str(logs)


@pytest.mark.parametrize("path", ["/v1/notes/trace", "/v1/notes", "/v1/nothing", "/v1/notes/broken", "/livez"])
def test_every_answer_keeps_browsers_and_caches_out(desk: Desk, path: str) -> None:
    headers = desk.http.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert not {"Server", "Set-Cookie", "X-Powered-By"} & set(headers.keys())


def test_requests_are_measured_by_route_and_not_by_id(desk: Desk) -> None:
    for id in ("one", "two"):
        desk.show(f"/v1/notes/{id}")
    desk.http.open("/v1/nothing", method="FOO")

    metrics = desk.http.get("/metrics").text

    assert 'http_requests_total{method="GET",route="/v1/notes/<note_id>",status="404"} 2.0' in metrics
    assert 'http_requests_total{method="other",route="none",status="404"} 1.0' in metrics
    assert 'http_request_seconds_count{method="GET",route="/v1/notes/<note_id>"} 2.0' in metrics


def test_a_service_shows_its_own_measures_beside_ours(desk: Desk) -> None:
    waiting = Gauge("events_waiting", "Not yet published", registry=None)
    waiting.set(7)
    app = make_app("notes", None, [], checker=checker_for(desk.issuer), ready=lambda: None, collectors=[waiting])

    assert "events_waiting 7.0" in app.test_client().get("/metrics").text


def test_alive_does_not_mean_ready(desk: Desk) -> None:
    desk.away = True

    ready = desk.http.get("/readyz")

    assert desk.http.get("/livez").status_code == 200
    assert (ready.status_code, ready.get_json()["detail"]) == (503, "the store does not answer")


def test_what_is_back_is_ready_again(desk: Desk) -> None:
    assert desk.http.get("/readyz").status_code == 200
