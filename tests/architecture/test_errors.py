"""A refusal has a code of its own, and the code a status."""

from collections import Counter
from collections.abc import Iterator

import pytest

from deploy.standalone.house import SERVICES, House
from shared.kernel.errors import DomainError
from shared.web.problems import PROBLEMS, kind_of
from tests.architecture.tree import import_everything

CONFLICTS = {"no-free-seat", "no-seat-in-organisation", "already-together"}
"""Refusals that mean just what the last line of the table says: 409, in conflict with how things stand."""

NEVER_OVER_HTTP = {"audit-broken", "consumer-halted", "event-unreadable"}
"""Told to operators on the command line and by the worker's readiness."""


def errors() -> list[type[DomainError]]:
    """Every refusal the product knows."""
    import_everything()
    return [DomainError, *(one for one in below(DomainError) if one.__module__.startswith(("shared.", "services.")))]


def below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def test_codes_are_unique() -> None:
    codes = Counter(one.code for one in set(errors()))

    assert [code for code, times in codes.items() if times > 1] == []


def test_codes_are_written_alike() -> None:
    assert [one.code for one in errors() if not one.code.replace("-", "").islower()] == []


def test_every_code_has_a_status() -> None:
    unmapped = {one.code for one in errors() if kind_of(one) is PROBLEMS[DomainError]} - {DomainError.code}

    assert unmapped <= CONFLICTS | NEVER_OVER_HTTP, "derive it from an error of the kernel, or name it in PROBLEMS"


def test_passing_troubles_say_when_to_come_again() -> None:
    assert [one.__name__ for one in errors() if kind_of(one).status == 503 and not kind_of(one).retry_after] == []


@pytest.mark.feature("O5")
@pytest.mark.parametrize("service", SERVICES)
def test_whoever_writes_a_client_finds_every_code_in_the_document_of_the_api(house: House, service: str) -> None:
    places = ("shared.kernel.", "shared.web.", f"services.{service}.")
    of_it = {one for one in errors() if one.__module__.startswith(places)} - {DomainError}

    told = house.rooms[service].app.test_client().get("/v1/openapi.json").get_json()["x-problems"]

    assert {code: one["status"] for code, one in told.items()} == {one.code: kind_of(one).status for one in of_it}
    assert [code for code, one in told.items() if not one["means"]] == []
