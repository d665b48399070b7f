"""Who knows whom through mentoring: decides whose name somebody may see."""

from collections.abc import Collection
from dataclasses import dataclass

from services.matching.application.applications import Applications
from services.matching.application.circles import Circles
from services.matching.application.pairs import Pairs
from services.matching.application.programmes import Programmes, people_in_charge
from services.matching.application.requests import Requests
from services.matching.application.steps import Steps
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.participant import application_id


@dataclass(frozen=True)
class Acquaintances:
    """Looks through pairs, participants, applications and programmes."""

    pairs: Pairs
    circles: Circles
    requests: Requests
    applications: Applications
    programmes: Programmes

    def partners(self, person_id: str) -> set[str]:
        """Everybody this person is or was in a pair with, or sits in a circle with."""
        in_pairs = {one for pair in self.pairs.of_person(person_id) for one in (pair.mentor_id, pair.mentee_id)}
        return in_pairs | {one.person_id for circle in self.circles.of_person(person_id) for one in circle.parties}

    def asking_each_other(self, person_id: str) -> set[str]:
        """Mentors whom this person named, and mentees who wait for this person's answer."""
        found = self.requests.of_person(person_id)
        return {one.mentee_id for one in found} | {
            choice.mentor_id for one in found if one.mentee_id == person_id for choice in one.choices}

    def may_be_asked_by(self, person_id: str, ids: list[str]) -> set[str]:
        """Which of these take part as mentors where this person may ask mentors now."""
        asking = [one for one in self.pairs.participants.active_as(person_id, Role.MENTEE)
                  if self.programmes.get(one.programme_id).takes_requests]
        found = self.pairs.participants.known(application_id(mentee.programme_id, one, Role.MENTOR)
                                        for mentee in asking for one in ids)
        return {one.person_id for one in found.values() if one.state is ParticipantState.ACTIVE}

    def in_charge_of(self, person_id: str) -> set[str]:
        """Those who look after the programmes that this person takes part in."""
        own = self.pairs.participants.programmes_of([person_id]).get(person_id, set())
        return {one for programme in self.programmes.store.get_many(sorted(own)) for one in people_in_charge(programme)}

    def asked_about(self, person_id: str) -> set[str]:
        """Whose applications this person is asked to endorse."""
        return {one.person_id for one in Steps(self.applications).waiting_of(person_id)}

    def looked_after_by(self, person_id: str, ids: list[str]) -> set[str]:
        """Which of these take part in a programme that this person looks after, applied or were asked there, were asked
        to endorse somebody there, or look after it too."""
        own = {one.id: one for one in self.programmes.coordinated_by(person_id)}
        if not own:
            return set()
        colleagues = {one for programme in own.values() for one in people_in_charge(programme)}
        taking_part = {one for one, there in self.pairs.participants.programmes_of(ids).items() if there & own.keys()}
        return colleagues | taking_part | self._applying(own, ids) | self._endorsing(own, ids)

    def _applying(self, programmes: Collection[str], ids: list[str]) -> set[str]:
        parts = ("person_id", "programme_id", "submitted_at", "asked_by")
        found = self.applications.store.parts({"person_id": {"$in": ids}}, parts)
        return {one for one, there, sent, asked in found if there in programmes and (sent or asked)}

    def _endorsing(self, programmes: Collection[str], ids: list[str]) -> set[str]:
        parts = ("endorsement.endorser_id", "programme_id")
        found = self.applications.store.parts({"endorsement.endorser_id": {"$in": ids}}, parts)
        return {one for one, there in found if there in programmes}
