"""What people are told when something is refused."""

import pytest

from services.portal.pages.wording import REFUSALS, refusal
from shared.kernel.errors import DomainError, Invalid, QuotaReached, WrongState
from tests.architecture.test_errors import errors
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

OF_MACHINES = {
    DomainError.code, Invalid.code, "bad-details", "bad-sheets", "event-unreadable", "audit-broken", "consumer-halted",
    "barred-by-rule", "idempotency-key-invalid",
}
"""Told to other systems and to operators; a rule that bars two people is named in a sentence of its own."""
OF_LISTS = {"asked-already", "applies-already", "applied-before", "said-no"}
"""Stand in the row of whoever was not invited, in words of their own."""
OF_RUNS = {"run-cancelled", "objective-for-one-mentor"}
"""Stand on the page of the run."""


def test_every_refusal_is_told_in_words_of_our_own() -> None:
    asked = {one.code for one in errors() if issubclass(one, (Invalid, WrongState, QuotaReached))}

    assert asked - REFUSALS.keys() - OF_MACHINES - OF_LISTS - OF_RUNS == set()


@pytest.mark.parametrize(("detail", "told"), [
    ("79a38fdc-51a5-4f6e-9d2f-1f6f6d1e2a3b is no mentee", "That did not work. Nothing was changed."),
    ("Save it as CSV first.", "Save it as CSV first."),
])
def test_an_id_is_never_told(portal_app: object, detail: str, told: str) -> None:
    with portal_app().test_request_context():  # type: ignore[operator]
        assert refusal("something-newer", detail) == told


@pytest.mark.parametrize(("pointers", "named"), [
    (("/text",), "Missing, too long or not of the kind that is asked for: Text. Nothing was changed."),
    (("/form/fields/3/labels/en", "/form/fields/3/labels/de"), "asked for: Question. Nothing"),
    (("/min_mentees", "/name"), "asked for: Mentees at least, Name. Nothing"),
    (("/something-newer",), "Something is missing, too long or not of the kind that is asked for."),
    ((), "Something is missing, too long")])
def test_what_is_missing_or_too_long_is_named(office: Browser, fakes: FakeServices, pointers: tuple[str, ...],
                                              named: str) -> None:
    fakes.answer("matching", "PUT /campaigns/cam-1/texts/mail", lambda _request: problem(
        422, "invalid-input", "", *pointers))

    answer = office.send("/campaigns/cam-1/texts/mail", {"title": "x", "text": "y"}, "/campaigns/cam-1/texts")

    assert named in answer.text


def test_a_damaged_link_is_not_told_as_a_form(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /programmes/rising/participants", lambda _request: problem(400, "bad-cursor"))

    answer = office.get("/programmes/rising/people?after=zzz")

    assert answer.status_code == 400
    assert "The address of this page cannot be read" in answer.text
    assert "The form could not be read" not in answer.text
