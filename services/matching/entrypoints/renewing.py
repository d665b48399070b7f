"""Which events lead a mentor from one cohort to the next."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.pairs import CloseReason, PairClosed
from services.matching.contracts.renewals import RenewalAnswered
from services.matching.entrypoints import counting
from services.matching.entrypoints.seen import PairClosedSeen, RenewalSeen
from shared.messaging.envelope import Received


def on_pair_closed(matching: Matching, event: Received) -> None:
    counting.on_pair_closed(matching, event)
    pair = PairClosedSeen.of(event)
    if pair["reason"] is CloseReason.COMPLETED:
        matching.renewals.ask(pair["programme_id"], pair["mentor_id"], cause=event)


def on_renewal_answered(matching: Matching, event: Received) -> None:
    one = RenewalSeen.of(event)
    matching.renewals.follow(one["application_id"], one["decided"], one["capacity"], cause=event)


RENEWED: dict[str, Callable[[Matching, Received], object]] = {
    PairClosed.type: on_pair_closed, RenewalAnswered.type: on_renewal_answered}
