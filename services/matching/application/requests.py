"""Requests: a mentee asks mentors of their choice, one after the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.asking import Asking
from services.matching.application.participants import Participants
from services.matching.application.programmes import Programmes
from services.matching.application.seating import Seating
from services.matching.contracts.participants import Role
from services.matching.contracts.requests import RequestState, WithdrawnBecause
from services.matching.domain import flash
from services.matching.domain.choice import ChoiceState, DeclineReason, Prospects
from services.matching.domain.couple import Couple
from services.matching.domain.pair import AlreadyDecided, Pair
from services.matching.domain.programme import Programme
from services.matching.domain.request import Request, holder_of, pair_id_of
from services.matching.domain.working_days import Workday
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Invalid, WrongState
from shared.store.repository import Found, Repository


class DeclinedBefore(Invalid):
    """Nobody is asked again who said no."""

    code = "declined-before"


class RequestOpen(WrongState):
    """One list of mentors at a time."""

    code = "request-open"


@dataclass(frozen=True)
class Requests:
    """What may be done about a request."""

    store: Repository[Request]
    programmes: Programmes
    participants: Participants
    asking: Asking
    seating: Seating
    clock: Clock

    def open(self, programme_id: str, mentee_id: str, mentor_ids: Sequence[str] | None = None,
             one_question: str = "") -> Request:
        """Asks the first of these who can be asked; without any, of those whom the application wishes for."""
        request_id, programme = self.store.id_for_new(), self.programmes.get(programme_id)
        programme.require_requests()
        question = flash.question_for(programme.format, one_question)
        mentee = self.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        self.seating.free_of(mentee)
        wanted = self.asking.candidates.wished(mentee, programme.plan) if mentor_ids is None else mentor_ids
        self._require_allowed(programme, mentee_id, wanted)
        now = self.clock.now()
        prospects = self.asking.prospects(programme_id, mentee_id, now)
        request = Request.open(request_id, programme_id, mentee_id, wanted, prospects, now)
        request.one_question = question
        return self._add(request)

    def choose(self, request_id: str, mentor_ids: Sequence[str], if_version: int | None) -> Request:
        """Whom to ask after those who were asked already. Raises Stale, BadChoices, BarredByRule."""
        def decide(request: Request) -> None:
            request.choose(mentor_ids)
            self._require_allowed(self.programmes.get(request.programme_id), request.mentee_id, mentor_ids)
        return self._unless_yes(request_id, decide, if_version)

    def accept(self, request_id: str, by: str) -> Pair:
        """Makes the pair; the request follows when that is heard. Raises what keeps two from being a pair."""
        pair_id = self.seating.pairs.new(pair_id_of(request_id))
        request = self.store.get(request_id)
        request.require_asked(by)
        programme = self.programmes.get(request.programme_id)
        two = Couple(programme_id=programme.id, mentor_id=by, mentee_id=request.mentee_id, gates=programme.plan.gates,
                     one_question=request.one_question)
        return self.seating.create(pair_id, lambda: two.create(
            pair_id, self.asking.seats(programme, by, request.mentee_id), self.clock.now()))

    def decline(self, request_id: str, by: str, reason: DeclineReason, note: str) -> Request:
        return self._unless_yes(request_id, lambda request: request.decline(
            by, reason, note, self._prospects(request), self.clock.now()))

    def ask_for_more(self, request_id: str, by: str, question: str) -> Request:
        return self._unless_yes(request_id, lambda request: request.ask_for_more(
            by, question, self._moments(request, request.mentee_id), self.clock.now()))

    def reply(self, request_id: str, text: str) -> Request:
        return self._unless_yes(request_id, lambda request: request.reply(
            text, self._moments(request, request.asked_id), self.clock.now()))

    def withdraw(self, request_id: str) -> Request:
        return self._unless_yes(request_id, lambda request: request.withdraw(
            WithdrawnBecause.BY_MENTEE, self.clock.now()))

    def remind(self, request_id: str) -> Request:
        """The mentor whose turn it is, at once. Raises AlreadyDecided, MenteesTurn, MailedToday."""
        return self._unless_yes(request_id, lambda request: request.remind_now(
            self._workday(request), self.clock.now()))

    def ring(self, request_id: str, now: datetime) -> None:
        """The time to answer may be over, or it is time for a reminder."""
        def decide(request: Request) -> None:
            if not self.follows_yes(request):
                request.remind(now)
                request.expire(self._prospects(request), now)
        self.store.change(request_id, decide)

    def follows_yes(self, request: Request) -> bool:
        """Whether somebody has said yes, though the event of the pair has not been heard yet: then it is settled."""
        pair_id = pair_id_of(request.id)
        if not self.seating.pairs.exists(pair_id):
            return False
        request.become(pair_id, self.seating.pairs.get(pair_id).mentor_id, self.clock.now())
        return True

    def _unless_yes(self, request_id: str, decide: Callable[[Request], object],
                    if_version: int | None = None) -> Request:
        """Raises AlreadyDecided when somebody has said yes, though the event of the pair has not been heard yet."""
        def decide_open(request: Request) -> None:
            if self.seating.pairs.exists(pair_id_of(request.id)):
                raise AlreadyDecided(f"request {request.id} has a yes")
            decide(request)
        return self.store.change(request_id, decide_open, if_version=if_version)

    def get(self, request_id: str) -> Request:
        """Raises NotFound."""
        return self.store.get(request_id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None,
             state: RequestState | None = None, *, unanswered: bool = False) -> Found[Request]:
        """A page of those of a programme."""
        where: dict[str, Any] = {"programme_id": programme_id} | ({"state": state} if state else {})
        return self.store.find(self._unanswered(programme_id) if unanswered else where, limit=limit, after=after)

    def of_named(self, person_ids: Iterable[str], programme_id: str, state: RequestState | None = None, *,
                 unanswered: bool = False) -> list[Request]:
        """Those of a programme that these made, or that wait for their answer; as `find` narrows them."""
        ids, until = sorted(person_ids), self._patience_ended(programme_id) if unanswered else None
        wanted = RequestState.OPEN if unanswered else state
        found = {one.id: one for field in ("mentee_id", "asked_id") for one in self.store.each({field: {"$in": ids}})}
        return [one for one in found.values() if one.programme_id == programme_id
                and wanted in (None, one.state) and (until is None or one.opened_at <= until)]

    def unanswered(self, programme_id: str) -> int:
        """How many mentees have asked for longer than people should wait, and nobody has said yes."""
        return self.store.count(self._unanswered(programme_id))

    def _unanswered(self, programme_id: str) -> dict[str, Any]:
        return {"programme_id": programme_id, "state": RequestState.OPEN,
                "opened_at": {"$lte": self._patience_ended(programme_id)}}

    def _patience_ended(self, programme_id: str) -> datetime:
        return self.asking.patience_ended(self.programmes.get(programme_id), self.clock.now())

    def of_person(self, person_id: str) -> list[Request]:
        """Those this person made, and those that wait for their answer; the newest last."""
        found = [*self.store.each({"mentee_id": person_id}), *self.store.each({"asked_id": person_id})]
        return sorted(found, key=lambda one: (one.opened_at, one.id))

    def about(self, person_id: str) -> list[Request]:
        """Those this person made or was ever asked by."""
        programmes = self.participants.programmes_of([person_id]).get(person_id, set())
        return [one for programme_id in sorted(programmes) for one in self.store.each({"programme_id": programme_id})
                if person_id == one.mentee_id or one.was_asked(person_id)]

    def open_of(self, programme_id: str, mentee_id: str) -> Request | None:
        """The one that is under way."""
        found = self.store.find({"holder": holder_of(programme_id, mentee_id)}, limit=1).items
        return found[0] if found else None

    def declined(self, programme_id: str, mentee_id: str) -> set[str]:
        """Mentors who have said no to this mentee: they are not asked again."""
        before = self.store.each({"programme_id": programme_id, "mentee_id": mentee_id})
        return {choice.mentor_id for one in before for choice in one.choices if choice.state is ChoiceState.DECLINED}

    def asked_now(self, programme_id: str) -> dict[str, int]:
        """How many wait for the answer of each mentor."""
        return self.store.count_by({"programme_id": programme_id, "state": RequestState.OPEN}, "asked_id")

    def _require_allowed(self, programme: Programme, mentee_id: str, mentor_ids: Sequence[str]) -> None:
        declined = self.declined(programme.id, mentee_id)
        for mentor_id in mentor_ids:
            if mentor_id in declined:
                raise DeclinedBefore("one of these mentors has declined already")
            self.asking.require_allowed(programme, mentor_id, mentee_id)

    def _add(self, request: Request) -> Request:
        try:
            return self.store.add(request)
        except AlreadyExists:
            raise RequestOpen("a request of yours is open in this programme: change its choices") from None

    def _prospects(self, request: Request) -> Prospects:
        return self.asking.prospects(request.programme_id, request.mentee_id, self.clock.now())

    def _workday(self, request: Request) -> Workday:
        request.require_open()
        programme = self.programmes.get(request.programme_id)
        return self.asking.workday(programme, request.asked_id or "", self.clock.now())

    def _moments(self, request: Request, person_id: str | None) -> tuple[datetime, ...]:
        programme = self.programmes.get(request.programme_id)
        return self.asking.moments(programme, person_id or "", self.clock.now())
