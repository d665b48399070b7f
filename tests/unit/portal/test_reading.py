"""What people enter, read as what it means."""

import pytest

from services.portal.pages.reading import whole
from tests.unit.portal.conftest import Browser


@pytest.mark.parametrize(("text", "number"), [
    ("0", 0), ("14", 14), ("", None), ("-1", None), ("1.5", None), ("²", None), ("٣", None), ("9" * 5_000, None)])
def test_a_whole_number_is_one_in_plain_digits(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["²", "9" * 5_000])
def test_no_page_breaks_on_what_only_looks_like_a_number(mentor: Browser, text: str) -> None:
    agreed = mentor.send("/my/journeys/j-p2/agreement", {"meetings_every_days": text}, page="/my")

    assert agreed.status_code == 303
