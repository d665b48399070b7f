"""Options that several commands have: the folder, the address, moments."""

import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from shared.kernel.clock import parse

HOST = "127.0.0.1"
F = TypeVar("F", bound=Callable[..., Any])
FOLDER = click.Path(path_type=Path, file_okay=False, resolve_path=True)


class Address(click.ParamType[str]):
    """HOST:PORT, or a port of this machine alone."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        host, _, port = str(value).rpartition(":")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            self.fail(f"{value} is no address: HOST:PORT is expected, such as {HOST}:8080", param, ctx)
        return f"{host or HOST}:{port}"


class Moment(click.ParamType[datetime]):
    """RFC 3339, with its time zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else parse(str(value))
        except ValueError:
            self.fail(f"{value} is no moment with a time zone, such as 2026-02-28T09:00:00Z", param, ctx)


def data(default: str = "data") -> Callable[[F], F]:
    """The option `--data`."""
    return click.option("--data", type=FOLDER, default=default, show_default=True,
                        help="The folder that holds everything.")


Bind = click.option("--bind", type=Address(), default=f"{HOST}:8080", show_default=True,
                    help="HOST:PORT, or a port alone.")


def why_not(address: str) -> str | None:
    """Why nobody can be served at this address; None when it is free."""
    host, _, port = address.rpartition(":")
    with socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return None
