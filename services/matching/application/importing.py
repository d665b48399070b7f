"""Makes people and participants of a chunk of rows. What is there already is changed only where it differs,
and where the directory has no word of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.matching.application.erased_names import ErasedNames
from services.matching.application.participants import Participants
from services.matching.application.people import BATCH, People
from services.matching.application.programmes import Programmes
from services.matching.domain.columns import Field
from services.matching.domain.directory import Details
from services.matching.domain.filling import Ids, differing, filled, merged
from services.matching.domain.import_job import Import, Noticed, TakenOut
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.person import Person, folded
from services.matching.domain.plan import Plan
from services.matching.domain.row import Row, RowError
from services.matching.domain.sheet import Line
from shared.kernel.clock import Clock

ADDED, CHANGED, UNCHANGED, LEFT_OUT = "added", "changed", "unchanged", "left_out"


@dataclass(frozen=True)
class Importing:
    """Belongs to the worker. Ids come from the rows, so a crash at any point repeats rows."""

    people: People
    participants: Participants
    programmes: Programmes
    erased: ErasedNames
    clock: Clock

    def noticed(self, job: Import, rows: list[Row]) -> Noticed:
        """Where these lines contradict the directory, which keeps its word, and who of them was taken out."""
        batches = [rows[at:at + BATCH] for at in range(0, len(rows), BATCH)]
        return Noticed([one for batch in batches for one in self._differing(batch)],
                       [one for batch in batches for one in self._taken_out(job, batch)])

    def _taken_out(self, job: Import, rows: list[Row]) -> Iterator[TakenOut]:
        ids = self.people.ids_of(row.directory_id for row in rows)
        gone = self.participants.taken_out(job.programme_id, job.role, ids.values())
        for row in rows:
            if at := gone.get(ids[row.directory_id]):
                yield TakenOut(row.line, at)

    def _differing(self, rows: list[Row]) -> Iterator[RowError]:
        told = self.people.told_of(row.directory_id for row in rows)
        rows = [row for row in rows if row.directory_id in told]
        ids = self.people.ids_of(row.get(Field.MANAGER) for row in rows)
        for row in rows:
            yield from differing(told[row.directory_id], row, ids)

    def bring_in(self, job: Import, lines: list[Line]) -> list[str]:
        """What became of each line, in order. A line that names nobody was erased."""
        bad = set(job.left_out)
        plan = self.programmes.get(job.programme_id).plan
        rows = [Row(line.number, line.cells, job.mapping) for line in lines if line.number not in bad]
        erased = self.erased.in_lines(rows, self.people)
        rows = [row for row in rows if row.directory_id and row.names.isdisjoint(erased)]
        stay_out = set() if job.bring_back else {one.line for one in self._taken_out(job, rows)}
        rows = [row for row in rows if row.line not in stay_out]
        ids = self._ids(rows)
        gone, moved = self._bring_people(rows, plan, ids)
        rows = [row for row in rows if ids[row.directory_id] not in gone]
        became = self._bring_participants(job, rows, ids)
        became |= {line: CHANGED for line in moved if became.get(line) == UNCHANGED}
        return [became.get(line.number, LEFT_OUT) for line in lines]

    def _ids(self, rows: list[Row]) -> Ids:
        """Managers who were erased have none."""
        managers = {folded(row.get(Field.MANAGER)) for row in rows}
        known = managers - self.erased.nobodys(managers, self.people)
        return self.people.ids_of([*known, *(row.directory_id for row in rows)])

    def _bring_people(self, rows: list[Row], plan: Plan, ids: Ids) -> tuple[set[str], set[int]]:
        """Ids of those who have left the organisation, and lines that changed what was known of somebody."""
        now, gone, moved = self.clock.now(), set[str](), set[int]()
        known = self.people.known(ids[row.directory_id] for row in rows)
        fresh = [Person.add(row.directory_id, _new(row, plan, ids), now, id=ids[row.directory_id]) for row in rows
                 if ids[row.directory_id] not in known]
        self.people.store.add_many(fresh)
        for row in rows:
            if person := known.get(ids[row.directory_id]):
                self._update(person, row, ids, gone, moved)
        return gone, moved

    def _update(self, person: Person, row: Row, ids: Ids, gone: set[str], moved: set[int]) -> None:
        if person.has_left:
            gone.add(person.id)
        elif filled(person, row, ids) != person.details:
            self.people.store.change(person.id, lambda one: self._fill(one, row, ids))
            moved.add(row.line)

    def _fill(self, person: Person, row: Row, ids: Ids) -> None:
        """Unless somebody else is meant, since the directory has given the person another name meanwhile."""
        if person.directory_id == row.directory_id:
            person.change(filled(person, row, ids), self.clock.now())

    def _bring_participants(self, job: Import, rows: list[Row], ids: Ids) -> dict[int, str]:
        def application(row: Row) -> str:
            return application_id(job.programme_id, ids[row.directory_id], job.role)
        known = self.participants.known(map(application, rows))
        fresh = [row for row in rows if application(row) not in known]
        self.participants.store.add_many([self._approved(job, row, ids) for row in fresh])
        became = {row.line: ADDED for row in fresh}
        return became | {row.line: self._again(job, row, known[application(row)]) for row in rows
                         if row.line not in became}

    def _approved(self, job: Import, row: Row, ids: Ids) -> Participant:
        participant = Participant.approve(job.programme_id, ids[row.directory_id], job.role, row.capacity,
                                          row.answers(), self.clock.now())
        participant.added_by = job.id
        return participant

    def _again(self, job: Import, row: Row, before: Participant) -> str:
        """An answer that this import gave already, before a crash, counts as what it was then."""
        if not before.differs(row.capacity, row.answers()):
            return ADDED if before.added_by == job.id else CHANGED if before.changed_by == job.id else UNCHANGED
        self.participants.store.change(before.id, lambda one: one.answer(
            row.capacity, row.answers(), job.id, self.clock.now()))
        return CHANGED


def _new(row: Row, plan: Plan, ids: Ids) -> Details:
    return merged(Details(name=row.name, email=row.email, language=plan.language, time_zone=plan.time_zone), row, ids)
