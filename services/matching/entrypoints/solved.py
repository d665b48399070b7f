"""Which events of runs matching listens to, and of what coordinators decide about two people."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.internal import CoupleExcluded, MatchingRunQueued, ProposalSwapped
from services.matching.contracts.matching_runs import MatchingRunProposed, MatchingRunPublished
from services.matching.contracts.pairs import RematchRequested
from services.matching.entrypoints.seen import CoupleSeen, ProgrammeSeen, RematchSeen, RunSeen, SwapSeen
from shared.kernel.clock import parse
from shared.messaging.envelope import Received


def on_matching_run_queued(matching: Matching, event: Received) -> None:
    matching.programmes.begin_matching(ProgrammeSeen.of(event)["programme_id"], cause=event)


def on_proposal_swapped(matching: Matching, event: Received) -> None:
    swap = SwapSeen.of(event)
    matching.rulings.follow_swap(swap, parse(event.time), cause=event)


def on_matching_run_proposed(matching: Matching, event: Received) -> None:
    run_id = RunSeen.of(event)["run_id"]
    matching.waiting.looked(run_id, cause=event)
    matching.superseding.proposed(run_id, cause=event)


def on_matching_run_published(matching: Matching, event: Received) -> None:
    run = RunSeen.of(event)
    matching.programmes.begin_running(run["programme_id"], cause=event)
    matching.waiting.round_passed(run["run_id"], cause=event)
    matching.superseding.published(run["run_id"], cause=event)


def on_rematch_requested(matching: Matching, event: Received) -> None:
    asked = RematchSeen.of(event)
    matching.runs.queue_rematch(asked["programme_id"], asked["mentee_id"], asked["pair_id"], cause=event)


def on_couple_excluded(matching: Matching, event: Received) -> None:
    two = CoupleSeen.of(event)
    matching.settling.mentee_changed(two["programme_id"], two["mentee_id"], cause=event)


SOLVED: dict[str, Callable[[Matching, Received], object]] = {
    MatchingRunQueued.type: on_matching_run_queued,
    ProposalSwapped.type: on_proposal_swapped,
    MatchingRunProposed.type: on_matching_run_proposed,
    MatchingRunPublished.type: on_matching_run_published,
    RematchRequested.type: on_rematch_requested,
    CoupleExcluded.type: on_couple_excluded,
}
