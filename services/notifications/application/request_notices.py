"""What is told to whom about a mentee's request for a mentor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.messages import Messages
from services.notifications.application.ports import Happening
from services.notifications.domain import letters
from services.notifications.domain.letters import Letter, Role
from services.notifications.domain.message import Wish


@dataclass(frozen=True, kw_only=True)
class RequestNews:
    """What an event of a request tells that a letter needs."""

    request_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    state: str
    because: str | None = None
    answer_by: datetime | None = None


@dataclass(frozen=True)
class RequestNotices:
    """A yes has no letter of its own: the introduction of the pair says it. All raise NotFound while somebody involved
    is not known yet."""

    messages: Messages
    contacts: Contacts
    directory: Directory

    def asked(self, news: RequestNews, cause: Happening) -> None:
        """The mentor, with the day by which an answer is hoped for."""
        self._tell(news, letters.REQUEST_RECEIVED, Role.MENTOR, news.mentor_id, cause)

    def remind(self, news: RequestNews, cause: Happening) -> None:
        self._tell(news, letters.REQUEST_REMINDER, Role.MENTOR, news.mentor_id, cause)

    def question(self, news: RequestNews, cause: Happening) -> None:
        """It is the mentee's turn: the mentor need not be asked to answer any more."""
        self._withdraw(news, TO_ANSWER, cause)
        self._tell(news, letters.REQUEST_QUESTION, Role.MENTEE, news.mentee_id, cause)

    def reply(self, news: RequestNews, cause: Happening) -> None:
        """The question is settled, also for a mentee who has not had its letter yet."""
        self._withdraw(news, TO_REPLY, cause)
        self._tell(news, letters.REQUEST_REPLY, Role.MENTOR, news.mentor_id, cause)

    def accepted(self, news: RequestNews, cause: Happening) -> None:
        """Nothing is left to be answered; the introduction of the pair says it."""
        self._withdraw(news, ASKING, cause)

    def withdrawn(self, news: RequestNews, cause: Happening) -> None:
        """A mentor who need not answer any more, and the mentee."""
        if news.because in SETTLED:
            self._tell(news, letters.REQUEST_SETTLED, Role.MENTOR, news.mentor_id, cause)
        self.over(news, cause)

    def over(self, news: RequestNews, cause: Happening) -> None:
        """The mentee, when it went on or ended without a mentor."""
        self._withdraw(news, ASKING, cause)
        if news.state == "open":
            self._tell(news, letters.REQUEST_NEXT, Role.MENTEE, news.mentee_id, cause)
        elif news.because == "requests-ended":
            self._tell(news, letters.REQUEST_ENDED, Role.MENTEE, news.mentee_id, cause)
        elif news.state == "exhausted":
            self._tell(news, letters.REQUEST_EXHAUSTED, Role.MENTEE, news.mentee_id, cause)
            self._tell_coordinators(news, cause)

    def _withdraw(self, news: RequestNews, names: Sequence[str], cause: Happening) -> None:
        """What asks this mentor and was not heard yet; nothing of anybody else."""
        for one in self.messages.unheard(news.request_id):
            if one.template in names and news.mentor_id in (one.person_id, one.partner_id):
                self.messages.withdraw_one(one, "settled", cause)

    def _tell_coordinators(self, news: RequestNews, cause: Happening) -> None:
        """Every coordinator whom these are put before and who can be written to; where nobody can, the office."""
        known = self.contacts.known(self.directory.programme(news.programme_id).told("requests"))
        for person_id in known:
            self._tell(news, letters.REQUEST_EXHAUSTED, Role.COORDINATOR, person_id, cause)
        if not known:
            self._tell(news, letters.REQUEST_EXHAUSTED, Role.OFFICE, None, cause)

    def _tell(self, news: RequestNews, letter: Letter, role: Role, person_id: str | None, cause: Happening) -> None:
        self.directory.programme(news.programme_id)
        for one in (news.mentor_id, news.mentee_id):
            self.contacts.get(one)
        partner_id = news.mentor_id if role is Role.MENTEE else news.mentee_id
        self.messages.queue(
            Wish(letter=letter, role=role, person_id=person_id, about=news.request_id, partner_id=partner_id,
                 programme_id=news.programme_id, closes_at=news.answer_by), cause)


TO_ANSWER = (letters.REQUEST_RECEIVED.name, letters.REQUEST_REMINDER.name)
TO_REPLY = (letters.REQUEST_QUESTION.name,)
ASKING = (*TO_ANSWER, *TO_REPLY, letters.REQUEST_REPLY.name)
"""Letters that ask for an answer."""
SETTLED = ("by-mentee", "paired", "mentee-away", "requests-ended")
"""Reasons for which a mentor who was asked need not answer any more."""
