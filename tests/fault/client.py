"""Somebody who sends commands until they are answered, and writes down what was accepted."""

import http.client
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from shared.web.tokens import TokenIssuer, key_from
from tests.fault.service import World

OFFICE = "the-office"
LEDGER, OVER = "accepted", "over"
PATIENCE = 240.0
"""Seconds after which a command that nobody answers counts as stuck."""


@dataclass(frozen=True)
class Effect:
    """What an accepted command must bring about: this many different events of the type with these values, no more and
    no fewer."""

    type: str
    where: Mapping[str, Any]
    times: int = 1


@dataclass(frozen=True)
class Accepted:
    """A line of the ledger. `different`: the command sent again under its key was answered in other words."""

    place: str
    key: str
    seconds: float
    tries: int
    different: bool
    effects: list[Effect] = field(default_factory=list)


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: Any


class Refused(Exception):
    """The story asked for something that is not allowed: the run is wrong, not the product."""


class Stuck(Exception):
    """Nobody answered for too long, or what was waited for did not come."""


class Over(Exception):
    """Enough was sent."""


class Client:
    """One thread of the load: one command at a time, each under a key of its own, until the file `over` is there."""

    def __init__(self, world: World, folder: Path, name: str, seed: int) -> None:
        self._world, self._issuer = world, TokenIssuer(key_from(world.environ["TOKEN_KEY"]))
        self._name, self._chance, self._number = name, random.Random(f"{seed}/{name}"), 0
        self._tokens: dict[str, str] = {}
        self._ledger, self._over = (folder / LEDGER).open("a", buffering=1), folder / OVER

    def send(self, method: str, place: str, *effects: Effect, by: str = OFFICE, **content: Any) -> Any:
        """The answer to a command, tried again under the same key until it came. Raises Refused, Stuck, Over."""
        self.go_on()
        self._number += 1
        begun, key = time.monotonic(), f"{self._name}-{self._number}"
        request = (method, place, by, {"Idempotency-Key": key, **_body(**content)})
        answer, tries = self._until_answered(*request)
        if answer.status >= 400:
            raise Refused(f"{method} {place}: {answer.status} {answer.body}")
        seconds = round(time.monotonic() - begun, 3)
        again = self._until_answered(*request)[0] if self._chance.random() < 0.25 else answer
        line = Accepted(f"{method} {place}", key, seconds, tries, again != answer, list(effects))
        self._ledger.write(json.dumps(asdict(line)) + "\n")
        return answer.body

    def get(self, place: str, by: str = OFFICE) -> Any:
        """The body; None where there is nothing yet."""
        self.go_on()
        answer, _ = self._until_answered("GET", place, by, _body())
        return answer.body if answer.status < 400 else None

    def until(self, place: str, good: Callable[[Any], Any], by: str = OFFICE, patience: float = PATIENCE) -> Any:
        """The body, once it is `good`. Raises Stuck."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            body = self.get(place, by)
            if body is not None and good(body):
                return body
            time.sleep(0.1)  # between two looks, as a page that shows progress
        raise Stuck(f"GET {place} in the name of {by}")

    def go_on(self) -> None:
        """Raises Over."""
        if self._over.exists():
            raise Over

    def _until_answered(self, *request: Any) -> tuple[Answer, int]:
        deadline, tries = time.monotonic() + PATIENCE, 0
        while time.monotonic() < deadline:
            tries += 1
            try:
                answer = self._ask(*request)
            except (OSError, http.client.HTTPException, ValueError):
                answer = Answer(503, None)
            if answer.status < 500 and answer.status != 429:
                return answer, tries
            time.sleep(0.05)  # as a client would, that has to come again
        raise Stuck(f"{request[0]} {request[1]}")

    def _ask(self, method: str, place: str, by: str, content: dict[str, Any]) -> Answer:
        service, _, path = place.partition("/")
        headers = {**content, "Authorization": f"Bearer {self._token(by)}"}
        connection = http.client.HTTPConnection("127.0.0.1", self._world.port(service), timeout=20)
        try:
            connection.request(method, f"/v1/{path}", headers.pop("body", None), headers)
            answer = connection.getresponse()
            return Answer(answer.status, json.loads(answer.read() or b"null"))
        finally:
            connection.close()

    def _token(self, by: str) -> str:
        """Good for longer than any run."""
        roles = ("programme-office", "hr", "operator") if by == OFFICE else ()
        if by not in self._tokens:
            self._tokens[by] = self._issuer.mint(by, person_id=by, roles=roles, lifetime=timedelta(days=1))
        return self._tokens[by]


def _body(body: Any = None, role: str = "", file: str = "", **headers: str) -> dict[str, Any]:
    """Content and its headers: JSON, or a form with a file."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if file:
        return {**given, "body": _form(role, file), "Content-Type": "multipart/form-data; boundary=edge"}
    return given if body is None else {**given, "body": json.dumps(body), "Content-Type": "application/json"}


def _form(role: str, file: str) -> str:
    return ('--edge\r\nContent-Disposition: form-data; name="role"\r\n\r\n' f"{role}\r\n"
            '--edge\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n' f"{file}\r\n"
            "--edge--\r\n")


def accepted(ledger: Path) -> list[Accepted]:
    """What clients were told was accepted."""
    lines = [json.loads(line) for line in ledger.read_text().splitlines()] if ledger.exists() else []
    return [Accepted(**{**line, "effects": [Effect(**one) for one in line["effects"]]}) for line in lines]
