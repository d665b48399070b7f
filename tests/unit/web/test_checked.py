"""A token that counted is not checked again at once, and never counts longer than it says."""

from dataclasses import dataclass, field

import pytest
from joserfc.jwk import ECKey, KeySet

from shared.web.callers import NOBODY, Caller, NotSignedIn
from shared.web.checked import KEEP, MOST, CheckedTokens
from shared.web.tokens import TokenChecker, TokenIssuer, TrustedIssuer


@dataclass
class CountedKeys:
    """An issuer's keys, and how often they were looked at."""

    given: list[ECKey]
    looks: int = 0

    def keys(self, kid: str | None) -> KeySet:
        self.looks += 1
        return KeySet(self.given)


@dataclass
class Door:
    """A checker on a clock that is told to go on."""

    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))

    def __post_init__(self) -> None:
        self.later, self.keys = 0.0, CountedKeys([self.key])
        self.issuer = TokenIssuer(self.key)
        now = float(self.issuer.clock.now().timestamp())
        trusted = TrustedIssuer("ithaca", "ithaca", self.keys)
        self.checker = TokenChecker([trusted], CheckedTokens(lambda: now + self.later))


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_signature_is_looked_at_once_in_half_a_minute(door: Door) -> None:
    token = door.issuer.mint("ada", person_id="p-ada")

    callers = {door.checker.check(token) for _ in range(5)}

    assert (callers, door.keys.looks) == ({Caller("p-ada", "ada")}, 1)


def test_a_key_that_was_taken_back_soon_counts_no_more(door: Door) -> None:
    token = door.issuer.mint("ada")
    door.checker.check(token)
    door.keys.given, door.later = [ECKey.generate_key("P-256", auto_kid=True)], KEEP + 1

    with pytest.raises(NotSignedIn):
        door.checker.check(token)


def test_a_token_is_not_remembered_beyond_its_own_end() -> None:
    seconds = [100.0]
    checked = CheckedTokens(lambda: seconds[0])
    checked.keep("token", NOBODY, 105.0)
    seconds[0] = 105.0

    assert checked.get("token") is None


def test_a_token_that_does_not_count_is_never_remembered(door: Door) -> None:
    token = door.issuer.mint("ada")[:-4] + "AAAA"

    for _ in range(3):
        with pytest.raises(NotSignedIn):
            door.checker.check(token)

    assert door.keys.looks == 3


def test_memory_is_bounded() -> None:
    checked = CheckedTokens(lambda: 0.0)

    for number in range(MOST + 1):
        checked.keep(f"token {number}", NOBODY, 60.0)

    assert checked.get("token 0") is None
    assert checked.get(f"token {MOST}") is NOBODY
