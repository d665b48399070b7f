"""What can be asked of notifications."""

from dataclasses import dataclass

from services.notifications.application.application_notices import ApplicationNotices
from services.notifications.application.circle_notices import CircleNotices
from services.notifications.application.codes import Codes
from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.erasing import Erasing
from services.notifications.application.mailbox import Mailbox
from services.notifications.application.messages import Messages
from services.notifications.application.notices import Notices
from services.notifications.application.previews import Previews
from services.notifications.application.proposal_notices import ProposalNotices
from services.notifications.application.request_notices import RequestNotices
from services.notifications.application.retrying import Retrying
from services.notifications.application.sending import Sending
from services.notifications.application.timeline import Timeline


@dataclass(frozen=True)
class Notifications:
    """The right person, the right time. `mailbox` is None where mails really leave."""

    contacts: Contacts
    directory: Directory
    messages: Messages
    notices: Notices
    request_notices: RequestNotices
    proposal_notices: ProposalNotices
    application_notices: ApplicationNotices
    circle_notices: CircleNotices
    codes: Codes
    retrying: Retrying
    sending: Sending
    timeline: Timeline
    previews: Previews
    erasing: Erasing
    mailbox: Mailbox | None
