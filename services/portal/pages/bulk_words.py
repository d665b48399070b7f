"""Why a row of a list was left by a press for many."""

from flask_babel import lazy_gettext as _l

NOT_FOUND = "not-found"
WHY_LEFT = {
    NOT_FOUND: _l("Is in this list no more."),
    "mailed-today": _l("Has had a mail about it today already."),
    "told-today": _l("Heard today that it was missed."),
    "reminded-today": _l("Has been reminded today already, of this or another check-in."),
    "mentees-turn": _l("The mentor has asked something: it is the mentee's turn."),
    "already-decided": _l("Has been decided in between."),
    "not-overdue": _l("Was answered in between, or can be answered no more."),
    "nothing-to-try": _l("There is nothing to try it with: no mail of the last two weeks would still help."),
    "barred-by-rule": _l("A fixed rule of the programme or an exclusion forbids the two."),
    "already-together": _l("The two are a pair, or were one."),
    "not-taking-part": _l("One of the two takes no part any more, or takes a break."),
    "mail-arrives": _l("Mail reaches this person again."),
}
