"""Words of mails, in the reader's language."""

from flask_babel import lazy_gettext as _l

WHY_NOT = {
    "left": _l("has left the organisation"),
    "on-leave": _l("is on leave"),
    "no-address": _l("no e-mail address"),
    "unreachable": _l("the address takes no mail"),
    "stale": _l("too late to help"),
    "answered": _l("was answered meanwhile"),
    "settled": _l("needs no answer any more"),
    "pair-closed": _l("the pair has ended"),
    "not-composed": _l("the letter could not be written"),
    "recipient-refused": _l("the address was refused"),
    "message-refused": _l("the mail server refused the letter"),
}
