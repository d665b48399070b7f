"""Words of how pairs end, and why, in the reader's language."""

from flask_babel import lazy_gettext as _l

CLOSE_REASONS = {
    "completed": _l("Completed"),
    "ended-early": _l("Ended early"),
    "mentor-left": _l("The mentor left"),
    "mentee-left": _l("The mentee left"),
    "declined": _l("Came to nothing"),
}
PARTING_REASONS = {
    "no-fit": _l("The two do not fit"),
    "no-time": _l("There is no time for it"),
    "no-contact": _l("The other side is hard to reach"),
    "other-goals": _l("The goals have changed"),
    "other": _l("Something else"),
}
ENDING_REFUSALS = {
    "pair-not-begun": _l("A pair that has not begun cannot be completed: choose another reason."),
    "reason-not-yours": _l("A pair does not end so by your word: a coordinator completes it before its last weeks, and "
                           "who has left is taken from the directory."),
}
