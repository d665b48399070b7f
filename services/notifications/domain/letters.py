"""The letters Ithaca writes: about what, with which link, and when one would come out of place."""

from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.errors import Invalid


class Role(StrEnum):
    """In which capacity somebody is written to: each has its own text."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    COORDINATOR = "coordinator"
    OFFICE = "office"
    SPONSOR = "sponsor"
    ENDORSER = "endorser"


class Purpose(StrEnum):
    """What a one-click link lets its holder do."""

    CHECK_IN = "check-in"


PAIR_SIDES = (Role.MENTOR, Role.MENTEE)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One template: `about_kind` of the id it is about, `roles` it is written for, `link` it carries.

    `needs_live_pair`: pointless once the pair is closed. `waits_for_return`: not sent to somebody on leave.
    `confidential`: shown in no timeline of the pair.
    """

    name: str
    about_kind: str
    roles: tuple[Role, ...] = PAIR_SIDES
    link: Purpose | None = None
    needs_live_pair: bool = False
    waits_for_return: bool = False
    confidential: bool = False


def _check_in(name: str) -> Letter:
    return Letter(name=name, about_kind="check-in", link=Purpose.CHECK_IN, needs_live_pair=True, waits_for_return=True)


INTRODUCTION = Letter(name="introduction", about_kind="pair", needs_live_pair=True)
CHECK_IN_OPENED = _check_in("check-in-opened")
CHECK_IN_REMINDER = _check_in("check-in-reminder")
MISSED_ONCE = _check_in("check-in-missed-once")
MISSED_TWICE = _check_in("check-in-missed-twice")
QUIET_PARTNER = Letter(name="quiet-partner", about_kind="check-in", needs_live_pair=True, waits_for_return=True)
LAST_WEEKS = Letter(name="last-weeks", about_kind="pair", needs_live_pair=True, waits_for_return=True)
MENTOR_LEFT = Letter(name="mentor-left", about_kind="pair", roles=(Role.MENTEE,))
MENTEE_LEFT = Letter(name="mentee-left", about_kind="pair", roles=(Role.MENTOR,))
ENDED_EARLY = Letter(name="ended-early", about_kind="pair")
ANOTHER_SOUGHT = Letter(name="another-sought", about_kind="pair", roles=(Role.MENTEE,))
NOT_BEGUN = Letter(name="not-begun", about_kind="pair")
COMPLETED = Letter(name="completed", about_kind="pair")
CASE_RAISED = Letter(name="case-raised", about_kind="case", roles=(Role.COORDINATOR, Role.OFFICE), confidential=True)
CASE_ESCALATED = Letter(name="case-escalated", about_kind="case", roles=(Role.OFFICE,), confidential=True)
COORDINATOR_LEFT = Letter(name="coordinator-left", about_kind="programme", roles=(Role.OFFICE,))
SPONSOR_DIGEST = Letter(name="sponsor-digest", about_kind="programme", roles=(Role.SPONSOR,), waits_for_return=True)
SPONSOR_FAREWELL = Letter(name="sponsor-farewell", about_kind="programme", roles=(Role.SPONSOR,), waits_for_return=True)

CIRCLE_WELCOME = Letter(name="circle-welcome", about_kind="circle", needs_live_pair=True)
CIRCLE_JOINED = Letter(name="circle-joined", about_kind="circle", needs_live_pair=True)
CIRCLE_LEFT = Letter(name="circle-left", about_kind="circle", needs_live_pair=True)
CIRCLE_LAST_WEEKS = Letter(name="circle-last-weeks", about_kind="circle", needs_live_pair=True, waits_for_return=True)
CIRCLE_COMPLETED = Letter(name="circle-completed", about_kind="circle")
CIRCLE_ENDED = Letter(name="circle-ended", about_kind="circle")
CIRCLE_TAKEN_OUT = Letter(name="circle-taken-out", about_kind="circle")
CIRCLE_NO_PLACE = Letter(name="circle-no-place", about_kind="circle")
CIRCLE_PARTED = Letter(name="circle-parted", about_kind="circle")
CIRCLE_CHECK_IN_OPENED = _check_in("circle-check-in-opened")
CIRCLE_CHECK_IN_REMINDER = _check_in("circle-check-in-reminder")
CIRCLE_MISSED_ONCE = _check_in("circle-check-in-missed-once")
CIRCLE_MISSED_TWICE = _check_in("circle-check-in-missed-twice")
CIRCLE_CASE_RAISED = Letter(name="circle-case-raised", about_kind="case", roles=(Role.COORDINATOR, Role.OFFICE),
                            confidential=True)
CIRCLE_CASE_ESCALATED = Letter(name="circle-case-escalated", about_kind="case", roles=(Role.OFFICE,),
                               confidential=True)
IN_CIRCLES: dict[str, Letter] = {
    CHECK_IN_OPENED.name: CIRCLE_CHECK_IN_OPENED, CHECK_IN_REMINDER.name: CIRCLE_CHECK_IN_REMINDER,
    MISSED_ONCE.name: CIRCLE_MISSED_ONCE, MISSED_TWICE.name: CIRCLE_MISSED_TWICE,
    CASE_RAISED.name: CIRCLE_CASE_RAISED, CASE_ESCALATED.name: CIRCLE_CASE_ESCALATED,
}
"""What is said instead where it is about a circle."""

PAIR_PROPOSED = Letter(name="pair-proposed", about_kind="pair", needs_live_pair=True)
PAIR_REMINDER = Letter(name="pair-reminder", about_kind="pair", needs_live_pair=True)
START_REMINDER = Letter(name="start-reminder", about_kind="pair", needs_live_pair=True)
PROPOSAL_ENDED = Letter(name="proposal-ended", about_kind="pair")

REQUEST_RECEIVED = Letter(name="request-received", about_kind="request", roles=(Role.MENTOR,))
REQUEST_REMINDER = Letter(name="request-reminder", about_kind="request", roles=(Role.MENTOR,))
REQUEST_QUESTION = Letter(name="request-question", about_kind="request", roles=(Role.MENTEE,))
REQUEST_REPLY = Letter(name="request-reply", about_kind="request", roles=(Role.MENTOR,))
REQUEST_SETTLED = Letter(name="request-settled", about_kind="request", roles=(Role.MENTOR,))
REQUEST_NEXT = Letter(name="request-next", about_kind="request", roles=(Role.MENTEE,))
REQUEST_ENDED = Letter(name="request-ended", about_kind="request", roles=(Role.MENTEE,))
REQUEST_EXHAUSTED = Letter(name="request-exhausted", about_kind="request",
                           roles=(Role.MENTEE, Role.COORDINATOR, Role.OFFICE))

APPLICATION_INVITED = Letter(name="application-invited", about_kind="application", waits_for_return=True)
MENTOR_INVITED = Letter(name="mentor-invited", about_kind="application", roles=(Role.MENTOR,), waits_for_return=True)
RENEWAL_ASKED = Letter(name="renewal-asked", about_kind="application", roles=(Role.MENTOR,), waits_for_return=True)
INVITATION_REMINDER = Letter(name="invitation-reminder", about_kind="application", waits_for_return=True)
APPLICATION_SUBMITTED = Letter(name="application-submitted", about_kind="application")
APPLICATION_APPROVED = Letter(name="application-approved", about_kind="application")
APPLICATION_WAITING = Letter(name="application-waiting", about_kind="application")
APPLICATION_DECLINED = Letter(name="application-declined", about_kind="application")
ENDORSEMENT_ASKED = Letter(name="endorsement-asked", about_kind="application", roles=(Role.ENDORSER,))
ENDORSEMENT_REMINDER = Letter(name="endorsement-reminder", about_kind="application", roles=(Role.ENDORSER,))
CONFIRMATION_REMINDER = Letter(name="confirmation-reminder", about_kind="application", waits_for_return=True)
TAKEN_OUT = Letter(name="taken-out", about_kind="application")

LETTERS: dict[str, Letter] = {
    one.name: one
    for one in (
        INTRODUCTION, CHECK_IN_OPENED, CHECK_IN_REMINDER, MISSED_ONCE, MISSED_TWICE, QUIET_PARTNER, LAST_WEEKS,
        MENTOR_LEFT, MENTEE_LEFT, ENDED_EARLY, ANOTHER_SOUGHT, NOT_BEGUN, COMPLETED, PAIR_PROPOSED, PAIR_REMINDER,
        START_REMINDER, PROPOSAL_ENDED,
        CASE_RAISED, CASE_ESCALATED, COORDINATOR_LEFT, SPONSOR_DIGEST, SPONSOR_FAREWELL,
        REQUEST_RECEIVED,
        REQUEST_REMINDER, REQUEST_QUESTION, REQUEST_REPLY, REQUEST_SETTLED, REQUEST_NEXT, REQUEST_ENDED,
        REQUEST_EXHAUSTED, APPLICATION_INVITED, MENTOR_INVITED, RENEWAL_ASKED, INVITATION_REMINDER,
        APPLICATION_SUBMITTED, APPLICATION_APPROVED, APPLICATION_WAITING, APPLICATION_DECLINED, TAKEN_OUT,
        CONFIRMATION_REMINDER,
        ENDORSEMENT_ASKED, ENDORSEMENT_REMINDER,
        *IN_CIRCLES.values(), CIRCLE_WELCOME,
        CIRCLE_JOINED, CIRCLE_LEFT, CIRCLE_LAST_WEEKS, CIRCLE_COMPLETED, CIRCLE_ENDED, CIRCLE_TAKEN_OUT,
        CIRCLE_NO_PLACE, CIRCLE_PARTED,
    )
}

BY_DAY = {LAST_WEEKS.name, CIRCLE_LAST_WEEKS.name}
"""Come when nobody did anything, and so not in the night."""


def letter(name: str) -> Letter:
    """Raises Invalid."""
    if name not in LETTERS:
        raise Invalid(f"no letter {name}")
    return LETTERS[name]
