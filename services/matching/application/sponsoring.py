"""A programme as its sponsor sees it."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.application.summaries import Summaries
from services.matching.contracts.participants import Role
from services.matching.domain import sponsoring
from services.matching.domain.sponsoring import Few, SideForSponsor


@dataclass(frozen=True)
class ForSponsor:
    """Counts by fives; `as_of` the funnel."""

    sides: tuple[SideForSponsor, ...]
    pairs: tuple[Few, ...]
    as_of: datetime


@dataclass(frozen=True)
class Sponsoring:
    """From the figures of coordinators, without what is small enough to be somebody."""

    summaries: Summaries

    def of(self, programme_id: str) -> ForSponsor:
        funnels, headcounts = self.summaries.funnels, self.summaries.headcounts
        funnel = funnels.of(programme_id)
        sides = tuple(SideForSponsor(role, sponsoring.steps((one.step, one.count) for one in funnel.steps(role)))
                      for role in Role)
        heads = headcounts.of(programme_id)
        pairs = sponsoring.pairs(heads.pairs, heads.completed, heads.declined)
        return ForSponsor(sides, pairs, funnels.as_of(funnel))
