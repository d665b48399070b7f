"""What each list and document of the API that pages are made of takes to answer, for the office."""

import re
from statistics import median
from time import process_time
from typing import Any

from flask import Flask

from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import person_id
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from tests.bench.matching.town import Town
from tests.unit.surveys.calling import PUBLIC_KEY, Caller

TIMES = 15
JOBS = "/v1/directory/files/{file_id}/lines", "/v1/audit/export"
"""Downloads and what is read from an upload grow with what is asked for."""


def answered(town: Town, run: MatchingRun) -> dict[str, float]:
    """Seconds of the processor by path, the median of several calls, of all that answers the office with 200."""
    app = make_app(town.house.matching, Settings(token_key=PUBLIC_KEY), town.house.backbone)
    office, ids = Caller(app, "carla", ("programme-office", "auditor")), _ids(town, run)
    found = {}
    for path in _gets(app):
        names = re.findall(r"{(\w+)}", path)
        if all(name in ids for name in names) and path not in JOBS:
            called = path.format_map(ids).removeprefix("/v1")
            if office.get(called).status_code == 200:
                found[path] = median(_taken(office, called) for _ in range(TIMES))
    return found


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


def _taken(caller: Caller, path: str) -> float:
    begun = process_time()
    caller.get(path)
    return process_time() - begun
