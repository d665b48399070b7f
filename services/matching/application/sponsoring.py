"""A programme as its sponsor sees it."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.application.summaries import Summaries
from services.matching.contracts.participants import Role
from services.matching.domain import sponsoring
from services.matching.domain.sponsoring import Few, SideForSponsor
from services.matching.domain.suppression import Suppression


@dataclass(frozen=True)
class ForSponsor:
    """Counts in steps of `least`; `as_of` the funnel."""

    sides: tuple[SideForSponsor, ...]
    pairs: tuple[Few, ...]
    least: int
    as_of: datetime


@dataclass(frozen=True)
class Sponsoring:
    """From the figures of coordinators, without what is small enough to be somebody."""

    summaries: Summaries
    suppression: Suppression

    def of(self, programme_id: str) -> ForSponsor:
        funnels, headcounts = self.summaries.funnels, self.summaries.headcounts
        funnel = funnels.of(programme_id)
        counts = {role: [(one.step, one.count) for one in funnel.steps(role)] for role in Role}
        sides = tuple(SideForSponsor(role, sponsoring.steps(counts[role], self.suppression)) for role in Role)
        heads = headcounts.of(programme_id)
        pairs = sponsoring.pairs(heads.pairs, heads.completed, heads.declined, self.suppression)
        return ForSponsor(sides, pairs, self.suppression.least, funnels.as_of(funnel))
