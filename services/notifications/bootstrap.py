"""The composition root: the only place that knows all parts of notifications below the ways in."""

from services.notifications.adapters.letters import Letters
from services.notifications.adapters.mailbox import MailboxPost
from services.notifications.adapters.smtp import SmtpPost
from services.notifications.application import Notifications
from services.notifications.application.application_notices import ApplicationNotices
from services.notifications.application.circle_notices import CircleNotices
from services.notifications.application.codes import Codes
from services.notifications.application.composing import Composing
from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.erasing import Erasing
from services.notifications.application.mailbox import Mailbox, SentMail
from services.notifications.application.messages import Messages
from services.notifications.application.notices import Notices
from services.notifications.application.ports import Post
from services.notifications.application.previews import Previews
from services.notifications.application.proposal_notices import ProposalNotices
from services.notifications.application.request_notices import RequestNotices
from services.notifications.application.retrying import Retrying
from services.notifications.application.sending import Pace, Sending
from services.notifications.application.timeline import Timeline
from services.notifications.domain.code import Code
from services.notifications.domain.contact import Contact
from services.notifications.domain.message import Message
from services.notifications.settings import Settings
from shared.kernel.aggregate import Aggregate
from shared.messaging.clock_loop import Ticking
from shared.runtime.backbone import Backbone
from shared.store.documents import Index
from shared.store.receipts import Receipt
from shared.store.repository import Repository

MESSAGE_INDEXES = (
    Index(("cause_id", "recipient", "template", "channel"), unique=True),
    Index(("programme_id", "state")),
    Index(("pair_id",)),
    Index(("about",)),
    Index(("person_id",)),
)
MAILBOX_INDEXES = (Index(("person_id",)), Index(("sent_at",)), Index(("to",)))
TOLD: dict[type[Aggregate], tuple[str, ...]] = {
    Contact: ("state", "reachable", "erased"),
    Message: ("state", "template", "programme_id", "pair_id", "person_id"),
}
"""Whose changes are in the audit log, with the ids and codes that are told before and after. Codes are a secret of
their holder, and mails are texts: the message that they belong to is told."""


def build(settings: Settings, backbone: Backbone) -> Notifications:
    backbone.audit(TOLD)
    contacts, clock = Contacts(backbone.repository(Contact, "contacts")), backbone.clock
    directory = _directory(backbone)
    messages = Messages(backbone.repository(Message, "messages", indexes=MESSAGE_INDEXES), contacts, clock)
    codes = Codes(backbone.repository(Code, "codes"), directory, settings.code_secret.encode(), clock)
    sent = backbone.repository(SentMail, "mailbox", indexes=MAILBOX_INDEXES)
    writer = Letters(settings.public_url, settings.organisation)
    composing = Composing(contacts, directory, codes, writer, settings.programme_office_address, clock)
    return Notifications(
        contacts=contacts, directory=directory, messages=messages, notices=Notices(messages, contacts, directory),
        request_notices=RequestNotices(messages, contacts, directory),
        proposal_notices=ProposalNotices(messages, contacts, directory),
        application_notices=ApplicationNotices(messages, contacts, directory),
        circle_notices=CircleNotices(messages, contacts, directory), codes=codes,
        retrying=Retrying(messages, composing, clock),
        sending=Sending(messages.store, composing, _post(settings, sent), clock, Pace()),
        timeline=Timeline(messages), previews=Previews(composing, clock), mailbox=_mailbox(settings, sent),
        erasing=Erasing(contacts.store, messages.store, sent, backbone.repository(Receipt, "receipts"), clock))


def _directory(backbone: Backbone) -> Directory:
    return Directory(backbone.projection("programmes", topic="mentoring.programmes.v1"),
                     backbone.projection("pairs", topic="mentoring.pairs.v1"),
                     backbone.projection("circles", topic="mentoring.circles.v1"),
                     backbone.projection("assignments", indexes=[Index(("pair_id",))]), backbone.caught_up_at)


def _post(settings: Settings, sent: Repository[SentMail]) -> Post:
    if settings.mail_server is None:
        return MailboxPost(sent, settings.mail_from)
    return SmtpPost(settings.mail_server, settings.mail_from, settings.bounce_address, settings.smtp_timeout,
                    settings.smtp_pause)


def _mailbox(settings: Settings, sent: Repository[SentMail]) -> Mailbox | None:
    return None if settings.mail_server else Mailbox(sent)


def ticking(notifications: Notifications) -> list[Ticking]:
    """What has timers."""
    return [
        Ticking(notifications.messages.store, notifications.sending.ring),
        Ticking(notifications.codes.store, lambda code_id, _now: notifications.codes.forget(code_id)),
    ]
