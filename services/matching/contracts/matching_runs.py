"""How far the solving and publishing of a programme is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

MATCHING_RUNS = Topic("mentoring.matching-runs.v1")


class RunState(StrEnum):
    """Where a matching run stands."""

    QUEUED = "queued"
    SOLVING = "solving"
    PROPOSED = "proposed"
    RELEASING = "releasing"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DISCARDED = "discarded"


@dataclass(frozen=True, kw_only=True)
class MatchingRunEvent(Event):
    """How many pairs a run has, and how many mentees it leaves without one."""

    topic: ClassVar[str] = MATCHING_RUNS.name
    key_field: ClassVar[str] = "run_id"

    run_id: str
    programme_id: str
    state: RunState
    pairs: int
    unmatched: int


@dataclass(frozen=True, kw_only=True)
class MatchingRunProposed(MatchingRunEvent):
    """The solver is done; coordinators may look at the proposals. No participant hears of it."""

    type: ClassVar[str] = "mentoring.matching-run-proposed.v1"


@dataclass(frozen=True, kw_only=True)
class MatchingRunPublished(MatchingRunEvent):
    """Every pair of the run is created; `pairs` counts those that were."""

    type: ClassVar[str] = "mentoring.matching-run-published.v1"
