"""Everything the environment can change about matching."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.runtime.settings import Reader


@dataclass(frozen=True)
class Settings:
    """`token_key` is the key of the built-in issuer, as PEM or JWK; its public part is enough. `oidc_issuer` is the
    address of a real provider. `directory_language` and `directory_time_zone` count for people of whom the directory
    says neither. `erasure_key` is secret and hides the names of those who were erased."""

    store_url: str = field(default="sqlite:data", repr=False)
    events_url: str = field(default="embedded:data", repr=False)
    token_key: str = field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_audience: str = "ithaca"
    person_claim: str = "person_id"
    roles_claim: str = "roles"
    probe_port: int = 9000
    directory_language: str = "en"
    directory_time_zone: str = "Etc/UTC"
    erasure_key: str = field(default="", repr=False)


def read(environ: Mapping[str, str]) -> Settings:
    """Raises WrongSettings naming everything that is missing or wrong."""
    reader = Reader(environ)
    settings = Settings(
        store_url=reader.text("STORE_URL"),
        events_url=reader.text("EVENTS_URL"),
        token_key=reader.text("TOKEN_KEY", ""),
        oidc_issuer=reader.text("OIDC_ISSUER", ""),
        oidc_audience=reader.text("OIDC_AUDIENCE", "ithaca"),
        person_claim=reader.text("PERSON_CLAIM", "person_id"),
        roles_claim=reader.text("ROLES_CLAIM", "roles"),
        probe_port=reader.number("PROBE_PORT", 9000),
        directory_language=reader.text("DIRECTORY_LANGUAGE", "en"),
        directory_time_zone=reader.text("DIRECTORY_TIME_ZONE", "Etc/UTC"),
        erasure_key=reader.secret("ERASURE_KEY"),
    )
    reader.done()
    return settings


def from_environment() -> Settings:
    """The settings of this process."""
    return read(os.environ)  # noqa: TID251 - the one place
