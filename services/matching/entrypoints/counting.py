"""Which events bring somebody a step further in the funnel, and which begins to watch over a programme."""

from collections.abc import Callable
from typing import Any

from services.matching.application import Matching
from services.matching.contracts.applications import ApplicantInvited, ApplicationSubmitted
from services.matching.contracts.pairs import CloseReason, PairClosed, Party
from services.matching.contracts.participants import ParticipantApproved, Role
from services.matching.contracts.programmes import ProgrammeChanged, ProgrammeOpened
from services.matching.domain.way import Step
from services.matching.entrypoints.seen import MilestoneSeen, PairClosedSeen, ProgrammeSeen, StepSeen
from shared.kernel.clock import parse
from shared.messaging.envelope import Received

FIRST_SESSION = "first-session"
STEPS = {
    ApplicantInvited.type: Step.INVITED,
    ApplicationSubmitted.type: Step.APPLIED,
    ParticipantApproved.type: Step.APPROVED,
}


def on_step(matching: Matching, event: Received) -> None:
    """Only the code that brought an application counts: whom a campaign asked is no result."""
    one, step = StepSeen.of(event), STEPS[event.type]
    code = one["campaign_code"] if step is Step.APPLIED else None
    matching.funnels.reach(one["programme_id"], [Party(one["person_id"], one["role"])], step, event, code)


def on_pair_closed(matching: Matching, event: Received) -> None:
    """Whoever has somebody else waits for a first session with them; a proposal that came to nothing parts nobody."""
    pair = PairClosedSeen.of(event)
    if pair["reason"] is not CloseReason.DECLINED:
        alone = [one for one in both(pair) if not has_somebody(matching, pair["programme_id"], one)]
        matching.funnels.part(pair["programme_id"], alone, event)
    if pair["reason"] is CloseReason.COMPLETED:
        count_pair(matching, pair, Step.COMPLETED, event)


def has_somebody(matching: Matching, programme_id: str, one: Party) -> bool:
    """In this role, in a pair or a circle."""
    pairs = matching.pairs
    return pairs.seating.in_circle(programme_id, one.person_id, one.role) or any(
        pair.live and pair.programme_id == programme_id and one in pair.parties
        for pair in pairs.unfinished_of(one.person_id))


def on_milestone_reached(matching: Matching, event: Received) -> None:
    """Everybody of the pair or the circle has had a first session."""
    reached = MilestoneSeen.of(event)
    if reached["milestone"] == FIRST_SESSION:
        parties = [Party(**one) for one in reached["parties"]]
        matching.funnels.reach(reached["programme_id"], parties, Step.MET, event)


def count_pair(matching: Matching, pair: dict[str, Any], step: Step, event: Received) -> None:
    """Of both sides."""
    matching.funnels.reach(pair["programme_id"], both(pair), step, event)


def both(pair: dict[str, Any]) -> list[Party]:
    """Each in their role."""
    return [Party(pair[f"{role}_id"], role) for role in Role]


def on_programme_opened(matching: Matching, event: Received) -> None:
    """From then on it is looked whether its documents agree, and its sponsor is told how it stands."""
    programme_id = ProgrammeSeen.of(event)["programme_id"]
    matching.sweeps.begin(programme_id)
    matching.digests.begin(programme_id)


def on_programme_changed(matching: Matching, event: Received) -> None:
    """A programme from before there were digests has one from then on."""
    programme_id = ProgrammeSeen.of(event)["programme_id"]
    matching.settling.programme_changed(programme_id, cause=event)
    matching.runs.programme_changed(programme_id, cause=event)
    matching.closing.of_programme(programme_id, parse(event.time), cause=event)
    matching.circling.last_weeks(programme_id, parse(event.time), cause=event)
    matching.digests.begin(programme_id)


COUNTED: dict[str, Callable[[Matching, Received], object]] = {
    **dict.fromkeys(STEPS, on_step), PairClosed.type: on_pair_closed, ProgrammeOpened.type: on_programme_opened,
    ProgrammeChanged.type: on_programme_changed, "mentoring.milestone-reached.v1": on_milestone_reached}
"""Handlers of what is counted, and of a programme's own news; a pair that is created has more."""
