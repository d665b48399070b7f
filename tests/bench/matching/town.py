"""An organisation of any size that runs a programme: everybody in the directory, two in five apply, one in five is
paired. Each stage is done by the real service on its embedded engines and timed by the processor."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time
from unittest.mock import patch

from services.matching.application.deciding import Asked
from services.matching.application.directory_files import Uploaded
from services.matching.application.funnels import Funnels
from services.matching.contracts.participants import Role
from services.matching.domain.decision import MOST
from services.matching.domain.directory_file import WALKING
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.verdict import Outcome
from shared.kernel.clock import SettableClock
from tests.unit.matching import house
from tests.unit.matching.house import MatchingHouse, as_csv

SKILLS = ("python", "sql", "sales", "leading", "writing", "finance", "german", "design", "law", "hiring")
GRADES = ("junior", "senior", "lead")


_A_LITTLE = timedelta(milliseconds=1)


class Passing(SettableClock):
    """Time passes a little whenever somebody looks: no two things happened at once."""

    def now(self) -> datetime:
        with self._lock:
            self._moment += _A_LITTLE
            return self._moment


@dataclass
class Town:
    """`seconds` by stage, of the processor; `people` in all; `run` once there is one."""

    folder: Path
    people: int
    seconds: dict[str, float] = field(default_factory=dict)
    run: MatchingRun = field(init=False)

    def __post_init__(self) -> None:
        with patch.object(house, "SettableClock", Passing):
            self.house = MatchingHouse(self.folder)
        self.programme: Programme = self.house.a_programme()

    @property
    def each(self) -> int:
        """Mentors, and mentees."""
        return self.people // 5

    def live(self) -> MatchingRun:
        """All of its stages; answers the run."""
        live_in_turns(self)
        return self.run

    def import_directory(self) -> None:
        """From a file: compared first, then applied, with all that is to be told of it. The file is a reading of its
        own, and not timed."""
        data = as_csv([self._person(number) for number in range(self.people)])
        files = self.house.matching.directory_files
        with self._timed("import"):
            file = files.check(Uploaded(data=data, full=True, mapping={}))
        self._walk(file.id)
        with self._timed("import"):
            files.apply(file.id, None)
        self._walk(file.id)
        assert self.house.matching.directory.size() == self.people

    def _walk(self, file_id: str) -> None:
        """To the end of what the worker does with a file; meanwhile another thread tells, or too much would wait."""
        files, clock, relay = self.house.matching.directory_files, self.house.clock, self.house.worker.relay
        while files.get(file_id).state in WALKING:
            with self._timed("import"):
                for _ in range(100):
                    files.walk.ring(file_id, clock.now())
            with self._timed("telling"):
                while relay.step():
                    pass

    def tell_of_everybody(self) -> None:
        """What is not told yet of each change to the audit log, and to the event log, where the service hears it."""
        with self._timed("telling"):
            self.house.settle()

    def _person(self, number: int) -> dict[str, str]:
        dice = random.Random(number)
        return {"id": f"p{number}", "name": f"Person {number}", "email": f"p{number}@example.org",
                "department": f"Unit {number % 50}", "location": f"Town {number % 20}",
                "grade": dice.choice(GRADES), "manager": f"p{number // 10}" if number else "",
                "other managers": "", "working days": "Mo; Tu; We; Th; Fr"}

    def apply(self) -> None:
        """Everybody sends what the form asks for."""
        applications = self.house.matching.applications
        with self._timed("applications"), self._funnel_apart():
            for number in range(2 * self.each):
                role = (Role.MENTOR, Role.MENTEE)[number % 2]
                one = applications.write(self.programme.id, person_id(f"p{number}"), role, self._answers(number, role))
                applications.submit(one.id)
            self.house.settle()

    def _answers(self, number: int, role: Role) -> dict[str, str]:
        dice = random.Random(-number)
        skills, grade = "; ".join(dice.sample(SKILLS, 3)), dice.choice(GRADES)
        if role is Role.MENTEE:
            return {"goals": skills, "languages": "en", "grade": grade}
        return {"skills": skills, "languages": "en", "grade": grade, "capacity": "1", "voluntary": "yes"}

    def decide(self) -> None:
        """All are approved, as many at once as may be."""
        deciding = self.house.matching.deciding
        ids = [one.id for one in self.house.matching.applications.store.each({})]
        with self._timed("decisions"), self._funnel_apart():
            for first in range(0, len(ids), MOST):
                asked = Asked(outcome=Outcome.APPROVE, application_ids=ids[first:first + MOST])
                deciding.decide(self.programme.id, asked, "carla")
            self.house.settle()

    def solve(self) -> MatchingRun:
        with self._timed("run"):
            self.run = self.house.a_proposed_run(self.programme)
        return self.run

    def publish(self) -> None:
        with self._timed("publishing"), self._funnel_apart():
            self.house.matching.runs.publish(self.run.id)
            self.house.settle()
        self.run = self.house.matching.runs.get(self.run.id)

    def count(self) -> None:
        """What the funnel has not counted yet."""
        with self._funnel_apart():
            self.house.pass_time(minutes=10)
        assert self.house.matching.funnels.of(self.programme.id).quiet

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begun = process_time()
        yield
        self._took(stage, begun)

    def _took(self, stage: str, begun: float) -> None:
        self.seconds[stage] = self.seconds.get(stage, 0.0) + process_time() - begun

    @contextmanager
    def _funnel_apart(self) -> Iterator[None]:
        """What the fold of the funnel takes of all that, by itself."""
        def timed(work: Callable[..., None]) -> Callable[..., None]:
            def done(*given: object, **named: object) -> None:
                begun = process_time()
                work(*given, **named)
                self._took("funnel", begun)
            return done
        with patch.object(Funnels, "reach", timed(Funnels.reach)), patch.object(Funnels, "ring", timed(Funnels.ring)):
            yield

    def close(self) -> None:
        self.house.close()


STAGES = (Town.import_directory, Town.tell_of_everybody, Town.apply, Town.decide, Town.solve, Town.publish, Town.count)
"""From the directory to the published pairs."""


def live_in_turns(*towns: Town) -> None:
    """Each stage of one town after that of the other: the pace of a machine changes while they live."""
    for stage in STAGES:
        for town in towns:
            stage(town)
