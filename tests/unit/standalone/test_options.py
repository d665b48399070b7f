"""What people type as an address or a moment."""

import socket
from datetime import UTC, datetime

import click
import pytest

from deploy.standalone.options import Address, Moment, why_not


@pytest.mark.parametrize(("typed", "address"), [("9000", "127.0.0.1:9000"), ("0.0.0.0:80", "0.0.0.0:80"),
                                                ("[::1]:9000", "[::1]:9000"), (":9000", "127.0.0.1:9000")])
def test_an_address_is_a_host_and_a_port_or_a_port_alone(typed: str, address: str) -> None:
    assert Address()(typed) == address


@pytest.mark.parametrize("typed", ["", "localhost", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:65536"])
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is no address"):
        Address()(typed)


def test_an_address_that_is_taken_says_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"

        assert why_not(address) == "address already in use"
    assert why_not(address) is None


def test_a_moment_needs_its_time_zone() -> None:
    assert Moment()("2026-02-28T10:00:00+01:00") == datetime(2026, 2, 28, 9, tzinfo=UTC)
    for typed in ("2026-02-28", "yesterday", ""):
        with pytest.raises(click.BadParameter, match="no moment with a time zone"):
            Moment()(typed)
