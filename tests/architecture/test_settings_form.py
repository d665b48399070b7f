"""The form of settings refuses by itself what the service would refuse: it must know the same ranges."""

from marshmallow.validate import Length, Range

from services.matching.entrypoints.http.programmes import PlanBody
from services.portal.pages.settings_faults import MOST_LETTERS, NUMBERS


def test_the_form_of_settings_knows_what_the_service_takes() -> None:
    body = PlanBody().fields
    ranges = {name: next((one.min, one.max) for one in body[name].validators if isinstance(one, Range))
              for name in NUMBERS}
    letters = {name: next(one.max for one in body[name].validators if isinstance(one, Length)) for name in MOST_LETTERS}

    assert (ranges, letters) == (NUMBERS, MOST_LETTERS)
