"""A one-click code says nothing to whoever guesses."""

import re
from datetime import timedelta

import pytest

from services.notifications.domain.code import REFUSAL, Code, fingerprint, make_code
from services.notifications.domain.letters import Purpose
from shared.kernel.errors import NotFound
from tests.unit.notifications.builders import MONDAY

SECRET = b"a secret"


def a_code() -> Code:
    return Code(id="fingerprint", purpose=Purpose.CHECK_IN, subject_id="check-in", person_id="mentor", pair_id="pair",
                attempt=0, closes_at=MONDAY, expires_at=MONDAY + timedelta(days=30))


def test_a_code_has_22_characters_that_need_no_escaping() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", make_code(SECRET, "message", Purpose.CHECK_IN))


def test_the_path_of_an_answer_is_short_enough_to_be_trusted() -> None:
    assert len(f"/c/{make_code(SECRET, 'message', Purpose.CHECK_IN)}/5") <= 28


def test_a_message_sent_twice_carries_the_same_code() -> None:
    assert make_code(SECRET, "message", Purpose.CHECK_IN) == make_code(SECRET, "message", Purpose.CHECK_IN)


def test_another_message_or_secret_makes_another_code() -> None:
    made = {make_code(secret, message, Purpose.CHECK_IN) for secret in (SECRET, b"other") for message in ("one", "two")}

    assert len(made) == 4


def test_a_fingerprint_is_not_the_code() -> None:
    code = make_code(SECRET, "message", Purpose.CHECK_IN)

    assert code not in fingerprint(code)


@pytest.mark.parametrize(("days", "purpose"), [(31, None), (30, "check-in"), (0, "rematch"), (0, "")])
def test_expired_and_wrong_purpose_are_one_refusal(days: int, purpose: str | None) -> None:
    with pytest.raises(NotFound, match=REFUSAL):
        a_code().require(MONDAY + timedelta(days=days), purpose)


def test_a_code_holds_until_it_expires() -> None:
    a_code().require(MONDAY + timedelta(days=29), "check-in")
