"""Requests that an API's document allows, and some that it forbids, sent to the app and judged by the document."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.web.tokens import TokenIssuer
from tests.unit.surveys.calling import KEY

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
KNOWN = 20
"""Ids of a kind that are tried again, the newest."""
FORBIDDEN = 5
"""One request of so many is one that the document forbids."""

Who = tuple[str, tuple[str, ...]]
"""A person and the roles of the token; nobody is without a name."""


@dataclass
class Fuzzed:
    """An app under fire. `ids` by the name of the parameter that takes them, as its answers told them so far; `asked`
    requests, of which so many were `taken` (2xx); `wrong`: what the document does not know, with how to ask again."""

    app: Flask
    callers: Sequence[Who]
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    asked: int = 0
    taken: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    @cached_property
    def operations(self) -> list[Any]:
        return [one.ok() for one in schemathesis.openapi.from_wsgi("/v1/openapi.json", self.app).get_all_operations()]

    def fire(self, most: int, part: slice, between: Callable[[], object]) -> None:
        """So many requests at each of some operations, the same ones every time."""
        for operation in self.operations[part]:
            self.look_around()
            self._fire_at(operation, most)
            between()

    def look_around(self) -> None:
        """Learns the ids in every list that may be seen with ids that are known."""
        for operation in self.operations:
            names = re.findall(r"{(\w+)}", operation.path)
            if operation.method == "get" and all(self.ids.get(name) for name in names):
                path = operation.path.format_map({name: self.ids[name][-1] for name in names})
                for who in dict.fromkeys(self.callers):
                    answer = self.app.test_client().get(path, headers=_headers(who))
                    self._learn(operation.path, answer.get_json(silent=True) if answer.status_code == 200 else None)

    def _fire_at(self, operation: Any, most: int) -> None:
        allowed, forbidden = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
        known = {name: st.sampled_from(ids[-KNOWN:]) for name, ids in self.ids.items() if ids}

        @seed(1)
        @settings(max_examples=most, deadline=None, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))
        @given(st.data())
        def ask(data: st.DataObject) -> None:
            case = data.draw(forbidden if data.draw(st.integers(1, FORBIDDEN)) == 1 else allowed)
            for name in case.path_parameters or {}:
                if name in known and data.draw(st.integers(0, 3)):
                    case.path_parameters[name] = data.draw(known[name])
            self._send(case, data.draw(st.sampled_from(self.callers)))

        ask()

    def _send(self, case: Case, who: Who) -> None:
        response = case.call(headers=_headers(who))
        self.asked += 1
        self.taken += response.status_code < 300
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as found:
            for one in found.exceptions:
                self.wrong.setdefault(f"{case.method} {case.path}: {one}", f"{who[0]}: {case.as_curl_command()}\n{one}")
        if response.status_code < 300 and response.headers.get("content-type") == ["application/json"]:
            self._learn(case.path, response.json())

    def _learn(self, path: str, answer: Any) -> None:
        """The last word of a path tells whose ids these are: `…/runs` those of runs, which `run_id` takes."""
        own = f"{re.split('/', re.sub(r'/{.*?}', '', path))[-1].removesuffix('s').replace('-', '_')}_id"
        for one in answer.get("items", [answer]) if isinstance(answer, dict) else []:
            for name, value in one.items() if isinstance(one, dict) else ():
                kind = own if name == "id" else name
                if kind.endswith("_id") and isinstance(value, str) and value not in self.ids[kind]:
                    self.ids[kind].append(value)


def _headers(who: Who) -> dict[str, str]:
    person, roles = who
    token = TokenIssuer(KEY).mint(person, person_id=person, roles=roles) if person else "none"
    return {"Authorization": f"Bearer {token}"}
