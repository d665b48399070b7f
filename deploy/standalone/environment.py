"""What the environment of each service says when all run in one process on one folder."""

import secrets
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import orjson

from deploy.standalone.folder import KEY, require_house
from shared.web.tokens import key_file


def environment(folder: Path, public_url: str, given: Mapping[str, str], synchronous: str = "FULL") -> dict[str, str]:
    """Settings for every service: what the caller gives wins over the standalone defaults."""
    folder.mkdir(parents=True, exist_ok=True)
    key = key_file(folder / KEY)
    defaults = {
        "STORE_URL": f"sqlite:{folder}?synchronous={synchronous}",
        "EVENTS_URL": f"embedded:{folder}?synchronous={synchronous}",
        "PUBLIC_URL": public_url,
        "TOKEN_KEY": orjson.dumps(key.as_dict(private=True)).decode(),
        "COOKIE_SECRET": secret_file(folder / "cookie-secret"),
        "ERASURE_KEY": secret_file(folder / "erasure-key"),
        "CODE_SECRET": secret_file(folder / "code-secret"),
        "SMTP_URL": "mailbox:",
        "MAIL_FROM": "Ithaca <ithaca@localhost.localdomain>",
        "PROGRAMME_OFFICE_ADDRESS": "programme.office@localhost.localdomain",
    }
    return {**defaults, **given}


def environment_of(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """For whoever only looks at a house that is there. Raises Unusable where there is none."""
    require_house(folder)
    return environment(folder, "http://127.0.0.1:8080", given)


def check_settings(environ: Mapping[str, str]) -> None:
    """Raises WrongSettings before anything is opened."""
    from deploy.standalone.house import SERVICES

    for name in (*SERVICES, "portal"):
        import_module(f"services.{name}.settings").read(environ)


def secret_file(path: Path) -> str:
    """The secret in this file, readable by its owner alone; made when there is none."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
