"""Who is asked to apply, or had in mind: a list is read and checked first, then worked off 200 a tick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.application.applications import Applications
from services.matching.application.around import Around, CannotApply
from services.matching.application.people import People
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.chunk import CHUNK
from services.matching.domain.invitation import (
    DONE,
    MOST,
    AppliedBefore,
    AppliesAlready,
    AskedAlready,
    BadList,
    Entry,
    Invitation,
    InvitationState,
    SaidNo,
    Step,
    Unread,
)
from services.matching.domain.participant import application_id
from services.matching.domain.programme import NoApplications, NotOpen
from services.matching.domain.quota import Quota
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy
from shared.kernel.points import reached
from shared.store.repository import Repository

REFUSALS = (CannotApply, AskedAlready, AppliesAlready, AppliedBefore, SaidNo)
Names = dict[Role, list[str]]
"""Lines of a list by role, each a mail address or a whole name."""


@dataclass(frozen=True)
class Inviting:
    """What coordinators may do to win people for a programme."""

    store: Repository[Invitation]
    applications: Applications
    quota: Quota
    clock: Clock

    def check(self, programme_id: str, step: Step, names: Names) -> Invitation:
        """Reads the list and says who could be asked; nobody is asked yet. Raises NotOpen, NoApplications, BadList,
        QuotaReached: whoever may check any number of lists learns who is in the directory."""
        invitation_id = self.store.id_for_new()
        self._require(programme_id, step)
        self.quota.require_room(self.store.count(self.quota.counted(programme_id, self.clock.now())))
        count = sum(len(lines) for lines in names.values())
        if not 1 <= count <= MOST:
            raise BadList(f"a list names 1 to {MOST} people")
        found = [one for role, lines in names.items() for one in read(self.people, role, lines)]
        entries = dict.fromkeys(one for one in found if isinstance(one, Entry))
        return self.store.add(Invitation(
            id=invitation_id, programme_id=programme_id, step=step, created_at=self.clock.now(),
            entries=tuple(self._doubted(programme_id, step, [*entries])),
            unread=tuple(one for one in found if isinstance(one, Unread))))

    def get(self, invitation_id: str) -> Invitation:
        """Raises NotFound."""
        return self.store.get(invitation_id)

    def start(self, invitation_id: str) -> Invitation:
        """The worker does the rest. Raises NotOpen, NoApplications, InvitationStarted, BadList."""
        def decide(one: Invitation) -> None:
            self._require(one.programme_id, one.step)
            one.start(self.clock.now())
        return self.store.change(invitation_id, decide)

    def ring(self, invitation_id: str, now: datetime) -> None:
        """What the worker does when the timer of an invitation is due: the next ones."""
        job = self.store.change(invitation_id, lambda one: one.tick(now))
        if job.state is InvitationState.RUNNING:
            results = self._results(job)
            reached("job-between-rows-and-cursor")
            self.store.change(invitation_id, lambda one: one.move_on(len(job.results), results))

    def _results(self, job: Invitation) -> list[str]:
        try:
            self._require(job.programme_id, job.step)
        except (NoApplications, NotOpen) as over:
            return [self._asked(job, one) or over.code for one in job.next_entries]
        return [self.ask(Application.begin(job.programme_id, one.person_id, one.role), job.step, by=job.id)
                for one in job.next_entries]

    def _asked(self, job: Invitation, entry: Entry) -> str:
        """Whoever was asked before a crash, and before the programme took nobody any more."""
        named = application_id(job.programme_id, entry.person_id, entry.role)
        return next((DONE for one in self.applications.store.get_many([named]) if one.asked_by == job.id), "")

    def ask(self, fresh: Application, step: Step, by: str, code: str | None = None) -> str:
        """DONE, or the code of why not. With the `code` of a campaign nobody is asked who said no before. `by` is the
        job that asks: whoever it asked before a crash counts as asked."""
        try:
            self._ask(fresh, step, by, code)
        except REFUSALS as refused:
            return refused.code
        return DONE

    def _ask(self, fresh: Application, step: Step, by: str, code: str | None) -> None:
        def take(one: Application) -> None:
            if step is Step.NOMINATE:
                one.nominate(self.clock.now())
            else:
                one.invite(self.clock.now(), code)
            one.asked_by = by

        def decide(one: Application) -> None:
            if one.asked_by != by:
                one.require_unasked(step, self.applications.was_in(one))
                if code:
                    one.require_no_no()
                take(one)
        if self.applications.store.exists(fresh.id):
            self.applications.store.change(fresh.id, decide)
            return
        self.applications.was_in(fresh)
        take(fresh)
        try:
            self.applications.store.add(fresh)
        except AlreadyExists:
            raise Busy(f"application {fresh.id} is begun at the same time: try again") from None

    def _doubted(self, programme_id: str, step: Step, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Each with why they could not be asked, read 200 at once."""
        for start in range(0, len(entries), CHUNK):
            chunk = entries[start:start + CHUNK]
            fresh = [Application.begin(programme_id, one.person_id, one.role) for one in chunk]
            around = self.applications.around(fresh)
            stored = {one.id: one for one in self.applications.store.get_many([one.id for one in fresh])}
            for entry, one in zip(chunk, fresh, strict=True):
                yield replace(entry, doubt=_doubt(step, around, one, stored.get(one.id)))

    def _require(self, programme_id: str, step: Step) -> None:
        programme = self.applications.programmes.get(programme_id)
        if step is Step.INVITE:
            programme.require_applications(self.clock.now())
        programme.require_open()

    @property
    def people(self) -> People:
        """Who can be asked."""
        return self.applications.people


def _doubt(step: Step, around: Around, fresh: Application, stored: Application | None) -> str:
    try:
        was_in = around.was_in(fresh)
        if stored:
            stored.require_unasked(step, was_in)
    except REFUSALS as refused:
        return refused.code
    return ""


def read(people: People, role: Role, lines: Sequence[str]) -> Iterator[Entry | Unread]:
    """Whom each line means; empty ones mean nothing."""
    texts = [" ".join(line.split()) for line in lines]
    asked = sorted({*texts} - {""})
    called = {text: found for start in range(0, len(asked), CHUNK)
              for text, found in people.called(asked[start:start + CHUNK]).items()}
    for number, text in enumerate(texts, start=1):
        found = called.get(text, [])
        if len(found) == 1:
            yield Entry(role, found[0].id)
        elif text:
            yield Unread(role, number, "ambiguous" if found else "unknown")
