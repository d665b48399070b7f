"""Dates and zones in bodies."""

from contextlib import suppress

from marshmallow import ValidationError

from services.matching.adapters.holidays import is_known
from services.matching.domain.sound import BadDetails, is_zone, require_day

YEARS = range(1900, 3000)
"""From every day in these, months and weeks can be counted on and back."""


def iso_date(text: str) -> None:
    """Validates a day such as 2027-03-01."""
    with suppress(BadDetails):
        if require_day(text).year in YEARS:
            return
    raise ValidationError(f"Not a date from {YEARS[0]} to {YEARS[-1]}, as in 2027-03-01.")


def zone(text: str) -> None:
    """Validates the name of a time zone."""
    if not is_zone(text):
        raise ValidationError("Not a time zone, as in Europe/Berlin.")


def calendar(text: str) -> None:
    """Validates the name of a calendar of holidays; empty for none."""
    if text and not is_known(text):
        raise ValidationError("No country or part of one whose holidays are known, as in DE or DE-BE.")
