"""Words of applications and their forms, in the reader's language."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from services.portal.pages.wording import Sign

APPLICATION_STATES = {
    "invited": Sign(_l("You are invited"), "mail", "info"),
    "draft": Sign(_l("Draft"), "note", "rest"),
    "submitted": Sign(_l("Waits for an answer"), "clock", "info"),
    "waiting": Sign(_l("On the waiting list"), "clock", "watch"),
    "approved": Sign(_l("Welcome aboard"), "check", "good"),
    "confirmed": Sign(_l("Taking part"), "check", "good"),
    "declined": Sign(_l("Not this time"), "minus", "rest"),
    "withdrawn": Sign(_l("Withdrawn"), "minus", "rest"),
    "left": Sign(_l("Left"), "minus", "rest"),
}
APPLICATION_VIEWS = {
    "submitted": _l("To decide"),
    "waiting": _l("Waiting list"),
    "approved": _l("Approved"),
    "unconfirmed": _l("Not confirmed yet"),
    "confirmed": _l("Confirmed"),
    "declined": _l("Declined"),
    "withdrawn": _l("Withdrawn"),
}
SEEN_BY_COORDINATORS = {
    "nominated": Sign(_l("Had in mind"), "note", "rest"),
    "invited": replace(APPLICATION_STATES["invited"], text=_l("Invited")),
    **{code: replace(APPLICATION_STATES[code], text=text) for code, text in APPLICATION_VIEWS.items()
       if code in APPLICATION_STATES},
}
DOUBTS = {
    "asked-already": _l("Was asked already"),
    "applies-already": _l("Has applied already"),
    "said-no": _l("Said no before, or was declined: invite them by a list"),
    "applied-before": _l("Applied or was invited before: invite them instead"),
    "no-applications": _l("Not asked: no applications are taken any more"),
    "programme-not-open": _l("Not asked: the programme is over"),
    "cannot-apply": _l("Takes part already"),
    "not-in-directory": _l("Is not in the directory any more"),
}
REASONS = {
    "no-places": _l("There are no places left"),
    "not-for-them": _l("The programme is not for them"),
    "not-eligible": _l("They may not take part"),
    "too-late": _l("Too late"),
    "incomplete": _l("Too little was answered"),
    "other": _l("Another reason"),
}
FLAWS = {
    "missing": _l("Please answer this."),
    "too-long": _l("It holds %(number)s characters at most."),
    "no-option": _l("Please choose from the list."),
    "too-many": _l("Choose %(number)s at most."),
    "no-number": _l("A whole number is needed."),
    "too-small": _l("It is %(number)s at least."),
    "too-large": _l("It is %(number)s at most."),
    "no-date": _l("A day is needed."),
    "no-yes-or-no": _l("Yes or no is needed."),
    "no-address": _l("E-mail addresses are needed."),
}
WANTS = {
    "names": _l("names so many words"),
    "names-none": _l("names none of the words"),
    "at-least": _l("is a number, this or more"),
}
YES_NO = {"yes": _l("Yes"), "no": _l("No")}
FIELD_KINDS = {
    "short-text": _l("A short text"),
    "long-text": _l("A long text"),
    "one-of": _l("One of several"),
    "several-of": _l("Several of a list"),
    "number": _l("A number"),
    "date": _l("A day"),
    "yes-no": _l("Yes or no"),
    "scale": _l("A scale"),
    "skills": _l("Skills"),
    "people": _l("People, by e-mail address"),
}
