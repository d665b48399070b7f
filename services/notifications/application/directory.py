"""Copies of programmes, pairs, circles and assignments: what letters name and what callers are judged by."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from services.notifications.domain.copies import Assignment, Circle, Pair, Programme
from shared.kernel.errors import NotFound
from shared.kernel.events import Cause
from shared.store.projection import Projection

Row = TypeVar("Row", Programme, Pair, Circle, Assignment)


@dataclass(frozen=True)
class Directory:
    """Everything notifications knows of other services' entities but people."""

    programmes: Projection
    pairs: Projection
    circles: Projection
    assignments: Projection
    caught_up_at: Callable[[], datetime | None]

    def keep_programme(self, programme: Programme, cause: Cause) -> None:
        self.programmes.put(programme.programme_id, _listed(programme), cause)

    def keep_pair(self, pair: Pair, cause: Cause) -> None:
        self.pairs.put(pair.pair_id, asdict(pair), cause)

    def keep_circle(self, circle: Circle, cause: Cause) -> None:
        self.circles.put(circle.circle_id, {**asdict(circle), "parties": [list(one) for one in circle.parties]}, cause)

    def keep_assignment(self, assignment: Assignment, cause: Cause) -> None:
        self.assignments.put(assignment.assignment_id, asdict(assignment), cause)

    def programme(self, id: str) -> Programme:
        """Raises NotFound."""
        row = _found(self.programmes, id)
        routes = {queue: tuple(ids) for queue, ids in row.get("routes", {}).items()}
        return Programme(**{**_row(Programme, row), "coordinator_ids": tuple(row["coordinator_ids"]),
                            "routes": routes})

    def pair(self, id: str) -> Pair:
        """Raises NotFound."""
        return Pair(**_row(Pair, _found(self.pairs, id)))

    def circle(self, id: str) -> Circle:
        """Raises NotFound."""
        row = _found(self.circles, id)
        return Circle(**{**_row(Circle, row), "parties": tuple((one, role) for one, role in row["parties"])})

    def relationship(self, id: str) -> Pair | Circle:
        """Raises NotFound."""
        return self.circle(id) if self.circles.get(id) else self.pair(id)

    def assignment(self, pair_id: str, person_id: str | None) -> Assignment | None:
        """The training of one side of a pair; None while nobody has assigned one."""
        rows = self.assignments.find({"pair_id": pair_id, "person_id": person_id}, limit=1)
        return Assignment(**_row(Assignment, rows[0])) if rows else None


def _listed(programme: Programme) -> dict[str, Any]:
    routes = {queue: list(ids) for queue, ids in programme.routes.items()}
    return {**asdict(programme), "coordinator_ids": list(programme.coordinator_ids), "routes": routes}


def _row(kind: type[Row], document: dict[str, Any]) -> dict[str, Any]:
    """What an earlier release kept lacks what came later, and that has a default."""
    return {field.name: document[field.name] for field in fields(kind) if field.name in document}


def _found(rows: Projection, id: str) -> dict[str, Any]:
    row = rows.get(id)
    if row is None:
        raise NotFound(f"no {rows.documents.name} {id}")
    return row
