"""Dates in bodies, kept as the text that they are."""

import re
from datetime import date

from marshmallow import ValidationError


def iso_date(text: str) -> None:
    """Raises ValidationError for everything but a day that exists, as in 2028-02-29."""
    try:
        valid = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and date.fromisoformat(text)
    except ValueError:
        valid = None
    if not valid:
        raise ValidationError("Not a date as in 2027-09-30.")
