"""What people enter, read as what it means."""

from collections.abc import Callable

import pytest
from flask import Flask

from services.portal.pages.moments import entry
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


@pytest.mark.parametrize(("person_id", "title"), [
    ("amara", "Amara Okonkwo asked for a new match"), ("carla", "A coordinator asked for a new match")])
def test_whoever_asked_for_a_new_match_is_one_of_the_two_or_a_coordinator(
    portal_app: Callable[..., Flask], person_id: str, title: str
) -> None:
    with portal_app().test_request_context():
        told = entry({"kind": "rematch-requested", "person_id": person_id}, {"amara": "Amara Okonkwo"})

    assert told.title == title


@pytest.mark.parametrize(("kind", "facts", "title", "text"), [
    ("pair-closed", {"reason": "declined"}, "The proposal ended", "Came to nothing."),
    ("pair-closed", {"reason": "ended-early"}, "The pair ended", "Ended early."),
    ("pair-gate-waived", {"gate": "goal", "because": "not-needed"}, "It may start without something that comes before",
     "A first goal. It is not needed for these two.")])
def test_the_end_of_a_proposal_and_what_was_not_waited_for_are_told_as_such(
    portal_app: Callable[..., Flask], kind: str, facts: dict[str, str], title: str, text: str
) -> None:
    with portal_app().test_request_context():
        told = entry({"kind": kind, "facts": facts}, {})

        assert (told.title, told.text) == (title, text)
