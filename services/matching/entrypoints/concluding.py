"""Which events end a pair because all is done that it was for."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.entrypoints.seen import ConcludedSeen
from shared.messaging.envelope import Received


def on_journey_concluded(matching: Matching, event: Received) -> None:
    """Of a flash pair."""
    matching.pairs.conclude(ConcludedSeen.of(event)["pair_id"], cause=event)


CONCLUDED: dict[str, Callable[[Matching, Received], object]] = {"mentoring.journey-concluded.v1": on_journey_concluded}
