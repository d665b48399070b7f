"""A mentee's request for a mentor: ranked choices, asked one after the other until one says yes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.matching.contracts.requests import (
    PairRequested,
    RequestAccepted,
    RequestDeclined,
    RequestEvent,
    RequestExpired,
    RequestQuestionAnswered,
    RequestQuestionAsked,
    RequestReminderDue,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.matching.domain.choice import Choice, ChoiceState, DeclineReason, Prospects, listed
from services.matching.domain.pair import AlreadyDecided
from services.matching.domain.seats import NoFreeSeat
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFound
from shared.kernel.ids import derived_id


def holder_of(programme_id: str, mentee_id: str) -> str:
    """Unique: a mentee has one open request in a programme."""
    return f"{programme_id}/{mentee_id}"


def pair_id_of(request_id: str) -> str:
    """The pair that a request becomes: one at most, whoever says yes."""
    return derived_id("pair", request_id)


@dataclass(kw_only=True)
class Request(Aggregate):
    """`asked_id` is the mentor whose turn it is; `holder` is given up when it ends."""

    programme_id: str
    mentee_id: str
    opened_at: datetime
    holder: str
    choices: tuple[Choice, ...] = ()
    state: RequestState = RequestState.OPEN
    asked_id: str | None = None
    pair_id: str | None = None

    @classmethod
    def open(cls, id: str, programme_id: str, mentee_id: str, mentor_ids: Sequence[str], prospects: Prospects,
             at: datetime) -> "Request":
        """Asks the first who can be asked. Raises BadChoices, NoFreeSeat."""
        request = cls(id=id, programme_id=programme_id, mentee_id=mentee_id, opened_at=at,
                      holder=holder_of(programme_id, mentee_id), choices=listed((), mentor_ids, mentee_id))
        moments = request._turn_to_next(prospects, at)
        if not moments:
            raise NoFreeSeat("none of these mentors can take anybody now")
        request._wait(PairRequested, moments, at)
        return request

    def choose(self, mentor_ids: Sequence[str]) -> None:
        """Whom to ask after those who were asked already. Raises BadChoices, AlreadyDecided."""
        self.require_open()
        self.choices = listed(self.past, mentor_ids, self.mentee_id)

    @property
    def past(self) -> tuple[Choice, ...]:
        """Whose turn it is or was."""
        return tuple(one for one in self.choices if one.state is not ChoiceState.WAITING)

    def was_asked(self, person_id: str | None) -> bool:
        """Whoever only waits in the list knows nothing of it."""
        return any(one.mentor_id == person_id and one.asked_at for one in self.choices)

    def require_open(self) -> None:
        """Raises AlreadyDecided."""
        if self.state is not RequestState.OPEN:
            raise AlreadyDecided(f"request {self.id} is {self.state}")

    def require_asked(self, by: str) -> None:
        """Raises NotFound for who was never asked, AlreadyDecided for whose turn is over."""
        if not self.was_asked(by):
            raise NotFound(f"no request {self.id} to you")
        self.require_open()
        if self.asked_id != by:
            raise AlreadyDecided(f"request {self.id} has gone on to the next choice")

    def decline(self, by: str, reason: DeclineReason, note: str, prospects: Prospects, at: datetime) -> None:
        """No; the next one is asked."""
        self.require_asked(by)
        self._put(by, replace(self.choice(by), reason=reason, note=note))
        self._move_on(ChoiceState.DECLINED, RequestDeclined, prospects, at)

    def expire(self, prospects: Prospects, now: datetime) -> None:
        """The time to answer is over; when it is not, nothing happens."""
        due = self.timers.get("answer")
        if due and due <= now and not self._is_over(prospects, now):
            self._move_on(ChoiceState.EXPIRED, RequestExpired, prospects, now)

    def remind(self, now: datetime) -> None:
        """Whoever has been silent so far; when it is not time, nothing happens."""
        due = self.timers.get("remind")
        if due and due <= now < self.timers["answer"]:
            choice = self.choice(self.asked_id)
            self._plan_reminder([one for one in choice.remind_at if one > now])
            self._tell(RequestReminderDue, choice.mentor_id, now, answer_by=choice.answer_by)

    def look_again(self, prospects: Prospects, at: datetime) -> None:
        """Whoever is asked and cannot be any more makes room for the next."""
        if self._is_over(prospects, at):
            return
        if self.asked_id and not prospects.moments(self.asked_id):
            self._move_on(ChoiceState.SKIPPED, RequestWithdrawn, prospects, at,
                          because=WithdrawnBecause.NOT_AVAILABLE)

    def ask_for_more(self, by: str, question: str, moments: tuple[datetime, ...], at: datetime) -> None:
        """The mentor wants to know more before they decide: once."""
        self.require_asked(by)
        if self.choice(by).question:
            raise AlreadyDecided("you have asked for more already")
        self._put(by, replace(self.choice(by), question=question, state=ChoiceState.ASKED_FOR_MORE))
        self._wait(RequestQuestionAsked, moments[-1:], at)

    def reply(self, text: str, moments: tuple[datetime, ...], at: datetime) -> None:
        """The mentee answers, and the mentor has the whole time again."""
        self.require_open()
        choice = self.choice(self.asked_id)
        if choice.state is not ChoiceState.ASKED_FOR_MORE:
            raise AlreadyDecided("nobody has asked for more")
        self._put(choice.mentor_id, replace(choice, reply=text, state=ChoiceState.ASKED))
        self._wait(RequestQuestionAnswered, moments, at)

    def settle(self, pair_id: str, mentor_id: str, at: datetime) -> None:
        """The mentee has a mentor: by this request, or by a run or by hand meanwhile."""
        if pair_id == pair_id_of(self.id):
            self._become(pair_id, mentor_id, at)
        elif self.state is RequestState.OPEN:
            self.withdraw(WithdrawnBecause.PAIRED, at)

    def withdraw(self, because: WithdrawnBecause, at: datetime) -> None:
        """Nobody is asked any more. Raises AlreadyDecided."""
        self.require_open()
        self._let_go(RequestState.WITHDRAWN, because, at)
        self._end(RequestState.WITHDRAWN)

    def _is_over(self, prospects: Prospects, at: datetime) -> bool:
        """Ends it, if the mentee asks nobody any more."""
        if prospects.over and self.state is RequestState.OPEN:
            self.withdraw(prospects.over, at)
        return prospects.over is not None

    def _move_on(self, state: ChoiceState, event: type[RequestEvent], prospects: Prospects, at: datetime,
                 **facts: Any) -> None:
        gone = self.choice(self.asked_id)
        self._put(gone.mentor_id, gone.end(state, at))
        moments = self._turn_to_next(prospects, at)
        self._tell(event, gone.mentor_id, at, **facts)
        if moments:
            self._wait(PairRequested, moments, at)

    def _turn_to_next(self, prospects: Prospects, at: datetime) -> tuple[datetime, ...]:
        """The moments of the next; none: there is nobody left, or it is over, and that is the end."""
        if prospects.over:
            self._end(RequestState.WITHDRAWN)
            return ()
        for one in [choice for choice in self.choices if choice.state is ChoiceState.WAITING]:
            if moments := prospects.moments(one.mentor_id):
                self._put(one.mentor_id, one.ask(at))
                self.asked_id = one.mentor_id
                return moments
            self._put(one.mentor_id, one.end(ChoiceState.SKIPPED, at))
        self._end(RequestState.EXHAUSTED)
        return ()

    def _wait(self, event: type[RequestEvent], moments: tuple[datetime, ...], at: datetime) -> None:
        choice, (*reminders, answer_by) = self.choice(self.asked_id), moments
        self._put(choice.mentor_id, replace(choice, answer_by=answer_by, remind_at=tuple(reminders)))
        self.set_timer("answer", answer_by)
        self._plan_reminder(reminders)
        self._tell(event, choice.mentor_id, at, answer_by=answer_by)

    def _plan_reminder(self, moments: list[datetime]) -> None:
        self.clear_timer("remind")
        if moments:
            self.set_timer("remind", moments[0])

    def _become(self, pair_id: str, mentor_id: str, at: datetime) -> None:
        """Whoever said yes at the very moment at which it went on, or ended, is the mentor all the same."""
        if self.pair_id:
            return
        if self.asked_id not in (None, mentor_id):
            self._let_go(RequestState.ACCEPTED, WithdrawnBecause.PAIRED, at)
        self._put(mentor_id, self.choice(mentor_id).end(ChoiceState.ACCEPTED, at))
        self.pair_id = pair_id
        self._end(RequestState.ACCEPTED)
        self._tell(RequestAccepted, mentor_id, at, pair_id=pair_id)

    def _let_go(self, state: RequestState, because: WithdrawnBecause, at: datetime) -> None:
        asked = self.choice(self.asked_id)
        self._put(asked.mentor_id, asked.end(ChoiceState.WITHDRAWN, at))
        self.state = state
        self._tell(RequestWithdrawn, asked.mentor_id, at, because=because)

    def _end(self, state: RequestState) -> None:
        self.state, self.asked_id, self.holder = state, None, f"released/{self.id}"
        self.clear_timer("answer")
        self.clear_timer("remind")

    def choice(self, mentor_id: str | None) -> Choice:
        return next(one for one in self.choices if one.mentor_id == mentor_id)

    def _put(self, mentor_id: str, choice: Choice) -> None:
        self.choices = tuple(choice if one.mentor_id == mentor_id else one for one in self.choices)

    def _tell(self, event: type[RequestEvent], mentor_id: str, at: datetime, **facts: Any) -> None:
        rank = [one.mentor_id for one in self.choices].index(mentor_id) + 1
        self.record(event(request_id=self.id, programme_id=self.programme_id, mentee_id=self.mentee_id,
                          mentor_id=mentor_id, rank=rank, state=self.state, **facts), at)

    def forget(self) -> None:
        """What the two wrote is erased."""
        self.choices, self.answered = tuple(one.without_texts() for one in self.choices), []
