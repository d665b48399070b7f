"""Who takes part, in which role, with how much room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from services.matching.application.people import People, batches
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.application import Application
from services.matching.domain.candidate_rows import ATTENDEE, Attendee
from services.matching.domain.participant import NotTakingPart, Participant, application_id
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, NotFound
from shared.kernel.events import Cause
from shared.store.documents import EVER
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Participants:
    """What may be done about taking part."""

    store: Repository[Participant]
    people: People
    clock: Clock

    def get(self, participant_id: str) -> Participant:
        """Raises NotFound."""
        return self.store.get(participant_id)

    def pause(self, participant_id: str) -> Participant:
        """No new pairs for a while; those that exist go on."""
        return self.store.change(participant_id, lambda one: one.pause(self.clock.now()))

    def resume(self, participant_id: str) -> Participant:
        """Open for new pairs again, a leave or not."""
        away = bool(self.people.away(self.get(participant_id).person_id))
        return self.store.change(participant_id, lambda one: one.resume(self.clock.now(), away))

    def make_room(self, participant_id: str, capacity: int, if_version: int | None) -> Participant:
        """So many pairs at once; those that exist go on."""
        return self.store.change(participant_id, lambda one: one.make_room(capacity, self.clock.now()),
                                 if_version=if_version)

    def of_person(self, person_id: str) -> list[Participant]:
        """Where this person takes part, breaks included."""
        return [one for one in self.store.each({"person_id": person_id}) if one.state is not ParticipantState.LEFT]

    def admit(self, application: Application, cause: Cause | None) -> None:
        """Makes the participant of an approved application, or brings back a former one."""
        now = self.clock.now()
        try:
            self.store.add(application.admitted(now), cause=cause)
        except AlreadyExists:
            self.store.change(application.id, lambda one: one.apply_again(application.admitted(now), now), cause=cause)

    def let_go(self, participant_id: str) -> None:
        """Whoever takes part by an application that was withdrawn does not any more."""
        one = self.known([participant_id]).get(participant_id)
        if one and one.by_application:
            self.store.change(participant_id, lambda participant: participant.leave(self.clock.now()))

    def wait_no_more(self, participant_id: str, cause: Cause | None = None) -> None:
        """A mentee has a mentor."""
        self.store.change(participant_id, Participant.wait_no_more, cause=cause)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None, role: Role | None = None,
             state: ParticipantState | None = None) -> Found[Participant]:
        """A page of those of a programme."""
        asked = {"role": role, "state": state}
        where = {"programme_id": programme_id, **{name: value for name, value in asked.items() if value}}
        return self.store.find(where, limit=limit, after=after)

    def taking_part(self, programme_id: str, person_id: str, role: Role) -> Participant:
        """The participant who may be paired: nobody who has left, though that may not have been followed here yet.
        Raises NotTakingPart."""
        try:
            participant = self.store.get(application_id(programme_id, person_id, role))
        except NotFound:
            raise NotTakingPart(f"{person_id} is no {role} of this programme") from None
        participant.require_active()
        if self.people.gone([person_id]):
            raise NotTakingPart(f"{person_id} has left")
        return participant

    def active(self, programme_id: str, role: Role) -> list[Participant]:
        """All who may be matched in this role."""
        where = {"programme_id": programme_id, "role": role, "state": ParticipantState.ACTIVE}
        return list(self.store.each(where))

    def attending(self, programme_id: str, role: Role) -> list[Attendee]:
        """Those who are active, with what matching goes by only, by id."""
        return self._attending({"programme_id": programme_id, "role": role})

    def attending_of(self, ids: Iterable[str]) -> list[Attendee]:
        """Those of these who are active, likewise."""
        return [one for batch in batches(sorted(set(ids))) for one in self._attending({"_id": {"$in": list(batch)}})]

    def _attending(self, where: dict[str, Any]) -> list[Attendee]:
        found = self.store.parts({**where, "state": ParticipantState.ACTIVE}, ATTENDEE)
        return sorted(map(Attendee._make, found), key=attrgetter("id"))

    def active_as(self, person_id: str, role: Role) -> list[Participant]:
        """Where this person may be matched in this role."""
        where = {"person_id": person_id, "role": role, "state": ParticipantState.ACTIVE}
        return list(self.store.each(where))

    def has_part(self, person_id: str, role: Role) -> bool:
        """Somewhere, also while paused."""
        return any(one.state is not ParticipantState.LEFT for one in self.store.each(
            {"person_id": person_id, "role": role}))

    def known(self, ids: Iterable[str]) -> dict[str, Participant]:
        """Those of these who exist, by id."""
        return {one.id: one for batch in batches(sorted(set(ids))) for one in self.store.get_many(batch)}

    def taken_out(self, programme_id: str, role: Role, person_ids: Iterable[str]) -> dict[str, datetime]:
        """Those of these people whom a coordinator took out there, and when."""
        where = {"programme_id": programme_id, "role": role, "state": ParticipantState.LEFT, "taken_out_at": EVER}
        return {one.person_id: one.taken_out_at for batch in batches(sorted(set(person_ids)))
                for one in self.store.each({**where, "person_id": {"$in": list(batch)}}) if one.taken_out_at}

    def programmes_of(self, person_ids: list[str]) -> dict[str, set[str]]:
        """For each person the programmes they take or took part in."""
        found: dict[str, set[str]] = {}
        for one in self.store.each({"person_id": {"$in": person_ids}}):
            found.setdefault(one.person_id, set()).add(one.programme_id)
        return found

    def be_away(self, person_id: str, away: bool, cause: Cause | None = None) -> None:
        """Somebody is on leave, or is not: no new pairs meanwhile."""
        for one in list(self.store.each({"person_id": person_id})):
            self.store.change(one.id, lambda participant: participant.be_away(away, self.clock.now()), cause=cause)

    def has_ended(self, person_id: str) -> bool:
        """Whether this person takes part in nothing any more."""
        return all(one.state is ParticipantState.LEFT for one in self.store.each({"person_id": person_id}))

    def end(self, person_id: str, cause: Cause | None = None) -> None:
        """Somebody left the organisation: they take part in nothing any more."""
        for one in list(self.store.each({"person_id": person_id})):
            self.store.change(one.id, lambda participant: participant.leave(self.clock.now()), cause=cause)
