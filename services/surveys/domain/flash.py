"""A flash pair: one question, one session, asked once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.surveys.domain.cadence import Cadence
from shared.kernel.errors import Invalid, WrongState


class OneSession(WrongState):
    """A flash pair has one question and one session: it asks for no agreement and no goal."""

    code = "one-session"


class BadDay(Invalid):
    """The two meet between today and the end of their programme."""

    code = "bad-day"


def require_day(day: str, cadence: Cadence, at: datetime) -> None:
    """An ISO date on which the two may meet, and still be asked a day later. Raises BadDay."""
    today = at.astimezone(ZoneInfo(cadence.time_zone)).date().isoformat()
    if not today <= day < cadence.ends_on:
        raise BadDay(f"the two meet from today on and before {cadence.ends_on}")
