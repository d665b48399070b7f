"""No service prints a secret when it prints its settings, and none takes a secret that could be guessed."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deploy.standalone.environment import environment
from shared.runtime.settings import WrongSettings
from tests.architecture.tree import ALL_SERVICES

PASSWORD = "tulip-in-a-url"
SECRETS = {"matching": "ERASURE_KEY", "notifications": "CODE_SECRET", "portal": "COOKIE_SECRET"}


def read(service: str, environ: dict[str, str]) -> Any:
    return import_module(f"services.{service}.settings").read(environ)


@pytest.mark.parametrize("service", ALL_SERVICES)
def test_printed_settings_hold_no_secret(service: str, tmp_path: Path) -> None:
    environ = environment(tmp_path, "http://127.0.0.1:8080", {
        "STORE_URL": f"mongodb://ithaca:{PASSWORD}@store", "EVENTS_URL": f"kafka://ithaca:{PASSWORD}@log:9092"})
    secrets = {PASSWORD, environ["TOKEN_KEY"], *(environ[name] for name in SECRETS.values())}

    printed = repr(read(service, environ))

    assert [one for one in secrets if one in printed] == []


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
@pytest.mark.parametrize(("service", "name"), SECRETS.items())
def test_a_secret_that_could_be_guessed_is_refused_and_not_repeated(
        service: str, name: str, secret: str, tmp_path: Path) -> None:
    environ = environment(tmp_path, "http://127.0.0.1:8080", {name: secret})

    with pytest.raises(WrongSettings) as refused:
        read(service, environ)

    assert f"{name} is wrong" in str(refused.value)
    assert not secret or secret not in str(refused.value)
