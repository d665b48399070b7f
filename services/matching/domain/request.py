"""A mentee's request for a mentor: ranked choices, asked one after the other until one says yes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.matching.contracts.requests import (
    RequestDeclined,
    RequestExpired,
    RequestQuestionAnswered,
    RequestQuestionAsked,
    RequestReminderDue,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.matching.domain.asked import MailedToday as MailedToday
from services.matching.domain.cascade import Cascade
from services.matching.domain.choice import ChoiceState, DeclineReason, Prospects, listed
from services.matching.domain.pair import AlreadyDecided
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.working_days import Workday
from shared.kernel.errors import NotFound, WrongState
from shared.kernel.ids import derived_id


class MenteesTurn(WrongState):
    """The mentor has asked something, and waits for the mentee."""

    code = "mentees-turn"


def holder_of(programme_id: str, mentee_id: str) -> str:
    """Unique: a mentee has one open request in a programme."""
    return f"{programme_id}/{mentee_id}"


def pair_id_of(request_id: str) -> str:
    """The pair that a request becomes: one at most, whoever says yes."""
    return derived_id("pair", request_id)


@dataclass(kw_only=True)
class Request(Cascade):
    """What the mentee, the mentors and the clock may do about it."""

    @classmethod
    def open(cls, id: str, programme_id: str, mentee_id: str, mentor_ids: Sequence[str], prospects: Prospects,
             at: datetime) -> "Request":
        """Asks the first who can be asked. Raises BadChoices, NoFreeSeat."""
        request = cls(id=id, programme_id=programme_id, mentee_id=mentee_id, opened_at=at,
                      holder=holder_of(programme_id, mentee_id), choices=listed((), mentor_ids, mentee_id))
        if not request.begin(prospects, at):
            raise NoFreeSeat("none of these mentors can take anybody now")
        return request

    def choose(self, mentor_ids: Sequence[str]) -> None:
        """Whom to ask after those who were asked already. Raises BadChoices, AlreadyDecided."""
        self.require_open()
        self.choices = listed(self.past, mentor_ids, self.mentee_id)

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
        self.put(replace(self.choice(by), reason=reason, note=note))
        self.move_on(ChoiceState.DECLINED, RequestDeclined, prospects, at, because=prospects.over)

    def expire(self, prospects: Prospects, now: datetime) -> None:
        """The time to answer is over; when it is not, nothing happens."""
        if self.is_due("answer", now) and not self._is_over(prospects, now):
            self.move_on(self.choice(self.asked_id).when_silent, RequestExpired, prospects, now)

    def remind(self, now: datetime) -> None:
        """Whoever has been silent so far; when it is not time, nothing happens."""
        if self.is_due("remind", now) and now < self.timers["answer"]:
            self._remind([one for one in self.choice(self.asked_id).remind_at if one > now], now)

    def remind_now(self, today: Workday, at: datetime) -> None:
        """A coordinator will not wait for the reminder that comes by itself; of those, none comes on the same working
        day. Raises AlreadyDecided, MenteesTurn, MailedToday."""
        self.require_open()
        if at >= self.timers["answer"]:
            raise AlreadyDecided("the time to answer is over")
        choice = self.choice(self.asked_id)
        if choice.state is ChoiceState.ASKED_FOR_MORE:
            raise MenteesTurn("the mentor waits for the mentee's reply")
        if choice.mailed_at and choice.mailed_at >= today.began:
            raise MailedToday("the mentor has had a mail about this today")
        self._remind([one for one in choice.remind_at if one >= today.over], at)

    def _remind(self, later: Sequence[datetime], at: datetime) -> None:
        choice = self.choice(self.asked_id)
        self.plan_reminder(later)
        self.put(replace(choice, reminded_at=at))
        self.tell(RequestReminderDue, choice.mentor_id, at, answer_by=choice.answer_by)

    def look_again(self, prospects: Prospects, at: datetime) -> None:
        """Whoever is asked and cannot be any more makes room for the next."""
        if self._is_over(prospects, at):
            return
        if self.asked_id and not prospects.moments(self.asked_id):
            self.move_on(ChoiceState.SKIPPED, RequestWithdrawn, prospects, at,
                         because=WithdrawnBecause.NOT_AVAILABLE)

    def ask_for_more(self, by: str, question: str, moments: tuple[datetime, ...], at: datetime) -> None:
        """The mentor wants to know more before they decide: once."""
        self.require_asked(by)
        if self.choice(by).question:
            raise AlreadyDecided("you have asked for more already")
        self.put(replace(self.choice(by), question=question, state=ChoiceState.ASKED_FOR_MORE))
        self.wait(RequestQuestionAsked, moments[-1:], at)

    def reply(self, text: str, moments: tuple[datetime, ...], at: datetime) -> None:
        """The mentee answers, and the mentor has the whole time again."""
        self.require_open()
        choice = self.choice(self.asked_id)
        if choice.state is not ChoiceState.ASKED_FOR_MORE:
            raise AlreadyDecided("nobody has asked for more")
        self.put(replace(choice, reply=text, replied_at=at, state=ChoiceState.ASKED))
        self.wait(RequestQuestionAnswered, moments, at)

    def withdraw(self, because: WithdrawnBecause, at: datetime) -> None:
        """Nobody is asked any more. Raises AlreadyDecided."""
        self.require_open()
        self.let_go(RequestState.WITHDRAWN, because, at)
        self.end(RequestState.WITHDRAWN)

    def forget(self) -> None:
        """What the two wrote is erased."""
        self.choices, self.answered = tuple(one.without_texts() for one in self.choices), []
        self.one_question = ""

    def _is_over(self, prospects: Prospects, at: datetime) -> bool:
        """Ends it, if the mentee asks nobody any more."""
        if prospects.over and self.state is RequestState.OPEN:
            self.withdraw(prospects.over, at)
        return prospects.over is not None
