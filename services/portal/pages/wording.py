"""Words for what the services answer in codes: states, refusals, reasons and moments, in the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json
from services.portal.pages import reasons
from services.portal.pages.campaign_words import CAMPAIGN_REFUSALS
from services.portal.pages.checklist_words import CHECKLIST_REFUSALS
from services.portal.pages.ending_words import ENDING_REFUSALS
from services.portal.pages.fault_words import FILE_REFUSALS
from services.portal.pages.flash_words import FLASH_REFUSALS
from services.portal.pages.input_words import INPUT_REFUSALS, UNFIT, unfit
from services.portal.pages.people_words import PEOPLE_REFUSALS
from services.portal.pages.step_words import STEP_REFUSALS
from services.portal.pages.view_words import VIEW_REFUSALS


@dataclass(frozen=True)
class Sign:
    """A word with its symbol and tone: never colour alone."""

    text: LazyString | str
    icon: str = "minus"
    tone: str = "rest"


PAIR_STATES = {
    "proposed": Sign(_l("Proposed"), "clock", "info"),
    "accepted": Sign(_l("Accepted by one side"), "clock", "info"),
    "awaiting-training": Sign(_l("Getting ready"), "clock", "info"),
    "active": Sign(_l("Under way"), "check", "good"),
    "paused": Sign(_l("Paused"), "pause", "rest"),
    "closing": Sign(_l("In the last weeks"), "flag", "info"),
    "closed": Sign(_l("Closed"), "minus", "rest"),
}
CHOICE_STATES = {
    "waiting": Sign(_l("Not asked yet"), "clock", "rest"),
    "asked": Sign(_l("Is asked now"), "chat", "info"),
    "asked-for-more": Sign(_l("Has a question"), "help", "watch"),
    "accepted": Sign(_l("Said yes"), "check", "good"),
    "declined": Sign(_l("Cannot this time"), "minus", "rest"),
    "expired": Sign(_l("Did not answer in time"), "clock", "rest"),
    "unreplied": Sign(_l("Had a question that was not answered in time"), "clock", "rest"),
    "skipped": Sign(_l("Has no room now"), "minus", "rest"),
    "withdrawn": Sign(_l("Not asked any more"), "minus", "rest"),
}
REQUEST_STATES = {
    "open": Sign(_l("Somebody is asked"), "clock", "info"),
    "accepted": Sign(_l("Found a mentor"), "check", "good"),
    "exhausted": Sign(_l("Nobody left to ask"), "alert", "watch"),
    "withdrawn": Sign(_l("Not needed any more"), "minus", "rest"),
}
DECLINE_REASONS = {
    "no-time": _l("I have no time now"),
    "not-my-field": _l("It is not my field"),
    "too-close": _l("We work too closely together"),
    "other": _l("Another reason"),
}
PROGRAMME_STATES = {
    "draft": Sign(_l("Draft"), "note", "rest"),
    "recruiting": Sign(_l("Recruiting"), "person", "info"),
    "matching": Sign(_l("Matching"), "swap", "info"),
    "running": Sign(_l("Running"), "check", "good"),
    "closing": Sign(_l("Closing"), "clock", "watch"),
    "closed": Sign(_l("Closed"), "minus", "rest"),
}
RUN_STATES = {
    "queued": Sign(_l("Waiting to start"), "clock", "info"),
    "solving": Sign(_l("Matching"), "clock", "info"),
    "proposed": Sign(_l("Ready for you to look at"), "check", "good"),
    "releasing": Sign(_l("Leaving soon, can be undone"), "undo", "watch"),
    "publishing": Sign(_l("Publishing"), "clock", "info"),
    "published": Sign(_l("Published"), "check", "good"),
    "cancelled": Sign(_l("Cancelled"), "x", "rest"),
    "failed": Sign(_l("Did not finish"), "alert", "risk"),
    "discarded": Sign(_l("Set aside"), "minus", "rest"),
}
DECIDED_BY = {
    "lock": Sign(_l("By your lock"), "lock", "info"),
    "wish": Sign(_l("By a wish"), "target", "good"),
    "optimum": Sign(_l("Best for everybody"), "check", "rest"),
    "swap": Sign(_l("Made way in a swap"), "swap", "rest"),
}
RULING_STATES = {
    "locked": Sign(_l("Locked"), "lock", "info"),
    "excluded": Sign(_l("Excluded"), "x", "watch"),
}
IMPORT_STATES = {
    "checked": Sign(_l("Checked"), "check", "info"),
    "running": Sign(_l("Importing"), "clock", "info"),
    "done": Sign(_l("Imported"), "check", "good"),
    "refused": Sign(_l("Needs another look"), "alert", "risk"),
    "discarding": Sign(_l("Discarded"), "minus", "rest"),
    "discarded": Sign(_l("Discarded"), "minus", "rest"),
}
PARTICIPANT_STATES = {
    "active": Sign(_l("Taking part"), "check", "good"),
    "paused": Sign(_l("Paused"), "pause", "rest"),
    "left": Sign(_l("Left"), "minus", "rest"),
}
CASE_STATES = {
    "raised": Sign(_l("New"), "flag", "watch"),
    "taken": Sign(_l("Taken"), "person", "info"),
    "escalated": Sign(_l("With the programme office"), "alert", "risk"),
    "resolved": Sign(_l("Resolved"), "check", "good"),
    "withdrawn": Sign(_l("Withdrawn"), "minus", "rest"),
}
MAIL_STATES = {
    "queued": Sign(_l("Waiting"), "clock", "info"),
    "sending": Sign(_l("Being sent"), "clock", "info"),
    "accepted": Sign(_l("Accepted for delivery"), "check", "good"),
    "failed-for-now": Sign(_l("Trying again"), "clock", "watch"),
    "failed": Sign(_l("Failed"), "alert", "risk"),
    "suppressed": Sign(_l("Not sent on purpose"), "minus", "rest"),
}
CHECK_IN_STATES = {
    "planned": Sign(_l("Planned"), "calendar", "rest"),
    "open": Sign(_l("Open"), "chat", "info"),
    "answered": Sign(_l("Answered"), "check", "good"),
    "missed": Sign(_l("No answer"), "chat", "watch"),
    "excused": Sign(_l("Left out"), "minus", "rest"),
    "undeliverable": Sign(_l("Not delivered"), "mail", "watch"),
}
ROLES = {"mentor": _l("Mentor"), "mentee": _l("Mentee")}
KINDS_OF_PEOPLE = {"office": _l("Programme office"), "coordinator": _l("Coordinator"), "sponsor": _l("Sponsor"),
                   **ROLES}
GATES = {
    "training": _l("Joint kick-off training by both"),
    "agreement": _l("Agreement on how you meet"),
    "goal": _l("A first goal"),
}
BECAUSE = {
    "done-before": _l("It was done before"),
    "done-otherwise": _l("It is done in another way"),
    "not-needed": _l("It is not needed for these two"),
}
TASK_KINDS = {
    "request-exhausted": _l("None of the mentors on their list said yes"),
    "rematch-in-vain": _l("They asked for another mentor, and nobody was found"),
    "reporting-line": _l("Since a move they are in one reporting line"),
    "circle": _l("The circle has too few mentees, or no mentor"),
    "coordinator-left": _l("A coordinator has left, and nobody stands in. Name another one, if it needs one."),
    "over-capacity": _l("They have more pairs or circles than they want to have now"),
    "at-odds": _l("The pair is under way, though one of the two takes part no more, or it holds no seat"),
}
QUEUES = {
    "applications": _l("Applications to decide"),
    "requests": _l("Mentees who have nobody left to ask"),
    "reporting-lines": _l("Pairs in one reporting line, at odds, or beyond somebody's capacity"),
    "circles": _l("Circles with too few mentees, or no mentor"),
    "check-ins": _l("Check-ins that are overdue"),
    "cases": _l("People who fell silent"),
}
TOPICS = {"silence": _l("No answer to three check-ins in a row")}
MODULES = {"joint-kick-off": _l("Joint kick-off")}
RATINGS = {1: _l("Badly"), 2: _l("Not so well"), 3: _l("Mixed"), 4: _l("Good"), 5: _l("Very good")}
REFUSALS = {
    "wrong-state": _l(
        "This is not possible any more: something changed in between. The page shows how it stands now."
    ),
    "stale": _l("Somebody changed this in between. Look at it again, then decide again."),
    "swap-changed": _l("The proposal has changed since: nothing was swapped. Below stands whom a swap would move now."),
    "decline-needs-reason": _l("Choose why you say no; nobody reads it as yours."),
    **ENDING_REFUSALS,
    "rematch-needs-reason": _l("Choose why the pair ends; only coordinators read it."),
    "already-exists": _l("This exists already."),
    "no-free-seat": _l("One of the two has no free seat any more."),
    "no-seat-in-organisation": _l("This mentor has as many pairs and circles, in all programmes together, as may be."),
    "already-decided": _l("This was decided in between. The page shows how it stands now."),
    "declined-before": _l("One of these mentors has said no already. Please choose somebody else."),
    **FLASH_REFUSALS,
    **CHECKLIST_REFUSALS,
    **VIEW_REFUSALS,
    **STEP_REFUSALS,
    **FILE_REFUSALS,
    **PEOPLE_REFUSALS,
    "bad-choices": _l("Please name at least one mentor, and each only once."),
    **CAMPAIGN_REFUSALS,
    **INPUT_REFUSALS,
    "bad-list": _l("Nobody on this list is known, or it is too long: name up to 2,000 people."),
    "invitation-started": _l("These people are asked already."),
    "no-applications": _l("This programme takes no applications now."),
    "still-paired": _l("A pair there is under way. End it first."),
    "view-grew": _l("Others have come meanwhile: nobody was answered. Look at the list again, then choose."),
    "no-reason": _l("Choose a reason for a no; nobody but coordinators sees it. Other answers take no reason and no "
                    "note."),
    "bad-answers": _l("Some answers cannot be kept so. Each holds 4,000 characters at most; if the form has changed in "
                      "between, load it again."),
    "bad-form": _l("This cannot be asked so. A field needs a question, a role and a key of its own, and options where "
                   "people choose."),
    "bad-choice": _l("Choose at least one application, and 5,000 at most."),
    "no-purpose": _l("Say first what the programme is for, among its settings."),
    "bad-dates": _l("The programme ends after it starts, and takes applications only in between."),
    "bad-cadence": _l("Name the days of check-ins from the first to the last; the reminder comes before the answer is "
                      "due."),
    "bad-objective": _l("An objective needs a name, a measure, and a target other than the baseline."),
    "bad-profile": _l("Nobody can be judged so: a criterion needs a name, points from 1 to 1,000, and a question that "
                      "the form asks of mentors; it wants no more words than there are."),
    "wrong-rules": _l("The rules cannot be used like this: points are whole numbers, and all together not too many."),
    "programme-not-open": _l("This is possible while the programme is open. When it is over, go on in its next "
                             "cohort."),
    "setting-fixed": _l("The programme has begun: others have gone by this date or setting already, so it stays."),
    "quota-reached": _l("This was done very often today in this programme. Try again tomorrow, or ask whoever runs "
                        "Ithaca for more."),
    "renewal-decided": _l("You have answered this already."),
    "only-stands-in": _l("Whoever stands in for a coordinator does not decide who looks after the programme."),
    "bad-substitute": _l("This person cannot stand in like this: name somebody else who is still here, and a last day "
                         "that is not over and not before the first."),
    "busy": _l("Too many changes at once. Try again in a moment."),
    "idempotency-key-reused": _l("This form was sent before with other values. Load the page again."),
}


BARRED = "barred-by-rule"
NAMES_AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
OPEN, OVER = ("recruiting", "matching", "running"), ("closing", "closed")
"""States of a programme that takes people in and matches them, and of one that does not any more."""


def refusal(code: str, detail: str, errors: Iterable[Json] = ()) -> str:
    """What to tell the person: our own sentence for the code, else the service's."""
    if code == UNFIT:
        return unfit(errors)
    if code == BARRED:
        names = (reasons.name(one, {}) for one in detail.rpartition(": ")[2].split(", "))
        return str(_("A fixed rule of the programme forbids the two: %(rules)s.", rules=", ".join(names)))
    readable = "" if NAMES_AN_ID.search(detail) else detail
    return str(REFUSALS.get(code) or readable or _l("That did not work. Nothing was changed."))


def sign(table: dict[str, Sign], code: str | None) -> Sign:
    """An unknown code of a newer service is shown as it is."""
    return table.get(code or "", Sign(code or "–"))
