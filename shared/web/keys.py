"""Where the public keys that tokens are checked with come from: known beforehand, or from an identity provider."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.kernel.errors import Unavailable

KEEP = 3600.0
ASK_AGAIN = 30.0
LARGEST = 256 * 1024
AWAY = "the identity provider does not answer: try again"

T = TypeVar("T")


class KeySource(Protocol):
    """Where an issuer's public keys come from."""

    def keys(self, kid: str | None) -> KeySet:
        """The keys, looked up anew when none has this id. Raises Unavailable."""


@dataclass(frozen=True)
class FixedKeys:
    """Keys that are known beforehand."""

    given: KeySet

    def keys(self, kid: str | None) -> KeySet:  # noqa: ARG002 - the port's
        return self.given


def _client() -> httpx.Client:
    return httpx.Client(timeout=5, follow_redirects=False)


class Asked(Generic[T]):
    """What an identity provider answers to one question: asked at first use, hourly, and when what it said is not
    enough, but once in 30 seconds at most. While it does not answer, what it said before goes on counting."""

    def __init__(self, question: Callable[[], T], seconds: Callable[[], float] = time.monotonic) -> None:
        self._question, self._seconds = question, seconds
        self._lock = threading.Lock()
        self._said: T | None = None
        self._said_at = 0.0
        self._asked_at: float | None = None
        self._failed = False

    def answer(self, enough: Callable[[T], bool] = lambda _: True) -> T:
        """The last one. Raises Unavailable when there is none, or none that is enough."""
        with self._lock:
            if self._wanting(enough) and self._may_ask():
                self._ask()
            if self._said is None or (self._failed and not enough(self._said)):
                raise Unavailable(AWAY)
            return self._said

    def _wanting(self, enough: Callable[[T], bool]) -> bool:
        return self._said is None or not enough(self._said) or self._seconds() - self._said_at > KEEP

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._seconds() - self._asked_at > ASK_AGAIN

    def _ask(self) -> None:
        self._asked_at = self._seconds()
        try:
            self._said, self._said_at, self._failed = self._question(), self._asked_at, False
        except (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError, TypeError):
            self._failed = True


@dataclass
class DiscoveredKeys:
    """The keys an OpenID provider publishes: looked up as `Asked` says, and for a key id nobody knows."""

    issuer: str
    client: httpx.Client = field(default_factory=_client)
    seconds: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._found = Asked(self._look_up, self.seconds)

    def keys(self, kid: str | None) -> KeySet:
        return self._found.answer(lambda found: kid is None or any(key.kid == kid for key in found.keys))

    def _look_up(self) -> KeySet:
        address = str(about(self.client, self.issuer)["jwks_uri"])
        if self.issuer.startswith("https:") and not address.startswith("https:"):
            raise ValueError("keys over an open line")
        return KeySet.import_key_set(_json(self.client, address))


def about(client: httpx.Client, issuer: str) -> Any:
    """What an OpenID provider says of itself. Raises ValueError, KeyError, TypeError, and what httpx raises."""
    found = _json(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found["issuer"] != issuer:
        raise ValueError("the provider calls itself by another name")
    return found


def _json(client: httpx.Client, address: str) -> Any:
    answer = client.get(address).raise_for_status()
    if len(answer.content) > LARGEST:
        raise ValueError("nothing that a provider says is that large")
    return answer.json()
