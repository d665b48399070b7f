"""From a message, which knows ids, to the contents of a letter, which names people."""

from dataclasses import dataclass
from datetime import datetime

from services.notifications.application.codes import Codes
from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.ports import Contents, Mail, Somebody, Text, Writer
from services.notifications.domain.contact import Contact, is_address
from services.notifications.domain.copies import Programme
from services.notifications.domain.letters import INTRODUCTION, Letter, Role, letter
from services.notifications.domain.message import Message
from services.notifications.domain.role_words import in_language
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Composing:
    """Puts a letter together from what is known when it is sent. `office` is the programme office's address."""

    contacts: Contacts
    directory: Directory
    codes: Codes
    writer: Writer
    office: str
    clock: Clock

    def obstacle(self, message: Message) -> str | None:
        """Why this message is not sent now or ever; None when it may go. Raises NotFound."""
        about = letter(message.template)
        if about.needs_live_pair and self.directory.relationship(message.pair_id or "").is_over_for(message.person_id):
            return "pair-closed"
        if message.person_id is None:
            return None if is_address(self.office) else "no-address"
        if message.role is Role.COORDINATOR and not self._in_charge(message):
            return "not-in-charge"
        return self.contacts.get(message.person_id).obstacle(waits_for_return=about.waits_for_return)

    def mail(self, message: Message) -> Mail:
        """Raises NotFound while somebody is not known, NotComposed when the letter cannot be written."""
        contents = self.contents(message)
        return Mail(id=message.id, person_id=message.person_id, to=contents.you, reply_to=contents.coordinator,
                    text=self.writer.write(contents), language=contents.language, at=self.clock.now(),
                    invitation=self.writer.invitation(contents))

    def contents(self, message: Message) -> Contents:
        """Everything the letter may say. Raises NotFound."""
        programme = self.directory.programme(message.programme_id)
        purpose = letter(message.template).link
        training = self.directory.assignment(message.pair_id, message.person_id) if message.pair_id else None
        language = self._language(message, programme)
        return Contents(
            template=message.template, role=message.role, language=language,
            roles=in_language(programme.role_names, language), flash=programme.is_flash, matching=programme.is_open,
            you=self._you(message), programme=programme.name, programme_id=programme.programme_id,
            pair_id=message.pair_id or "", partner=self._partner(message), coordinator=self._coordinator(programme),
            code=self.codes.issue(message, purpose) if purpose else None, meets_at=message.meets_at,
            due_on=training.due_on if training else None, closes_at=message.closes_at,
            campaign_code=message.campaign_code, figures=message.figures)

    def introduction(self, programme_id: str, role: Role, two: tuple[Contact, Contact], language: str,
                     meets_at: datetime) -> Text:
        """What the first of two will be told of the second when they become a pair. Raises NotFound, NotComposed."""
        programme, (you, partner) = self.directory.programme(programme_id), two
        return self.writer.write(Contents(
            template=INTRODUCTION.name, role=role, language=language, you=_somebody(you), partner=_somebody(partner),
            programme=programme.name, programme_id=programme.programme_id, pair_id="",
            coordinator=self._coordinator(programme), meets_at=meets_at,
            roles=in_language(programme.role_names, language), flash=programme.is_flash))

    def invitation(self, programme_id: str, letter: Letter, role: Role, you: Contact, language: str, code: str) -> Text:
        """What somebody would be asked by a campaign. Raises NotFound, NotComposed."""
        programme = self.directory.programme(programme_id)
        return self.writer.write(Contents(
            template=letter.name, role=role, language=language, you=_somebody(you), programme=programme.name,
            programme_id=programme.programme_id, pair_id="", coordinator=self._coordinator(programme),
            campaign_code=code, roles=in_language(programme.role_names, language)))

    def _language(self, message: Message, programme: Programme) -> str:
        own = self.contacts.get(message.person_id).language if message.person_id else ""
        wanted = (own[:2].lower(), programme.language[:2].lower())
        return next((one for one in wanted if one in LANGUAGES), LANGUAGES[0])

    def _in_charge(self, message: Message) -> bool:
        """Whoever stood in for a coordinator is told nothing afterwards."""
        return message.person_id in self.directory.programme(message.programme_id).coordinator_ids

    def _you(self, message: Message) -> Somebody:
        if message.person_id is None:
            return Somebody(name="", first_name="", address=self.office)
        return _somebody(self.contacts.get(message.person_id))

    def _partner(self, message: Message) -> Somebody | None:
        return _somebody(self.contacts.get(message.partner_id)) if message.partner_id else None

    def _coordinator(self, programme: Programme) -> Somebody | None:
        for person_id in programme.coordinator_ids:
            try:
                contact = self.contacts.get(person_id)
            except NotFound:
                continue
            if contact.obstacle(waits_for_return=False) is None:
                return _somebody(contact)
        return None


def _somebody(contact: Contact) -> Somebody:
    return Somebody(name=contact.name, first_name=contact.first_name, address=contact.email,
                    location=contact.location, time_zone=contact.time_zone)
