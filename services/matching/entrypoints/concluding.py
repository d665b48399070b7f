"""Which events bring a pair to its end: that it is agreed on, and that all is done that the two came together for."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.entrypoints.seen import ConcludedSeen, TermsSeen
from shared.messaging.envelope import Received


def on_agreement_terms_set(matching: Matching, event: Received) -> None:
    terms = TermsSeen.of(event)
    matching.closing.agree_terms(terms["pair_id"], terms["set_by"], terms["ends_on"] or "", cause=event)


def on_journey_concluded(matching: Matching, event: Received) -> None:
    """Of a flash pair."""
    matching.pairs.conclude(ConcludedSeen.of(event)["pair_id"], cause=event)


CONCLUDED: dict[str, Callable[[Matching, Received], object]] = {
    "mentoring.agreement-terms-set.v1": on_agreement_terms_set,
    "mentoring.journey-concluded.v1": on_journey_concluded,
}
