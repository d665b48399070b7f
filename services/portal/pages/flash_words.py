"""Words of flash pairs, in the reader's language."""

from flask_babel import lazy_gettext as _l

FLASH_REFUSALS = {
    "no-question": _l("Write down the one question that you have."),
    "not-for-flash": _l("A flash pair begins at once: nothing is asked for before."),
    "one-session": _l("A flash pair has one session: no agreement and no goal."),
    "bad-terms": _l("Name a last day from today on, or none."),
    "bad-day": _l("Name a day from today on, before the programme ends."),
}
