"""Once a month the sponsor of a programme is told how it stands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.matching.contracts.digests import Figure, SponsorDigestDue
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import whole_milliseconds

HOUR = 8
"""O'clock where the programme is."""


@dataclass(frozen=True)
class Standing:
    """What is told of a programme; `last`: it is over, and that is how it ended."""

    figures: tuple[Figure, ...]
    least: int
    last: bool = False


@dataclass(kw_only=True)
class Digest(Aggregate):
    """Has the id of its programme. `sent_for`: the last month whose figures were told, or that was over when it began.
    The timer stands until they are told, so that a crash repeats the telling."""

    sent_for: str

    @classmethod
    def begin(cls, programme_id: str, zone: str, at: datetime) -> "Digest":
        digest = cls(id=programme_id, sent_for=_month_before(at, zone))
        digest._wait(zone, at)
        return digest

    def tell(self, sponsor_id: str | None, zone: str, standing: Standing, now: datetime) -> None:
        """To nobody where there is no sponsor. Of months that passed while nobody worked the last one is told. After
        the last of all nothing more is."""
        if not self.is_due("digest", now):
            return
        month = _month_before(now, zone)
        if sponsor_id and month > self.sent_for:  # not again where the programme has moved west
            self.sent_for = month
            self.record(SponsorDigestDue(
                programme_id=self.id, sponsor_id=sponsor_id, month=month, figures=standing.figures,
                least=standing.least, last=standing.last), now)
        self._wait(zone, now)
        if standing.last:
            self.clear_timer("digest")

    def _wait(self, zone: str, at: datetime) -> None:
        today = at.astimezone(ZoneInfo(zone)).date()
        first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        self.set_timer("digest", whole_milliseconds(
            datetime.combine(first, time(HOUR), ZoneInfo(zone)).astimezone(UTC)))


def _month_before(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)).date().replace(day=1) - timedelta(days=1):%Y-%m}"
