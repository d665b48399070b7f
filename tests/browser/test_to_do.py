"""The coordinator's to-do list: from a tile to the thing done in three clicks, without scripts, and by keys."""

import re
from dataclasses import dataclass

import pytest

from tests.browser.conftest import Opens, Site
from tests.browser.test_flows import OFFICE, visiting
from tests.browser.test_reach import press_by_keys

pytestmark = pytest.mark.feature("N1")


@dataclass(frozen=True)
class Work:
    """A tile, what is pressed in its list, what is said then, and the commands that were sent."""

    tile: str
    all: str
    press: str
    said: str
    paths: tuple[str, ...]


WORK = [
    Work("request without a yes for three working days", "The one shown", "Remind who is asked",
         "The mentor of one request is reminded.", ("/v1/requests/r1/reminder",)),
    Work("check-ins overdue", "All 2 shown", "Remind now", "2 people are reminded.",
         ("/v1/check-ins/ci-1/reminder", "/v1/check-ins/ci-2/reminder")),
    Work("person whom no mail reaches", "The one shown", "Try again", "One address is tried again.",
         ("/v1/programmes/rising/contacts/helena/retry",)),
]


def commands(theatre: Site) -> tuple[str, ...]:
    assert theatre.stage
    return tuple(one.path for one in theatre.stage.fakes.sent)


@pytest.mark.parametrize("work", WORK, ids=lambda one: one.press)
@pytest.mark.parametrize("scripts", [True, False])
def test_each_tile_leads_to_the_thing_done_in_three_clicks(visitors: Opens, theatre: Site, work: Work,
                                                           scripts: bool) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising", java_script_enabled=scripts)

    visitor.press(re.compile(work.tile), "link").tick(work.all).press(work.press).sees(work.said)

    assert visitor.clicks <= 3
    assert commands(theatre) == work.paths
    assert not scripts or not visitor.violations()


@pytest.mark.parametrize("work", WORK, ids=lambda one: one.press)
def test_each_is_done_by_keys_alone_and_enter_on_a_tick_does_nothing(visitors: Opens, theatre: Site, work: Work
                                                                     ) -> None:
    visitor = visiting(visitors, theatre, OFFICE, "/programmes/rising")

    press_by_keys(visitor, work.tile)
    visitor.page.get_by_label(work.all).focus()
    visitor.page.keyboard.press("Space")
    visitor.page.keyboard.press("Enter")
    visitor.sees("Nothing has happened yet: press the button.")
    assert commands(theatre) == ()
    visitor.page.get_by_label(work.all).focus()
    visitor.page.keyboard.press("Space")
    press_by_keys(visitor, work.press)

    visitor.sees(work.said)
    assert commands(theatre) == work.paths
