"""The keys of an identity provider: found by discovery, kept, renewed, and missed when it is away."""

from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey, KeySet

from shared.kernel.errors import Unavailable
from shared.web.app import make_app
from shared.web.callers import NotSignedIn
from shared.web.keys import DiscoveredKeys
from shared.web.tokens import TokenIssuer, checker_for
from tests.unit.web.notes import make_routes

ADDRESS = "https://login.example.org/realm"


class Provider:
    """An identity provider that changes its keys, goes away and comes back."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", auto_kid=True)
        self.about: dict[str, Any] = {"issuer": ADDRESS, "jwks_uri": f"{ADDRESS}/keys"}
        self.away, self.asked, self.now = False, 0, 0.0
        client = httpx.Client(transport=httpx.MockTransport(self._answer))
        self.keys = DiscoveredKeys(ADDRESS, client, lambda: self.now)
        self.checker = checker_for(None, ADDRESS, "notes", discover=lambda _: self.keys)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.away:
            raise httpx.ConnectError("refused")
        if request.url.path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json=self.about)
        return httpx.Response(200, json=KeySet([self.key]).as_dict())

    def change_key(self) -> None:
        self.key = ECKey.generate_key("P-256", auto_kid=True)

    def token(self) -> str:
        """Signed with the present key."""
        return TokenIssuer(self.key, ADDRESS, "notes").mint("ada", person_id="p-ada")


@pytest.fixture
def provider() -> Provider:
    """Not yet asked."""
    return Provider()


def test_the_provider_is_asked_once_for_many_tokens(provider: Provider) -> None:
    callers = {provider.checker.check(provider.token()).person_id for _ in range(5)}

    assert (callers, provider.asked) == ({"p-ada"}, 2)


def test_a_new_key_is_looked_up(provider: Provider) -> None:
    provider.checker.check(provider.token())
    provider.change_key()
    provider.now += 31

    assert provider.checker.check(provider.token()).person_id == "p-ada"


def test_key_ids_nobody_knows_do_not_bring_the_provider_down(provider: Provider) -> None:
    provider.checker.check(provider.token())
    foreign = TokenIssuer(ECKey.generate_key("P-256", auto_kid=True), ADDRESS, "notes").mint("ada")

    for _ in range(50):
        with pytest.raises(NotSignedIn):
            provider.checker.check(foreign)

    assert provider.asked == 2


def test_known_keys_go_on_counting_while_the_provider_is_away(provider: Provider) -> None:
    provider.checker.check(provider.token())
    provider.away, provider.now = True, 4_000.0

    assert provider.checker.check(provider.token()).person_id == "p-ada"


def test_a_key_that_may_be_new_cannot_be_judged_while_the_provider_is_away(provider: Provider) -> None:
    provider.checker.check(provider.token())
    provider.away, provider.now = True, 31.0
    provider.change_key()

    with pytest.raises(Unavailable):
        provider.checker.check(provider.token())


def test_a_provider_that_was_away_is_asked_again_after_a_while(provider: Provider) -> None:
    provider.away = True
    for _ in range(50):
        with pytest.raises(Unavailable):
            provider.checker.check(provider.token())
    asked_while_away, provider.away, provider.now = provider.asked, False, 31.0

    assert provider.checker.check(provider.token()).person_id == "p-ada"
    assert asked_while_away == 1


@pytest.mark.parametrize("about", [
    {"issuer": "https://else.example.org", "jwks_uri": f"{ADDRESS}/keys"}, {"issuer": ADDRESS}, {}, [], "text",
    {"issuer": ADDRESS, "jwks_uri": "http://login.example.org/keys"}, {"issuer": ADDRESS, "jwks_uri": 5},
    {"issuer": ADDRESS, "jwks_uri": "https://login.example.org:port/keys"}])
def test_a_provider_that_answers_nonsense_is_not_available(provider: Provider, about: Any) -> None:
    provider.about = about

    with pytest.raises(Unavailable):
        provider.checker.check(provider.token())


def test_over_http_it_is_a_passing_trouble_and_no_failure(provider: Provider) -> None:
    provider.away = True
    app = make_app("notes", None, [make_routes()], checker=provider.checker, ready=lambda: None)

    answer = app.test_client().get("/v1/notes", headers={"Authorization": f"Bearer {provider.token()}"})

    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]
