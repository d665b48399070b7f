"""Words of campaigns, in the reader's language."""

from flask_babel import lazy_gettext as _l

CHANNELS = {
    "mail": _l("Invitation by mail"),
    "reminder": _l("Reminder by mail"),
    "chat": _l("Message for a chat"),
    "notice": _l("Notice for the intranet or a newsletter"),
    "poster": _l("Poster"),
    "briefing": _l("Briefing for leaders"),
    "proposal": _l("Proposal"),
}
TITLES = {"mail": _l("Subject"), "notice": _l("Headline"), "poster": _l("Headline")}
"""A chat message has none."""
PLACEHOLDERS = {
    "programme": _l("the name of the programme"),
    "mentor": _l("what it calls a mentor"),
    "a_mentor": _l("the same as within a sentence"),
    "mentee": _l("what it calls a mentee"),
    "a_mentee": _l("the same as within a sentence"),
    "purpose": _l("what it is for"),
    "starts_on": _l("the day on which it begins"),
    "ends_on": _l("the day on which it ends"),
    "apply_by": _l("the last day to apply"),
    "contact": _l("name and address of whoever answers questions"),
    "url": _l("the link of this channel"),
}
CAMPAIGN_REFUSALS = {
    "bad-campaign": _l("A campaign needs a name, a rule or a list (not both) of people who are known, and a reminder "
                       "within 60 days."),
    "nobody-to-ask": _l("Nobody is in this audience, or it is still being counted."),
    "bad-text": _l("These words cannot be kept: they are empty or too long, or a placeholder stands for nothing."),
}
