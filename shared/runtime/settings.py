"""What the environment can change, read once at start; everything missing or wrong is named at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


class WrongSettings(Exception):
    """Names every setting that is missing or wrong, never a value."""


class Reader:
    """Reads settings one after the other and complains about all of them in `done`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        """A setting as it stands; without a default it must be there."""
        value = self._environ.get(name, default)
        if value is None:
            self._problems.append(f"{name} is missing")
        return value or ""

    def parsed(self, name: str, default: str | None, parse: Callable[[str], T], fallback: T) -> T:
        """A setting through a parser that raises ValueError with a reason."""
        try:
            return parse(self.text(name, default))
        except ValueError as error:
            self._problems.append(f"{name} is wrong: {error}")
            return fallback

    def number(self, name: str, default: int) -> int:
        """A whole number from 0 on."""
        return self.parsed(name, str(default), _not_negative, default)

    def secret(self, name: str) -> str:
        """A text of chance, too long to be guessed."""
        return self.parsed(name, None, _long_enough, "")

    def done(self) -> None:
        """Raises WrongSettings naming all problems."""
        if self._problems:
            raise WrongSettings("; ".join(self._problems))


def address_of_pages(text: str) -> str:
    """Where people reach Ithaca, without a slash at its end. Raises ValueError."""
    if not text.startswith(("http://", "https://")):
        raise ValueError("begins with http:// or https://")
    return text.rstrip("/")


def _not_negative(text: str) -> int:
    if (number := int(text)) < 0:
        raise ValueError("a number from 0 on is needed")
    return number


def _long_enough(text: str) -> str:
    if len(text) < 32:
        raise ValueError("a secret has at least 32 characters of chance")
    return text


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What every service can be told. `token_key` is the key of the built-in issuer, as PEM or JWK; its public part is
    enough. `oidc_issuer` is the address of a real provider."""

    store_url: str = field(default="sqlite:data", repr=False)
    events_url: str = field(default="embedded:data", repr=False)
    token_key: str = field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_audience: str = "ithaca"
    person_claim: str = "person_id"
    roles_claim: str = "roles"
    http_port: int = 8080
    http_threads: int = 8
    probe_port: int = 9000
    requests_per_second: int = 100


def of_every_service(reader: Reader) -> dict[str, Any]:
    """The fields of ServiceSettings, by name."""
    return {
        "store_url": reader.text("STORE_URL"),
        "events_url": reader.text("EVENTS_URL"),
        "token_key": reader.text("TOKEN_KEY", ""),
        "oidc_issuer": reader.text("OIDC_ISSUER", ""),
        "oidc_audience": reader.text("OIDC_AUDIENCE", "ithaca"),
        "person_claim": reader.text("PERSON_CLAIM", "person_id"),
        "roles_claim": reader.text("ROLES_CLAIM", "roles"),
        "http_port": reader.number("HTTP_PORT", 8080),
        "http_threads": reader.number("HTTP_THREADS", 8),
        "probe_port": reader.number("PROBE_PORT", 9000),
        "requests_per_second": reader.number("REQUESTS_PER_SECOND", 100),
    }
