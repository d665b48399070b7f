"""Mentors who are asked to go on, what they answer, and how many stay."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from services.matching.application.applications import Applications
from services.matching.application.people import batches
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.renewals import RenewalAnswer
from services.matching.domain.answering import Answers
from services.matching.domain.application import ANSWERED_YES, UNDER_WAY
from services.matching.domain.participant import application_id
from services.matching.domain.renewal import Renewal, Said, renewal_id
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.events import Cause
from shared.store.documents import EVER
from shared.store.repository import Repository


@dataclass(frozen=True)
class Renewals:
    """All of it may be asked for twice."""

    store: Repository[Renewal]
    applications: Applications
    clock: Clock

    def ask(self, programme_id: str, person_id: str, cause: Cause) -> None:
        """Once a programme; not while another pair or a circle of this mentor goes on there, nor whoever has left."""
        pairs = self.applications.pairs
        under_way = pairs.seating.in_circle(programme_id, person_id, Role.MENTOR) or any(
            (one.programme_id, one.mentor_id) == (programme_id, person_id) for one in pairs.unfinished_of(person_id))
        if not under_way and self._takes_part(programme_id, person_id) and self.applications.is_here(person_id):
            with suppress(AlreadyExists):
                self.store.add(Renewal.ask(programme_id, person_id, self.clock.now()), cause=cause)

    def get(self, programme_id: str, person_id: str) -> Renewal:
        """Raises NotFound for whoever was not asked."""
        return self.store.get(renewal_id(programme_id, person_id))

    def waiting_of(self, person_id: str) -> list[Renewal]:
        """What they have not answered yet."""
        return [one for one in self.store.each({"person_id": person_id}) if one.answer is None]

    def decide(self, programme_id: str, person_id: str, said: Said) -> Renewal:
        """Raises NotFound for whoever was not asked, RenewalDecided, BadAnswers, BadCapacity."""
        form = self.applications.programmes.get(programme_id).form
        capacity = self.capacity_of(programme_id, person_id)
        return self.store.change(renewal_id(programme_id, person_id),
                                 lambda one: one.decide(said, form, capacity, self.clock.now()))

    def capacity_of(self, programme_id: str, person_id: str) -> int:
        """The room they had so far."""
        with suppress(NotFound):
            return self.applications.participants.get(application_id(programme_id, person_id, Role.MENTOR)).capacity
        return 0

    def follow(self, its: str, answer: RenewalAnswer, capacity: int | None, cause: Cause) -> None:
        """What the answer changes for the participant."""
        now, participants = self.clock.now(), self.applications.participants
        away = bool(participants.people.away(participants.get(its).person_id))
        changes = {RenewalAnswer.STAY: lambda one: one.go_on(capacity, now, away),
                   RenewalAnswer.PAUSE: lambda one: one.take_a_break(now),
                   RenewalAnswer.LEAVE: lambda one: one.leave(now)}
        participants.store.change(its, changes[answer], cause=cause)

    def answers(self, programme_id: str) -> list[Answers]:
        """What moves and hinders those who answered, in the order in which they did."""
        given = self.store.each({"programme_id": programme_id, "answered_at": EVER}, "answered_at")
        return [{"drivers": ";".join(one.drivers), "hurdles": ";".join(one.hurdles)} for one in given]

    def stays(self, programme_id: str) -> list[bool]:
        """Of all mentors who were asked, in that order: who stays, or takes part or applied as a mentor in the next
        cohort."""
        asked = list(self.store.each({"programme_id": programme_id}, "asked_at"))
        people = sorted({one.person_id for one in asked})
        come = {one for following in self.applications.programmes.store.each({"succeeds": programme_id})
                for some in batches(people) for one in self._coming(following.id, some)}
        return [one.answer is RenewalAnswer.STAY or one.person_id in come for one in asked]

    def forget(self, person_id: str) -> int:
        """How many there were."""
        ids = [one.id for one in self.store.each({"person_id": person_id})]
        for one in ids:
            self.store.change(one, Renewal.forget)
        return len(ids)

    def _takes_part(self, programme_id: str, person_id: str) -> bool:
        its = application_id(programme_id, person_id, Role.MENTOR)
        one = self.applications.participants.known([its]).get(its)
        return one is not None and one.state is not ParticipantState.LEFT

    def _coming(self, programme_id: str, people: Sequence[str]) -> Iterator[str]:
        """Those of these who take part or applied as mentors."""
        ids = {application_id(programme_id, one, Role.MENTOR): one for one in people}
        known, applied = self.applications.participants.known(ids).values(), self.applications.store.get_many([*ids])
        yield from (ids[one.id] for one in known if one.state is not ParticipantState.LEFT)
        yield from (ids[one.id] for one in applied if one.state in (*UNDER_WAY, *ANSWERED_YES))
