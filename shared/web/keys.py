"""Where the public keys that tokens are checked with come from: known beforehand, or from an identity provider."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.kernel.errors import Unavailable

KEEP = 3600.0
ASK_AGAIN = 30.0
LARGEST = 256 * 1024


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


@dataclass
class DiscoveredKeys:
    """The keys an OpenID provider publishes: looked up at first use, hourly, and for a key id nobody knows.

    The provider is asked once in 30 seconds at most, whatever tokens come. While it does not answer, the keys known
    before go on counting; only a key id that is not among them is Unavailable then.
    """

    issuer: str
    client: httpx.Client = field(default_factory=_client)
    seconds: Callable[[], float] = time.monotonic
    _found: KeySet | None = None
    _found_at: float = 0.0
    _asked_at: float | None = None
    _failed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keys(self, kid: str | None) -> KeySet:
        with self._lock:
            if self._wanting(kid) and self._may_ask():
                self._ask()
            if self._found is None or (self._failed and not self._knows(kid)):
                raise Unavailable("the identity provider does not answer: try again")
            return self._found

    def _wanting(self, kid: str | None) -> bool:
        return not self._knows(kid) or self.seconds() - self._found_at > KEEP

    def _knows(self, kid: str | None) -> bool:
        return self._found is not None and (kid is None or any(key.kid == kid for key in self._found.keys))

    def _may_ask(self) -> bool:
        return self._asked_at is None or self.seconds() - self._asked_at > ASK_AGAIN

    def _ask(self) -> None:
        self._asked_at = self.seconds()
        try:
            self._found, self._found_at, self._failed = self._look_up(), self._asked_at, False
        except (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError, TypeError):
            self._failed = True

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
