"""Everything the environment can change about the portal."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.runtime.settings import Reader
from shared.web.tokens import key_from

SERVICES = ("matching", "surveys", "community", "notifications")


@dataclass(frozen=True)
class Settings:
    """`public_url` decides whether cookies are for https only; `service_urls` may be empty where apps are called in
    process; `token_key` is a private key, PEM or JSON Web Key. People sign in at `oidc_issuer`, if there is one;
    `subject_claim` says there who somebody is in the directory."""

    public_url: str
    cookie_secret: str = field(repr=False)
    service_urls: Mapping[str, str] = field(default_factory=dict)
    token_key: str = field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    subject_claim: str = "sub"
    roles_claim: str = "roles"
    organisation: str = ""
    office_address: str = ""
    languages: tuple[str, ...] = ("en", "de")
    part_seconds: float = 0.8
    command_seconds: float = 15.0
    session_hours: int = 12
    upload_megabytes: int = 20
    http_port: int = 8080
    http_threads: int = 8

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https:")


def read(environ: Mapping[str, str]) -> Settings:
    """Raises WrongSettings naming everything that is missing or wrong."""
    reader = Reader(environ)
    issuer = reader.parsed("OIDC_ISSUER", "", provider_address, "")
    needed = None if issuer else ""
    settings = Settings(
        public_url=reader.parsed("PUBLIC_URL", None, web_address, ""),
        cookie_secret=reader.secret("COOKIE_SECRET"),
        service_urls={name: reader.parsed(f"{name.upper()}_URL", "", web_address, "") for name in SERVICES},
        token_key=reader.parsed("TOKEN_KEY", None, private_key, ""),
        oidc_issuer=issuer,
        oidc_client_id=reader.text("OIDC_CLIENT_ID", needed),
        oidc_client_secret=reader.text("OIDC_CLIENT_SECRET", needed),
        subject_claim=reader.text("SUBJECT_CLAIM", "sub"),
        roles_claim=reader.text("ROLES_CLAIM", "roles"),
        organisation=reader.text("ORGANISATION", ""),
        office_address=reader.text("PROGRAMME_OFFICE_ADDRESS", ""),
        part_seconds=reader.number("PART_MILLISECONDS", 800) / 1000,
        session_hours=reader.number("SESSION_HOURS", 12),
        upload_megabytes=reader.number("UPLOAD_MEGABYTES", 20),
        http_port=reader.number("HTTP_PORT", 8080),
        http_threads=reader.number("HTTP_THREADS", 8),
    )
    reader.done()
    return settings


def web_address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    return text.rstrip("/")


def provider_address(text: str) -> str:
    """As it stands: an issuer is compared letter by letter."""
    web_address(text)
    return text


def private_key(text: str) -> str:
    """A private P-256 key, as PEM or JSON Web Key."""
    if text and not key_from(text).is_private:
        raise ValueError("the private part of the key is missing")
    return text


def from_environment() -> Settings:
    """Those of this process."""
    return read(os.environ)  # noqa: TID251 - the one place that may
