"""Lists read what they show and no more, however many there are."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shared.sqlite.database import Database
from tests.bench.matching.routes import Asked
from tests.bench.matching.town import Town

NARROWED = ("participants?role=mentor", "participants?role=mentee&state=active", "pairs?state=active",
            "applications?state=submitted", "applications?state=waiting", "requests?state=open",
            "participants?q=person+1", "participants?q=1+person&alone=true", "pairs?q=person+1&state=active",
            "applications?q=person+1", "requests?q=person+1", "pairs?q=nobody+else",
            "applications?state=approved&role=mentor&order=score", "applications?state=approved&role=mentor")
OF_THE_RUN = ("proposals?q=person+1", "proposals?q=person&order=weakest", "unmatched?q=person+1")

OF_PEOPLE = ("person_id", "'$.asked_id') IN", "'$.mentor_id') IN", "'$.mentee_id') IN")
"""What is read of the few on a page, each of whom has few of all: sorting those costs nothing."""


@pytest.mark.slow
def test_no_list_is_read_through_or_sorted_to_show_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: dict[str, list[str]] = {}
    read = Database.all

    def explained(database: Database, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if "LIMIT" in sql:
            plans[sql] = [row[3] for row in read(database, f"EXPLAIN QUERY PLAN {sql}", values)]
        return read(database, sql, values)

    with closing(Town(tmp_path, 50)) as town:
        asked = Asked(town, town.live())
        paths = [*asked.paths.values(), *(f"/programmes/{town.programme.id}/{one}" for one in NARROWED),
                 *(f"/runs/{asked.run.id}/{one}" for one in OF_THE_RUN)]
        monkeypatch.setattr(Database, "all", explained)
        assert all(asked.office.get(path).status_code == 200 for path in paths)

    assert len(plans) > 20
    of_programmes = {sql: plan for sql, plan in plans.items() if not any(one in sql for one in OF_PEOPLE)}
    slow = {sql: plan for sql, plan in of_programmes.items()
            if any("TEMP B-TREE" in step or (step.startswith("SCAN") and "USING INDEX" not in step) for step in plan)}
    assert not slow, "\n".join(f"{sql}: {plan}" for sql, plan in slow.items())
