"""Where the keys that tokens are checked with come from: given, from a file, or from an identity provider."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from shared.kernel.clock import Clock, SystemClock
from shared.kernel.errors import Unavailable
from shared.kernel.ids import new_id

FRESH_FOR = timedelta(hours=1)
ASK_AGAIN_AFTER = timedelta(seconds=30)
LARGEST_ANSWER = 256 * 1024


class KeySource(Protocol):
    """The public keys of one issuer."""

    def keys(self, kid: str | None) -> KeySet:
        """The present keys; asks again, now and then, when `kid` is not among them. Raises Unavailable."""


@dataclass(frozen=True)
class GivenKeys:
    """Keys that never change while the process runs."""

    given: KeySet

    def keys(self, kid: str | None) -> KeySet:  # noqa: ARG002 - the port's signature
        return self.given


@dataclass
class ProviderKeys:
    """The key set of an OpenID provider, found by discovery and kept for an hour.

    An unknown key id has it fetched anew, at most every 30 seconds. While the provider does not answer, keys known
    before go on counting; a key id not among them is Unavailable.
    """

    issuer: str
    clock: Clock = field(default_factory=SystemClock)
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=3.0, follow_redirects=False))
    _known: KeySet | None = None
    _fresh_until: datetime | None = None
    _asked_at: datetime | None = None
    _failed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keys(self, kid: str | None) -> KeySet:
        with self._lock:
            if self._outdated(kid) and self._may_ask():
                self._refresh()
            if self._known is None or (self._failed and not _has(self._known, kid)):
                raise Unavailable("the identity provider does not answer: sign-in cannot be checked")
            return self._known

    def _outdated(self, kid: str | None) -> bool:
        now = self.clock.now()
        return self._known is None or not self._fresh_until or now >= self._fresh_until or not _has(self._known, kid)

    def _may_ask(self) -> bool:
        return self._asked_at is None or not timedelta() <= self.clock.now() - self._asked_at < ASK_AGAIN_AFTER

    def _refresh(self) -> None:
        self._asked_at = self.clock.now()
        try:
            self._known, self._failed = self._fetched(), False
            self._fresh_until = self._asked_at + FRESH_FOR
        except (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError, TypeError):
            self._failed = True

    def _fetched(self) -> KeySet:
        provider = self._json(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if provider["issuer"] != self.issuer:
            raise ValueError("the provider calls itself by another name")
        address = provider["jwks_uri"]
        if self.issuer.startswith("https:") and not address.startswith("https:"):
            raise ValueError("keys over an open line")
        return KeySet.import_key_set(self._json(address))

    def _json(self, address: str) -> Any:
        answer = self.client.get(address).raise_for_status()
        if len(answer.content) > LARGEST_ANSWER:
            raise ValueError("no key set is that large")
        return answer.json()


def _has(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys)


def key_file(path: Path) -> str:
    """The private key in this file, as JWK text; made, readable by its owner only, when there is none.

    Of two processes that make it at once, one wins and both read the same. Raises PermissionError when others may
    read it.
    """
    if not path.exists():
        _publish(path, _new_key())
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} holds a private key and others may read it: chmod 600")
    return path.read_text("ascii")


def _new_key() -> str:
    return orjson.dumps(ECKey.generate_key("P-256", private=True).as_dict(private=True)).decode()


def _publish(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{new_id()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _link(draft, path)


def _link(draft: Path, path: Path, link: Callable[[Path, Path], None] = os.link) -> None:
    try:
        link(draft, path)
    except FileExistsError:
        pass  # another process was faster: its key counts
    finally:
        draft.unlink()
