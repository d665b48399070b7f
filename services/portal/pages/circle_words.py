"""Words for circles: where they stand, what they lack, why they ended."""

from flask_babel import lazy_gettext as _l

from services.portal.pages.wording import Sign

CIRCLE_STATES = {
    "forming": Sign(_l("Forming"), "clock", "info"),
    "active": Sign(_l("Under way"), "check", "good"),
    "closing": Sign(_l("In the last weeks"), "flag", "info"),
    "closed": Sign(_l("Closed"), "minus", "rest"),
}
CIRCLE_LACKS = {"too-few-mentees": _l("Fewer mentees than it should have"), "no-mentor": _l("No mentor")}
CIRCLE_REASONS = {
    "completed": _l("Completed"),
    "ended-early": _l("Ended early"),
    "too-few": _l("Too few stayed"),
}
