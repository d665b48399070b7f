"""Which events lead a mentor from one cohort to the next."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.pairs import PairClosed
from services.matching.contracts.participants import Role
from services.matching.contracts.renewals import RenewalAnswered
from services.matching.domain.way import Step
from services.matching.entrypoints import counting
from services.matching.entrypoints.seen import PairClosedSeen, RenewalSeen
from shared.messaging.envelope import Received


def ask(matching: Matching, programme_id: str, mentor_id: str, event: Received) -> None:
    """However the last one ended: whoever completed a pair or led a circle to its end there is asked to go on."""
    if matching.funnels.has_reached(programme_id, mentor_id, Role.MENTOR, Step.COMPLETED):
        matching.renewals.ask(programme_id, mentor_id, cause=event)


def on_pair_closed(matching: Matching, event: Received) -> None:
    counting.on_pair_closed(matching, event)
    pair = PairClosedSeen.of(event)
    ask(matching, pair["programme_id"], pair["mentor_id"], event)


def on_renewal_answered(matching: Matching, event: Received) -> None:
    one = RenewalSeen.of(event)
    matching.renewals.follow(one["application_id"], one["decided"], one["capacity"], cause=event)


RENEWED: dict[str, Callable[[Matching, Received], object]] = {
    PairClosed.type: on_pair_closed, RenewalAnswered.type: on_renewal_answered}
