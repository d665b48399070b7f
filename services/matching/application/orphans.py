"""Rows of a file whose job never came: the upload broke off between the two."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from services.matching.application.people import batches
from services.matching.domain.chunk import RowsOfJob
from shared.store.repository import Repository

C = TypeVar("C", bound=RowsOfJob)


@dataclass(frozen=True)
class Orphans(Generic[C]):
    """`store` has the rows of all jobs."""

    store: Repository[C]
    jobs: Repository[Any]

    def ring(self, chunk_id: str, now: datetime) -> None:
        """What the worker does when rows have waited long enough: those without a job go."""
        if self.jobs.exists(self.store.get(chunk_id).job_id):
            self.store.change(chunk_id, lambda one: one.tick(now))
        else:
            self.store.delete(chunk_id)

    def forget(self, names: set[str]) -> int:
        """Takes somebody out of rows without a job; answers how many chunks held them. An upload that is under way now
        may be among these: it loses these rows alone."""
        found = [one.id for one in self.store.get_many(self._alone()) if one.names_any(names)]
        for one in found:
            self.store.change(one, partial(RowsOfJob.leave_out, names=names))
        return len(found)

    def _alone(self) -> list[str]:
        """Ids of rows without a job."""
        jobs = dict(self.store.parts({}, ["_id", self.store.kind.job_field]))
        there = {one for batch in batches(sorted({*jobs.values()}))
                 for one, in self.jobs.parts({"_id": {"$in": list(batch)}}, ["_id"])}
        return [one for one, job in jobs.items() if job not in there]
