"""Dates and zones in bodies."""

from datetime import date
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from services.matching.adapters.holidays import is_known

YEARS = range(1900, 3000)
"""From every day in these, months and weeks can be counted on and back."""


def iso_date(text: str) -> None:
    """Validates a day such as 2027-03-01."""
    try:
        day = date.fromisoformat(text)
        if day.isoformat() == text and day.year in YEARS:
            return
    except ValueError:
        pass
    raise ValidationError(f"Not a date from {YEARS[0]} to {YEARS[-1]}, as in 2027-03-01.")


def zone(text: str) -> None:
    """Validates the name of a time zone."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError("Not a time zone, as in Europe/Berlin.") from error


def calendar(text: str) -> None:
    """Validates the name of a calendar of holidays; empty for none."""
    if text and not is_known(text):
        raise ValidationError("No country or part of one whose holidays are known, as in DE or DE-BE.")
