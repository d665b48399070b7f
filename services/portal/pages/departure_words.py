"""Why somebody left a programme, in the reader's language."""

from flask_babel import lazy_gettext as _l

DEPARTURES = {
    "no-time": _l("No time any more"),
    "need-is-met": _l("What was looked for is found"),
    "not-as-expected": _l("It is not what was expected"),
    "other-work": _l("Other work, or another place"),
    "silent": _l("No answer for long"),
    "not-eligible": _l("May not take part"),
    "other": _l("Another reason"),
}
