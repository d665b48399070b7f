"""What each list and document of the API that pages are made of takes to answer, for the office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from time import process_time
from typing import Any, Protocol

from flask import Flask

from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import person_id
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from tests.bench.figures import Demand, Line, line
from tests.bench.matching.town import Town
from tests.unit.surveys.calling import PUBLIC_KEY, Caller

SECONDS, MOST = "seconds", 1.5
JOBS = "/v1/directory/files/{file_id}/lines", "/v1/audit/export"
"""Downloads and what is read from an upload grow with what is asked for."""


@dataclass(frozen=True)
class Asked:
    """A town and the published run of its programme, about which the office asks."""

    town: Town
    run: MatchingRun

    @cached_property
    def app(self) -> Flask:
        settings = Settings(token_key=PUBLIC_KEY, requests_per_second=0)  # nobody is held up
        return make_app(self.town.house.matching, settings, self.town.house.backbone)

    @cached_property
    def office(self) -> Caller:
        return Caller(self.app, "carla", ("programme-office", "auditor"))

    @cached_property
    def ids(self) -> dict[str, str]:
        """One of each kind that stands in an address, by its name there."""
        return _ids(self.town, self.run)

    @cached_property
    def paths(self) -> dict[str, str]:
        """All that the office is answered with 200, and what it asks for there."""
        ids = self.ids
        known = {path: path.format_map(ids).removeprefix("/v1") for path in _gets(self.app)
                 if path not in JOBS and all(name in ids for name in re.findall(r"{(\w+)}", path))}
        return {path: asked for path, asked in known.items() if self.office.get(asked).status_code == 200}

    def taken(self, path: str) -> float:
        """Seconds of the processor for one answer."""
        begun = process_time()
        answer = self.office.get(self.paths[path])
        seconds = process_time() - begun
        assert answer.status_code == 200, (path, answer.status_code, answer.json)
        return seconds


class Asking(Protocol):
    """Something of a town that answers at addresses: `paths` by what they are called."""

    @property
    def paths(self) -> dict[str, str]: ...

    def taken(self, path: str) -> float:
        """Seconds of the processor for one answer."""


def compared(many: Asking, few: Asking, what: str, times: int) -> Iterator[Line]:
    """Of both towns the medians of several calls, taken in turns; what grows most comes first."""
    lines = []
    for path in many.paths.keys() & few.paths.keys():
        rounds = [({SECONDS: many.taken(path) * 1000}, {SECONDS: few.taken(path) * 1000}) for _ in range(times)]
        lines.append(line(Demand(f"{what} {path}", SECONDS, "ms", "<=", MOST), rounds))
    yield from sorted(lines, key=lambda one: -one.ratio)


def _ids(town: Town, run: MatchingRun) -> dict[str, str]:
    house, programme = town.house, town.programme.id
    first = house.matching.runs.proposals(run.id, 1, None).items[0]
    application = house.matching.applications.find(programme, 1, None).items[0]
    pair = next(iter(house.matching.pairs.store.find({"programme_id": programme}, limit=1).items))
    return {"programme_id": programme, "run_id": run.id, "proposal_id": first.id, "pair_id": pair.id,
            "application_id": application.id, "person_id": person_id("p1")}


def _gets(app: Flask) -> list[str]:
    document: dict[str, Any] = app.test_client().get("/v1/openapi.json").json or {}
    return [path for path, operations in document["paths"].items() if "get" in operations]
