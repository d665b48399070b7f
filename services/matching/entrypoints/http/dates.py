"""Dates and zones in bodies."""

from datetime import date
from zoneinfo import ZoneInfo

from marshmallow import ValidationError


def iso_date(text: str) -> None:
    """Validates a day such as 2027-03-01."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise ValidationError("Not a date, as in 2027-03-01.")


def zone(text: str) -> None:
    """Validates the name of a time zone."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError("Not a time zone, as in Europe/Berlin.") from error
