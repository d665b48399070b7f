"""Whom a mentee may ask: mentors with room for one more, so that a popular one is not asked by everybody."""

from dataclasses import dataclass

from services.matching.application.requests import Requests
from services.matching.application.runs import Runs
from services.matching.contracts.participants import Role
from services.matching.domain.offer import Offer, Wanted
from services.matching.domain.participant import Participant
from services.matching.domain.programme import Programme
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.under_way import LIVE

MOST_OFFERS = 50
"""So many mentors are shown to a mentee at once."""


@dataclass(frozen=True)
class Opening:
    """A programme in which somebody may ask mentors now."""

    programme_id: str
    name: str


@dataclass(frozen=True)
class Offering:
    """Reads requests, pairs and the prices that runs leave behind."""

    requests: Requests
    runs: Runs

    def offers(self, programme_id: str, mentee_id: str, text: str = "") -> list[Offer]:
        """By score less the price of a seat, the best first: a seat costs what others would lose by it. Asks without an
        answer count as seats taken. With a text, of all who may be asked those who answer to its words, and nobody
        learns who may not. Raises NotOpen, NoRequests, NotTakingPart."""
        programme = self.requests.programmes.get(programme_id)
        programme.require_requests()
        mentee = self.requests.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        wanted = Wanted(text=text, asked=self.requests.asked_now(programme_id), apart=self._not_again(mentee),
                        prices=self.runs.prices(programme_id), most=MOST_OFFERS)
        return self.requests.asking.candidates.offers(mentee, programme.plan, wanted)

    def openings(self, person_id: str) -> list[Opening]:
        """Where this person may begin to ask mentors now."""
        mentees = self.requests.participants.active_as(person_id, Role.MENTEE)
        both = [(self.requests.programmes.get(one.programme_id), one) for one in mentees]
        return [Opening(programme.id, programme.plan.name) for programme, mentee in both
                if self._may_ask(programme, mentee)]

    def _may_ask(self, programme: Programme, mentee: Participant) -> bool:
        if not programme.takes_requests or self.requests.open_of(programme.id, mentee.person_id):
            return False
        try:
            self.requests.seating.free_of(mentee)
        except NoFreeSeat:
            return False
        return True

    def _not_again(self, mentee: Participant) -> set[str]:
        """Mentors who said no to this mentee, or have said yes."""
        here = {"programme_id": mentee.programme_id, "mentee_id": mentee.person_id, "state": {"$in": list(LIVE)}}
        partners = {pair.mentor_id for pair in self.requests.seating.pairs.each(here)}
        return partners | self.requests.declined(mentee.programme_id, mentee.person_id)
