"""Who may call what: the portal with its codes, coordinators for their programme, the two of a pair for their own."""

from services.notifications.application import Notifications
from services.notifications.application.mailbox import Mailbox, SentMail
from services.notifications.domain.copies import Pair
from services.notifications.domain.message import Message
from shared.kernel.clock import SystemClock
from shared.kernel.errors import NotFound
from shared.web.authority import Fresh
from shared.web.callers import Caller, Ids, role

PROGRAMME_OFFICE, OPERATOR = "programme-office", "operator"

auditor = role("auditor")


def coordinator(notifications: Notifications, caller: Caller, ids: Ids) -> None:
    """Of the programme in the path."""
    _require_charge(notifications, caller, ids["programme_id"])


def party_or_coordinator(notifications: Notifications, caller: Caller, ids: Ids) -> None:
    """Of the pair in the path."""
    pair = notifications.directory.pair(ids["pair_id"])
    if not is_party(caller, pair):
        _require_charge(notifications, caller, pair.programme_id)


def is_party(caller: Caller, pair: Pair) -> bool:
    return caller.person_id in (pair.mentor_id, pair.mentee_id)


def may_see(caller: Caller, pair: Pair, message: Message) -> bool:
    """What was said to one of the two is not the other's business."""
    return not is_party(caller, pair) or message.person_id == caller.person_id


def addressee(notifications: Notifications, caller: Caller, ids: Ids) -> None:
    """Whom the mail was sent to, or who may see every mail."""
    if not sees_all(caller) and not is_to(caller, the_mailbox(notifications).get(ids["mail_id"])):
        raise NotFound("not theirs")


def is_to(caller: Caller, mail: SentMail) -> bool:
    return caller.person_id is not None and mail.person_id == caller.person_id


def sees_all(caller: Caller) -> bool:
    return bool({PROGRAMME_OFFICE, OPERATOR} & caller.roles)


def the_mailbox(notifications: Notifications) -> Mailbox:
    """Raises NotFound where mails really leave."""
    if notifications.mailbox is None:
        raise NotFound("no mailbox here")
    return notifications.mailbox


def _require_charge(notifications: Notifications, caller: Caller, programme_id: str) -> None:
    programme = notifications.directory.programme(programme_id)
    if PROGRAMME_OFFICE in caller.roles:
        return
    Fresh(notifications.directory.caught_up_at, SystemClock()).check()
    if caller.person_id not in programme.coordinator_ids:
        raise NotFound("not theirs")
