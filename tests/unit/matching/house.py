"""The whole service on the embedded engines, with a clock that stands until it is moved."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from services.community.contracts.training import TrainingCompleted
from services.matching import bootstrap
from services.matching.contracts.catalogue import TOPICS as OWN
from services.matching.contracts.participants import Role
from services.matching.domain.import_job import Import
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import Pair
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.entrypoints.events import HANDLERS, TOPICS
from services.matching.settings import Settings
from services.surveys.contracts.goals import GoalDrafted
from services.surveys.contracts.journeys import AgreementTermsSet
from shared.kernel.clock import SettableClock
from shared.kernel.events import Event
from shared.kernel.ids import new_id
from shared.messaging.log import Topic
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from shared.runtime.worker import Worker
from tests.unit.surveys.world import World

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
COORDINATOR = "carla"

MENTORS = [
    {"id": "m1", "name": "Mia Torres", "email": "mia@example.org", "manager": "boss", "skills": "python; leading",
     "languages": "en", "grade": "lead", "capacity": "2", "department": "Sales"},
    {"id": "m2", "name": "Mo Becker", "email": "mo@example.org", "manager": "chief", "skills": "sales",
     "languages": "en;de", "grade": "senior", "capacity": "1"},
]
MENTEES = [
    {"id": "e1", "name": "Eva Lund", "email": "eva@example.org", "manager": "x1", "goals": "python",
     "languages": "en", "grade": "junior", "wishes": "m1"},
    {"id": "e2", "name": "Eli Novak", "email": "eli@example.org", "manager": "x2", "goals": "sales;python",
     "languages": "en", "grade": "junior"},
    {"id": "e3", "name": "Ela Ito", "email": "ela@example.org", "manager": "x3", "goals": "leading",
     "languages": "en", "grade": "junior", "wishes": "m2"},
]


def as_csv(rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


class MatchingHouse:
    """`settle` does all that is due; `told` lists what was published about something."""

    def __init__(self, folder: Path, store_url: str = "", **settings: Any) -> None:
        self.clock = SettableClock(MONDAY)
        known = {one.name for one in OWN}
        self.world = World(folder, self.clock, (*OWN, *(Topic(name) for name in TOPICS if name not in known)))
        self.log = self.world.log
        store = open_store(store_url or f"sqlite:{folder}?synchronous=NORMAL&min_free=0", "matching")
        self.backbone = Backbone("matching", store, self.log, self.clock)
        self.settings = Settings(**settings)
        self.matching = bootstrap.build(self.settings, self.backbone)
        self.worker = self.a_worker()

    def a_worker(self, backbone: Backbone | None = None) -> Worker:
        """Of this process, or of another one that has its own way to the store."""
        matching = bootstrap.build(self.settings, backbone) if backbone else self.matching
        handlers = {name: partial(handler, matching) for name, handler in HANDLERS.items()}
        return Worker(backbone or self.backbone, handlers, TOPICS, bootstrap.ticking(matching))

    def settle(self) -> None:
        self.worker.settle()
        assert not [parked.error for parked in self.worker.dead_letters.waiting()]
        assert not self.worker.clock.pauses

    def pass_time(self, **delta: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**delta))
        self.settle()

    def a_programme(self, *, undo_minutes: int = 0, coordinator: str = COORDINATOR,
                    template: str = "career-development", **settings: Any) -> Programme:
        draft = self.matching.programmes.draft(template, "Rising", date(2027, 3, 1), coordinator)
        self.matching.programmes.change(draft.id, {"undo_minutes": undo_minutes, **settings}, None)
        programme = self.matching.programmes.open(draft.id)
        self.settle()
        return programme

    def bring(self, programme: Programme, role: Role, data: bytes | list[dict[str, str]]) -> Import:
        file = as_csv(data) if isinstance(data, list) else data
        job = self.matching.imports.check(programme.id, role, file)
        self.matching.imports.start(job.id)
        self.settle()
        return self.matching.imports.get(job.id)

    def a_full_programme(self, mentors: list[dict[str, str]] = MENTORS, mentees: list[dict[str, str]] = MENTEES,
                         **settings: Any) -> Programme:
        programme = self.a_programme(**settings)
        self.bring(programme, Role.MENTOR, mentors)
        self.bring(programme, Role.MENTEE, mentees)
        return programme

    def a_proposed_run(self, programme: Programme) -> MatchingRun:
        run = self.matching.runs.queue(programme.id)
        self.settle()
        return self.matching.runs.get(run.id)

    def a_published_run(self, programme: Programme) -> MatchingRun:
        run = self.a_proposed_run(programme)
        self.matching.runs.publish(run.id)
        self.settle()
        return self.matching.runs.get(run.id)

    def pairs(self, programme: Programme) -> list[Pair]:
        return list(self.matching.pairs.store.each({"programme_id": programme.id}))

    def pair_of(self, programme: Programme, mentee: str) -> Pair:
        [found] = [pair for pair in self.pairs(programme) if pair.mentee_id == person_id(mentee)]
        return found

    def pass_gates(self, pair: Pair, *, goal: bool = True) -> None:
        """Training by both, terms, a goal: told by the other services."""
        for person in (pair.mentor_id, pair.mentee_id):
            self.tell(TrainingCompleted(assignment_id=new_id(), person_id=person, programme_id=pair.programme_id,
                                        pair_id=pair.id, module="joint-kick-off", due_on="2027-03-08"))
        self.tell(AgreementTermsSet(journey_id="j", pair_id=pair.id, programme_id=pair.programme_id,
                                    set_by=pair.mentee_id, meetings_every_days=14, ends_on="2027-09-01"))
        if goal:
            self.tell(GoalDrafted(goal_id=new_id(), journey_id="j", pair_id=pair.id, programme_id=pair.programme_id,
                                  person_id=pair.mentee_id, role="mentee"))

    def tell(self, event: Event) -> None:
        """As another service would."""
        self.world.tell(event)
        self.settle()

    def told(self, topic: str) -> list[str]:
        """The types on a topic, without the frame, in order."""
        return [one.type.removeprefix("mentoring.").removesuffix(".v1") for one in self.world.heard(topic)]

    def close(self) -> None:
        self.worker.stop()
        self.backbone.close()
        self.log.close()
