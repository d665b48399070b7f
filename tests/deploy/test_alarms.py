"""The alarms stand on figures that the processes tell."""

import re
from types import SimpleNamespace
from typing import cast

from shared.runtime.metrics import ALARM_AFTER, WorkerMetrics
from shared.runtime.worker import Worker
from tests.deploy.helm import Object, of_kind

OF_PROMETHEUS = {"up"}


def rules(objects: list[Object]) -> dict[str, Object]:
    (group,) = of_kind(objects, "PrometheusRule")["mentoring-alarms"]["spec"]["groups"]
    return {rule["alert"]: rule for rule in group["rules"]}


def told() -> set[str]:
    """The figures of a worker."""
    gauges = WorkerMetrics(cast(Worker, SimpleNamespace())).gauges()
    return {name for name, *_ in gauges} | {"handler_seconds_count"} | OF_PROMETHEUS


def figures(expr: str) -> set[str]:
    """What an expression reads: names before the braces of a selector."""
    return set(re.findall(r"(\w+)\{", expr))


def test_every_alarm_reads_a_figure_that_is_told(full: list[Object]) -> None:
    read = {name: figures(rule["expr"]) for name, rule in rules(full).items()}

    assert all(read.values())
    assert set().union(*read.values()) <= told()


def test_what_must_be_noticed_is(full: list[Object]) -> None:
    read = set().union(*(figures(rule["expr"]) for rule in rules(full).values()))

    assert {"outbox_oldest_seconds", "parked_keys", "failing_timers", "consumer_lag", "up"} <= read
    assert f"> {ALARM_AFTER:.0f}" in rules(full)["IthacaEventsNotPublished"]["expr"]


def test_a_worker_of_which_there_is_none_is_noticed(full: list[Object]) -> None:
    expr = rules(full)["IthacaWorkerAway"]["expr"]
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in of_kind(full, "Deployment").values()]
    workers = {one["app.kubernetes.io/component"] for one in labels if one["ithaca/process"] == "worker"}

    sought = r'absent\(up\{namespace="\w+",app_kubernetes_io_component="(\w+)",ithaca_process="worker"\}\)'

    assert set(re.findall(sought, expr)) == workers


def test_figures_are_read_at_the_ports_that_have_them(full: list[Object]) -> None:
    (monitor,) = of_kind(full, "PodMonitor").values()
    ports = {port["name"] for one in of_kind(full, "Deployment").values()
             for port in one["spec"]["template"]["spec"]["containers"][0]["ports"]}

    assert {one["port"] for one in monitor["spec"]["podMetricsEndpoints"]} == ports
    assert {one["path"] for one in monitor["spec"]["podMetricsEndpoints"]} == {"/metrics"}
