"""When a letter that is due in the night leaves: in the morning, and not everybody's at once."""

from datetime import datetime, timedelta
from zlib import crc32

from services.notifications.domain.zones import zone_of

OPENS, CLOSES = 9, 18
"""O'clock where the reader is."""
SPREAD = 7_200
"""Seconds over which the letters of a morning leave."""


def until_day(at: datetime, zone: str, reader: str) -> timedelta:
    """How long a letter waits; nothing in the hours of the day."""
    local = at.astimezone(zone_of(zone))
    if OPENS <= local.hour < CLOSES:
        return timedelta()
    morning = (local + timedelta(days=local.hour >= CLOSES)).replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return morning.astimezone(at.tzinfo) - at + timedelta(seconds=crc32(reader.encode()) % SPREAD)
