"""The named points of the product, and who reaches them: what is not in this table fails the build."""

from dataclasses import dataclass

from deploy.standalone.house import SERVICES
from tests.fault.crew import Role
from tests.fault.service import WEB, WORKER

WEBS: tuple[Role, ...] = tuple((WEB, service) for service in ("matching", "surveys", "community"))
"""Notifications takes no commands that the story gives."""
WORKERS: tuple[Role, ...] = tuple((WORKER, service) for service in SERVICES)
MATCHING, NOTIFICATIONS = (WORKER, "matching"), (WORKER, "notifications")
BOTH = frozenset({"embedded", "cluster"})


@dataclass(frozen=True)
class Point:
    """`outcome` is what must come of a kill there."""

    reached_by: tuple[Role, ...]
    outcome: str
    engines: frozenset[str] = BOTH
    most: int = 3
    """It is killed at one of the first so many times that it gets there."""


POINTS = {
    "api-before-write": Point(WEBS, "nothing happened; the same key does it"),
    "api-after-write": Point(WEBS, "kept; the same key is told the first answer"),
    "store-within-write": Point((*WEBS, *WORKERS), "neither state nor events", frozenset({"embedded"})),
    "relay-after-lease": Point(WORKERS, "sent when the lease is over"),
    "relay-after-send": Point(WORKERS, "sent again under the same id"),
    "relay-after-ack": Point(WORKERS, "sent again under the same id"),
    "relay-after-removal": Point(WORKERS, "nothing"),
    "consumer-before-effect": Point(WORKERS, "handled by the next"),
    "consumer-after-effect": Point(WORKERS, "handled again, which changes nothing"),
    "consumer-after-parking": Point((MATCHING,), "parked once", most=1),
    "consumer-after-commit": Point(WORKERS, "nothing"),
    "consumer-in-rebalance": Point(WORKERS, "nothing of it is committed", frozenset({"cluster"}), most=1),
    "timer-before-claim": Point((MATCHING, NOTIFICATIONS, (WORKER, "surveys")), "rung by the next"),
    "timer-after-claim": Point((MATCHING, NOTIFICATIONS, (WORKER, "surveys")), "rung once"),
    "job-between-rows-and-cursor": Point((MATCHING,), "rows are found there", most=1),
    "erasure-after-forgetting": Point((MATCHING,), "forgotten again, which changes nothing", most=1),
    "erasure-while-draining": Point((MATCHING,), "the person goes once the last events have left", most=1),
    "erasure-after-removal": Point((MATCHING,), "the receipt is given", most=1),
    "mail-before-data": Point((NOTIFICATIONS,), "sent once, when the claim is over"),
    "mail-after-data": Point((NOTIFICATIONS,), "one more copy with the same Message-ID"),
}


def points_of(engines: str) -> dict[str, Point]:
    """Those that this pair of engines has."""
    return {name: point for name, point in POINTS.items() if engines in point.engines}
