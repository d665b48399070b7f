"""What surveys knows of programmes: rhythm, and who looks after them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from services.surveys.domain.cadence import Cadence
from shared.kernel.errors import NotFound
from shared.messaging.envelope import Received
from shared.store.projection import Projection


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacts:
    """The part of a programme's public state that matters here."""

    programme_id: str
    state: str
    time_zone: str
    ends_on: str
    coordinator_ids: list[str]
    check_in_days: list[int]
    check_in_every_days: int
    check_in_answer_days: int
    check_in_reminder_days: int
    case_days: int
    routes: dict[str, list[str]] = field(default_factory=dict)
    format: str = "pairs"
    close_days: int = 14


@dataclass(frozen=True)
class Programmes:
    """A copy kept by events; `caught_up_at` says how fresh it is."""

    rows: Projection
    caught_up_at: Callable[[], datetime | None]

    def follow(self, programme: ProgrammeFacts, cause: Received) -> None:
        self.rows.put(programme.programme_id, asdict(programme), cause)

    def cadence(self, programme_id: str) -> Cadence:
        """Raises NotFound until the programme's own event has arrived."""
        row = self.rows.get(programme_id)
        if row is None:
            raise NotFound(f"no programme {programme_id} yet")
        return Cadence(days=tuple(row["check_in_days"]), every_days=row["check_in_every_days"],
                       answer_days=row["check_in_answer_days"], reminder_days=row["check_in_reminder_days"],
                       case_days=row["case_days"], time_zone=row["time_zone"], ends_on=row["ends_on"],
                       once=row.get("format") == "flash", close_days=row.get("close_days", 14))

    def known(self, programme_id: str) -> bool:
        return self.rows.get(programme_id) is not None

    def coordinates(self, person_id: str | None, programme_id: str) -> bool:
        row = self.rows.get(programme_id)
        return row is not None and person_id in row["coordinator_ids"]

    def hears_of_cases(self, person_id: str | None, programme_id: str) -> bool:
        """Whether cases are put before this coordinator: where they are put before nobody in particular, before all."""
        row = self.rows.get(programme_id) or {}
        return person_id in ((row.get("routes") or {}).get("cases") or row.get("coordinator_ids") or [])
