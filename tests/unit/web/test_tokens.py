"""Tokens that count, and everything that only looks like one."""

import base64
import hashlib
import hmac
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from shared.kernel.clock import SettableClock
from shared.web.callers import Caller, NotSignedIn
from shared.web.tokens import TokenIssuer, TrustedIssuer, checker_for, claim, key_file, key_from

KEY = ECKey.generate_key("P-256", auto_kid=True)
ISSUER = TokenIssuer(KEY)
CHECKER = checker_for(ISSUER)


def counts(token: str) -> bool:
    """Whether the checker takes it."""
    try:
        CHECKER.check(token)
    except NotSignedIn:
        return False
    return True


def claims(**more: Any) -> dict[str, Any]:
    """Of a good token, with changes; spans are from now."""
    now = datetime.now(UTC)
    good = {"iss": "ithaca", "aud": "ithaca", "sub": "ada", "person_id": "p-ada", "exp": timedelta(minutes=5), **more}
    return {name: int((now + value).timestamp()) if isinstance(value, timedelta) else value
            for name, value in good.items()}


def signed(header: dict[str, Any] | None = None, **more: Any) -> str:
    """By the right key."""
    return jwt.encode({"alg": "ES256", "kid": KEY.kid, **(header or {})}, claims(**more), KEY)


def part(content: Any) -> str:
    """One part of a token."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_minted_token_says_who_calls() -> None:
    token = ISSUER.mint("ada", person_id="p-ada", roles=["operator"], scopes=["codes", "read"])

    assert CHECKER.check(token) == Caller("p-ada", "ada", frozenset({"operator"}), frozenset({"codes", "read"}))


def test_a_machine_is_no_person() -> None:
    assert CHECKER.check(ISSUER.mint("portal", scopes=["codes"])).person_id is None


SOON, LONG = timedelta(seconds=50), timedelta(minutes=10)
WRONG: list[dict[str, Any]] = [
    {"iss": "else"}, {"iss": None}, {"iss": ["ithaca"]}, {"aud": "else"}, {"aud": ["else"]}, {"aud": None}, {"exp": 1},
    {"exp": None}, {"exp": "tomorrow"}, {"exp": True}, {"nbf": LONG}, {"sub": None}, {"sub": ""}, {"sub": 5},
    {"iat": LONG}, {"person_id": 5}, {"person_id": ["p-ada"]}, {"roles": "operator"}, {"roles": {"a": 1}}]


@pytest.mark.parametrize("change", WRONG)
def test_a_token_with_a_wrong_claim_does_not_count(change: dict[str, Any]) -> None:
    assert not counts(signed(**change))


@pytest.mark.parametrize("change", [{}, {"exp": -SOON}, {"nbf": SOON}, {"aud": ["else", "ithaca"]}, {"more": 1}])
def test_clocks_may_differ_by_a_minute_and_claims_may_be_more(change: dict[str, Any]) -> None:
    assert counts(signed(**change))


def test_an_expired_token_does_not_count() -> None:
    yesterday = TokenIssuer(KEY, clock=SettableClock(datetime.now(UTC) - timedelta(days=1)))

    assert not counts(yesterday.mint("ada"))


def test_an_unsigned_token_does_not_count() -> None:
    for algorithm in ("none", "None", "NONE", ""):
        assert not counts(f"{part({'alg': algorithm})}.{part(claims())}.")
    assert not counts(signed().rsplit(".", 1)[0] + ".")


@pytest.mark.parametrize("secret", [KEY.as_pem(private=False), json.dumps(KEY.as_dict(private=False)).encode(), b""])
def test_the_public_key_is_no_shared_secret(secret: bytes) -> None:
    text = f"{part({'alg': 'HS256', 'kid': KEY.kid})}.{part(claims())}"
    seal = hmac.new(secret, text.encode(), hashlib.sha256).digest()

    assert not counts(f"{text}.{part(seal)}")


def test_a_key_that_comes_with_the_token_does_not_count() -> None:
    own = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "kid": KEY.kid, "jwk": own.as_dict(private=False)}

    assert not counts(jwt.encode(header, claims(), own))


def test_a_key_of_another_kind_does_not_count() -> None:
    own = RSAKey.generate_key(2048)

    assert not counts(jwt.encode({"alg": "RS256", "kid": KEY.kid}, claims(), own))


@pytest.mark.parametrize("kid", ["unknown", "", 5, {}, [1], "../../etc/passwd"])
def test_a_key_id_nobody_knows_does_not_count(kid: Any) -> None:
    _, body, seal = signed().split(".")

    assert not counts(f"{part({'alg': 'ES256', 'kid': kid})}.{body}.{seal}")


@pytest.mark.parametrize("change", [{"sub": "bob"}, {"roles": ["operator"]}, {"exp": LONG}])
def test_a_changed_token_does_not_count(change: dict[str, Any]) -> None:
    head, _, seal = signed().split(".")

    assert not counts(f"{head}.{part(claims(**change))}.{seal}")


def test_a_token_of_endless_length_or_depth_does_not_count() -> None:
    nested = b'{"alg": ' + b"[" * 900 + b"]" * 900 + b"}"

    assert not counts(signed(more="x" * 10_000))
    assert not counts(f"{part(nested)}.{part(claims())}.{part(b'seal')}")


@given(st.text() | st.lists(st.binary().map(part), min_size=1, max_size=5).map(".".join))
def test_nothing_that_is_no_token_makes_the_checker_fail(text: str) -> None:
    assert not counts(text)


JSON = st.recursive(st.none() | st.booleans() | st.text() | st.integers(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
                    max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["alg", "kid", "crit", "b64", "typ"]), JSON))
@pytest.mark.slow
def test_no_header_makes_the_checker_fail(header: dict[str, Any]) -> None:
    _, body, seal = signed().split(".")

    assert not counts(f"{part(header)}.{body}.{seal}")


def test_a_claim_may_be_found_at_the_end_of_a_path() -> None:
    given_claims = {"realm_access": {"roles": ["hr"]}, "https://example.org/roles": ["operator"], "sub": "ada"}

    assert claim(given_claims, "realm_access.roles") == ["hr"]
    assert claim(given_claims, "https://example.org/roles") == ["operator"]
    assert claim(given_claims, "sub.roles") is None


def test_a_provider_names_its_claims() -> None:
    own = TrustedIssuer("ithaca", "ithaca", ISSUER.trusted().source, "employee", "realm_access.roles")

    caller = own.caller({"sub": "x", "employee": "p-ada", "realm_access": {"roles": ["hr"]}, "person_id": "p-bob"})

    assert (caller.person_id, caller.roles) == ("p-ada", {"hr"})


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "key.pem"

    with ThreadPoolExecutor(8) as threads:
        keys = {key.kid for key in threads.map(key_file, [path] * 8)}

    assert len(keys) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["key.pem"]


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key_file(path)
    path.chmod(0o644)

    with pytest.raises(PermissionError, match="chmod 600"):
        key_file(path)


def test_a_key_is_read_from_pem_or_jwk() -> None:
    pem, jwk = KEY.as_pem(private=True).decode(), json.dumps(KEY.as_dict(private=True))

    assert key_from(pem).thumbprint() == key_from(jwk).thumbprint() == KEY.thumbprint()
