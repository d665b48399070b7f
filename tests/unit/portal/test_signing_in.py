"""People sign in at the company's identity provider; the portal finds out who they are, and mints their tokens."""

import base64
import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from services.portal.settings import read
from shared.runtime.settings import WrongSettings
from tests.unit.portal.conftest import SETTINGS, Browser
from tests.unit.portal.fake_services import FakeServices, problem
from tests.unit.portal.provider_stub import CLIENT, ISSUER, SECRET, ProviderStub

AMARA = {"id": "amara", "name": "Amara Okafor", "language": "en", "time_zone": "Europe/Vienna", "state": "active"}


@pytest.fixture
def provider() -> ProviderStub:
    return ProviderStub()


@pytest.fixture
def portal(portal_app: Callable[..., Flask], provider: ProviderStub, fakes: FakeServices) -> Flask:
    """Outside of a house; matching knows one person."""
    fakes.answer("matching", "POST /people/sign-ins", lambda request: (
        AMARA if request.get_json() == {"subject": "x-1"} else problem(404, "not-found")))
    return portal_app(standalone=False, provider_http=provider.client(), oidc_issuer=ISSUER, oidc_client_id=CLIENT,
                      oidc_client_secret=SECRET)


@pytest.fixture
def visitor(portal: Flask) -> Browser:
    return Browser(portal.test_client())


def started(browser: Browser, to: str = "/my") -> str:
    """The provider's address that the browser is sent to."""
    answer = browser.get("/sign-in/start", query_string={"next": to})
    assert answer.status_code == 303
    return str(answer.location)


def signed_in(browser: Browser, provider: ProviderStub, to: str = "/my") -> TestResponse:
    return browser.get(provider.sign_in(started(browser, to)))


def is_in(browser: Browser) -> bool:
    return browser.get("/my").status_code == 200


@pytest.mark.feature("O1")
def test_somebody_known_comes_in_and_goes_where_they_wanted(visitor: Browser, provider: ProviderStub) -> None:
    page = visitor.get("/programmes/rising")
    assert page.location == "/sign-in?next=/programmes/rising"
    assert 'href="/sign-in/start?next=/programmes/rising"' in visitor.get(page.location).text

    back = signed_in(visitor, provider, "/programmes/rising")

    assert (back.status_code, back.location) == (303, "/programmes/rising")
    assert is_in(visitor)


def test_tokens_for_services_are_the_portals_own_and_short(
        visitor: Browser, provider: ProviderStub, fakes: FakeServices) -> None:
    provider.claims["roles"] = ["programme-office", "wizard"]

    signed_in(visitor, provider)
    visitor.send("/programmes/rising/runs", page="/programmes/rising/matching")

    claims = claims_of(fakes.last().authorization)
    assert (claims["iss"], claims["person_id"], claims["roles"]) == ("ithaca", "amara", ["programme-office"])
    assert claims["exp"] - time.time() <= 300


def claims_of(authorization: str) -> dict[str, Any]:
    body = authorization.removeprefix("Bearer ").split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=="))
    return found


def test_matching_is_asked_with_the_one_scope_that_it_takes(
        visitor: Browser, provider: ProviderStub, fakes: FakeServices) -> None:
    signed_in(visitor, provider)

    (asked,) = [one for one in fakes.sent if one.path == "/v1/people/sign-ins"]
    assert (claims_of(asked.authorization)["scope"], claims_of(asked.authorization)["person_id"]) == ("sign-in", None)


def test_a_wrong_state_lets_nobody_in(visitor: Browser, provider: ProviderStub) -> None:
    back = provider.sign_in(started(visitor))

    page = visitor.get(re.sub(r"state=[^&]+", "state=another", back))

    assert page.status_code == 400
    assert "begun in another window" in page.text
    assert not is_in(visitor)


def test_what_another_browser_began_lets_nobody_in(portal: Flask, visitor: Browser, provider: ProviderStub) -> None:
    back = provider.sign_in(started(Browser(portal.test_client())))

    assert visitor.get(back).status_code == 400
    assert not is_in(visitor)


def test_an_answer_counts_once(visitor: Browser, provider: ProviderStub) -> None:
    back = provider.sign_in(started(visitor))
    visitor.get(back)

    assert visitor.get(back).status_code == 400


def test_an_answer_that_comes_too_late_lets_nobody_in(
        visitor: Browser, provider: ProviderStub, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    back = provider.sign_in(started(visitor))
    monkeypatch.setattr("services.portal.pages.signing_in.time.time", lambda: now + 601)

    assert visitor.get(back).status_code == 400
    assert not is_in(visitor)


@pytest.mark.feature("O1")
@pytest.mark.parametrize("changed", [
    {"nonce": "another"},
    {"nonce": None},
    {"exp": int(time.time()) - 3600},
    {"aud": "another-client"},
    {"aud": [CLIENT, "another-client"], "azp": "another-client"},
    {"iss": "https://id.evil.example"},
])
def test_a_token_that_does_not_fit_lets_nobody_in(
        visitor: Browser, provider: ProviderStub, changed: dict[str, Any]) -> None:
    provider.changed = changed

    page = signed_in(visitor, provider)

    assert page.status_code == 400
    assert not is_in(visitor)


def test_a_token_signed_by_somebody_else_lets_nobody_in(visitor: Browser, provider: ProviderStub) -> None:
    provider.signer = ECKey.generate_key("P-256")

    assert signed_in(visitor, provider).status_code == 400
    assert not is_in(visitor)


def test_who_cancels_is_told_so(visitor: Browser, provider: ProviderStub) -> None:
    state = re.search(r"state=([^&]+)", started(visitor))
    assert state

    page = visitor.get(f"/sign-in/return?error=access_denied&state={state[1]}")

    assert page.status_code == 400
    assert "cancelled" in page.text


def test_a_state_that_is_no_ascii_lets_nobody_in(visitor: Browser) -> None:
    started(visitor)

    assert visitor.get("/sign-in/return", query_string={"state": "\u00e4", "code": "c"}).status_code == 400


def test_a_portal_that_the_provider_does_not_know_is_no_fault_of_the_person(
        visitor: Browser, provider: ProviderStub) -> None:
    back = provider.sign_in(started(visitor))
    provider.secret = "another by now"

    assert visitor.get(back).status_code == 503


def test_who_signs_in_again_is_signed_in_once(portal: Flask, visitor: Browser, provider: ProviderStub) -> None:
    signed_in(visitor, provider)
    before = Browser(portal.test_client())
    cookie = visitor.client.get_cookie("ithaca")
    assert cookie
    before.client.set_cookie("ithaca", cookie.value)
    assert is_in(before)

    signed_in(visitor, provider)

    assert is_in(visitor)
    assert not is_in(before)


def test_somebody_unknown_is_told_what_to_do(visitor: Browser, provider: ProviderStub) -> None:
    provider.claims["sub"] = "somebody-else"

    page = signed_in(visitor, provider)

    assert page.status_code == 403
    assert "Ithaca does not know you yet" in page.text
    assert "Ask your coordinator" in page.text
    assert not is_in(visitor)


@pytest.mark.parametrize(("verified", "status"), [(True, 303), (False, 403), (None, 403)])
def test_an_address_counts_when_the_provider_has_seen_that_it_is_theirs(
        portal_app: Callable[..., Flask], provider: ProviderStub, fakes: FakeServices, verified: bool | None,
        status: int) -> None:
    fakes.answer("matching", "POST /people/sign-ins", AMARA)
    provider.claims |= {"email": "amara@caldera.example", "email_verified": verified}
    app = portal_app(standalone=False, provider_http=provider.client(), oidc_issuer=ISSUER, oidc_client_id=CLIENT,
                     oidc_client_secret=SECRET, subject_claim="email")

    assert signed_in(Browser(app.test_client()), provider).status_code == status


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_provider_that_is_away_is_named(visitor: Browser, provider: ProviderStub, when: str) -> None:
    back = "/sign-in/start" if when == "before" else provider.sign_in(started(visitor))
    provider.away = True

    page = visitor.get(back)

    assert page.status_code == 503
    assert "sign-in does not answer" in page.text
    assert not is_in(visitor)


def test_matching_that_is_away_is_a_missing_part(visitor: Browser, provider: ProviderStub, fakes: FakeServices) -> None:
    back = provider.sign_in(started(visitor))
    fakes["matching"].down = True

    assert visitor.get(back).status_code == 503


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example",
                                "/\n/evil.example", "/\r/evil.example"])
def test_nobody_is_led_away(visitor: Browser, provider: ProviderStub, to: str) -> None:
    assert signed_in(visitor, provider, to).location == "/"


def test_the_session_is_a_new_one_and_its_cookie_is_held_to_this_host(
        portal_app: Callable[..., Flask], provider: ProviderStub, fakes: FakeServices) -> None:
    fakes.answer("matching", "POST /people/sign-ins", AMARA)
    at = "https://ithaca.caldera.example"
    client = portal_app(standalone=False, provider_http=provider.client(), oidc_issuer=ISSUER, oidc_client_id=CLIENT,
                        oidc_client_secret=SECRET, public_url=at).test_client()
    before = client.get("/sign-in/start", base_url=at)

    after = client.get(provider.sign_in(str(before.location)), base_url=at).headers["Set-Cookie"]

    assert after.startswith("__Host-ithaca=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in after.split(";")}
    assert after.split(";")[0] != before.headers["Set-Cookie"].split(";")[0]


@pytest.mark.feature("P1")
def test_no_other_way_in_is_left(visitor: Browser) -> None:
    assert "Ilse Brandt" not in visitor.get("/sign-in").text

    visitor.send("/language", {"language": "en"})
    answer = visitor.sign_in("ilse")

    assert answer.location == "/sign-in"
    assert not is_in(visitor)


def test_signing_out_ends_the_session_and_offers_the_provider(visitor: Browser, provider: ProviderStub) -> None:
    signed_in(visitor, provider)

    out = visitor.send("/sign-out", page="/my")

    page = visitor.get(str(out.location)).text
    assert not is_in(visitor)
    assert f'href="{ISSUER}/logout?client_id={CLIENT}&amp;post_logout_redirect_uri=' in page


def test_without_a_provider_its_pages_are_not_there(browser: Browser) -> None:
    assert browser.get("/sign-in/start").status_code == 404
    assert browser.get("/sign-in/return").status_code == 404


def test_a_provider_needs_to_be_told_who_asks() -> None:
    given = {"PUBLIC_URL": SETTINGS.public_url, "COOKIE_SECRET": SETTINGS.cookie_secret,
             "TOKEN_KEY": SETTINGS.token_key, "OIDC_ISSUER": ISSUER}

    with pytest.raises(WrongSettings, match="OIDC_CLIENT_ID is missing; OIDC_CLIENT_SECRET is missing"):
        read(given)


def test_the_secret_is_never_printed() -> None:
    given = {"PUBLIC_URL": SETTINGS.public_url, "COOKIE_SECRET": SETTINGS.cookie_secret, "OIDC_CLIENT_SECRET": SECRET,
             "TOKEN_KEY": SETTINGS.token_key, "OIDC_ISSUER": ISSUER, "OIDC_CLIENT_ID": CLIENT}

    assert SECRET not in repr(read(given))
