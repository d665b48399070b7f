"""What somebody is told about their application."""

from collections.abc import Collection
from dataclasses import dataclass

from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.messages import Messages
from services.notifications.application.ports import Happening
from services.notifications.domain import letters
from services.notifications.domain.letters import Letter, Role
from services.notifications.domain.message import Wish


@dataclass(frozen=True, kw_only=True)
class ApplicationNews:
    """What an event of an application tells that a letter needs. Why somebody was declined is in no event."""

    application_id: str
    programme_id: str
    person_id: str
    role: Role
    by_application: bool = False
    campaign_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndorsementNews:
    """Who is asked about whose application. What they answer is in no event."""

    application_id: str
    programme_id: str
    person_id: str
    endorser_id: str


@dataclass(frozen=True)
class ApplicationNotices:
    """One letter for each answer. All raise NotFound while the person or the programme is not known yet."""

    messages: Messages
    contacts: Contacts
    directory: Directory

    def invited(self, news: ApplicationNews, cause: Happening) -> None:
        self._tell(news, letters.APPLICATION_INVITED, cause)

    def asked_to_mentor(self, news: ApplicationNews, cause: Happening) -> None:
        """A mentee whose mentoring ended well."""
        self._tell(news, letters.MENTOR_INVITED, cause)

    def asked_to_go_on(self, news: ApplicationNews, cause: Happening) -> None:
        """A mentor whose last pair is complete."""
        self._tell(news, letters.RENEWAL_ASKED, cause)

    def remind(self, news: ApplicationNews, cause: Happening) -> None:
        self._tell(news, letters.INVITATION_REMINDER, cause)

    def submitted(self, news: ApplicationNews, cause: Happening) -> None:
        """Nobody is invited any more who has applied."""
        self._settle(news, (letters.APPLICATION_INVITED, letters.INVITATION_REMINDER), cause)
        self._tell(news, letters.APPLICATION_SUBMITTED, cause)

    def approved(self, news: ApplicationNews, cause: Happening) -> None:
        """Whoever came by a file asked for nothing, and is told nothing."""
        if news.by_application:
            self._tell(news, letters.APPLICATION_APPROVED, cause)

    def waitlisted(self, news: ApplicationNews, cause: Happening) -> None:
        self._tell(news, letters.APPLICATION_WAITING, cause)

    def declined(self, news: ApplicationNews, cause: Happening) -> None:
        self._tell(news, letters.APPLICATION_DECLINED, cause)

    def withdrawn(self, news: ApplicationNews, cause: Happening) -> None:
        """What still waits to be sent about it is pointless now."""
        self.messages.withdraw(news.application_id, "settled", cause)

    def asked_to_endorse(self, news: EndorsementNews, cause: Happening) -> None:
        """The line manager, or whom a coordinator named."""
        self._tell_endorser(news, letters.ENDORSEMENT_ASKED, cause)

    def reminded_to_endorse(self, news: EndorsementNews, cause: Happening) -> None:
        self._tell_endorser(news, letters.ENDORSEMENT_REMINDER, cause)

    def endorsement_over(self, news: EndorsementNews, cause: Happening) -> None:
        """Answered, or needed no more: what asks for it and was not heard yet is pointless."""
        for message in self.messages.unheard(news.application_id):
            if message.role is Role.ENDORSER and message.person_id == news.endorser_id:
                self.messages.withdraw_one(message, "settled", cause)

    def _tell_endorser(self, news: EndorsementNews, letter: Letter, cause: Happening) -> None:
        self.directory.programme(news.programme_id)
        for one in (news.person_id, news.endorser_id):
            self.contacts.get(one)
        self.messages.queue(Wish(letter=letter, role=Role.ENDORSER, person_id=news.endorser_id,
                                 about=news.application_id, programme_id=news.programme_id,
                                 partner_id=news.person_id), cause)

    def remind_to_confirm(self, news: ApplicationNews, cause: Happening) -> None:
        """Approved, and has not said yes once more."""
        self._tell(news, letters.CONFIRMATION_REMINDER, cause)

    def confirmed(self, news: ApplicationNews, cause: Happening) -> None:
        """Nobody is reminded who has said yes."""
        self._settle(news, (letters.CONFIRMATION_REMINDER,), cause)

    def taken_out(self, news: ApplicationNews, cause: Happening) -> None:
        """By a coordinator, whose reasons are in no event."""
        self.withdrawn(news, cause)
        self._tell(news, letters.TAKEN_OUT, cause)

    def _settle(self, news: ApplicationNews, asking: Collection[Letter], cause: Happening) -> None:
        names = {one.name for one in asking}
        for message in self.messages.unheard(news.application_id):
            if message.template in names:
                self.messages.withdraw_one(message, "settled", cause)

    def _tell(self, news: ApplicationNews, letter: Letter, cause: Happening) -> None:
        self.directory.programme(news.programme_id)
        self.contacts.get(news.person_id)
        self.messages.queue(Wish(letter=letter, role=news.role, person_id=news.person_id, about=news.application_id,
                                 programme_id=news.programme_id, campaign_code=news.campaign_code), cause)
