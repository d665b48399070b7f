"""Words of refusals that are about people and where they sit, in the reader's language."""

from flask_babel import lazy_gettext as _l

PEOPLE_REFUSALS = {
    "circle-full": _l("As many as may be sit in this circle already."),
    "already-in-circle": _l("This person sits in this circle already."),
    "not-in-circle": _l("This person does not sit in this circle any more."),
    "circle-closed": _l("This circle has ended."),
    "circle-not-begun": _l("A circle that has not begun cannot be completed: choose another reason."),
    "bad-circle": _l("A circle has a name, one mentor or two who are not the same, and from 1 to 30 mentees: at least "
                     "no more than at most."),
    "not-taking-part": _l("This person does not take part in this role here, is on a break, or has left."),
    "person-has-left": _l("This person has left the organisation."),
    "same-person": _l("Nobody mentors themselves: name two people."),
    "cannot-apply": _l("You take part in this role already."),
    "not-in-directory": _l("Only people whom the directory of the organisation knows can take part."),
    "already-together": _l("These two are a pair here already."),
    "bad-capacity": _l("Say with a whole number how many pairs are wanted."),
    "room-of-mentee": _l("How many mentors a mentee may have is not theirs to say."),
    "bad-role-names": _l("Each role needs a name in each language, of at most 60 letters."),
    "directory-id-taken": _l("Somebody else bears this number of the directory."),
    "directory-id-erased": _l("Somebody with this number of the directory asked to be forgotten."),
    "mentees-turn": _l("You have asked something: the mentee answers first."),
    "no-requests": _l("Mentees ask nobody themselves in this programme."),
    "request-open": _l("Somebody is asked already: change that list, or wait for the answer."),
    "mailed-today": _l("They had a mail about this today already. Try again on the next working day."),
    "reminded-today": _l("They were reminded today already. Try again on the next working day."),
    "told-today": _l("They heard today that it was missed. Remind them on the next working day."),
    "not-overdue": _l("There is nothing to remind of: it is answered, not due, or over."),
    "mail-arrives": _l("Mail reaches this person: there is nothing to try again."),
    "nothing-to-try": _l("No mail is left that would help by now. The next one tells whether the address works."),
    "changed-since": _l("It was sent anew since you read it. Read it again, then decide."),
    "own-application": _l("It is your own application: somebody else in charge decides about it."),
    "too-late": _l("It is too late for this: publishing has begun, or was never about to."),
    "proposed-together": _l("The run proposes these two already. Look at it again, then decide."),
    "too-many-swaps": _l("This run takes no more changes by hand. Run matching again: what you locked is kept."),
    "matching-too-large": _l("There are more people and rules than can be matched at once."),
}
