"""Why people said no in a large programme."""

from dataclasses import dataclass, field

from services.matching.domain.looked import Looked
from services.matching.domain.suppression import Suppression

QUICK = 500
"""Requests and pairs that are read within a few milliseconds."""


@dataclass(kw_only=True)
class RefusalReport(Looked):
    """Of a programme: how often each of its `reasons` was given, in steps. No figure is of fewer than `least`."""

    reasons: dict[str, int] = field(default_factory=dict)
    least: int = Suppression.least
