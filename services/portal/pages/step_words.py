"""Words of the optional steps of an application, in the reader's language."""

from flask_babel import lazy_gettext as _l

STEPS = {"interview": _l("Interview"), "endorsement": _l("Endorsement")}
INTERVIEW_OUTCOMES = {
    "fits": _l("Fits the programme"),
    "unsure": _l("Hard to say"),
    "does-not-fit": _l("Does not fit"),
}
ENDORSED = {"yes": _l("Yes, I endorse it"), "no": _l("No, I do not")}
STEP_REFUSALS = {
    "step-open": _l("A step that the programme asks for is still open: do it first, or say why you approve without "
                    "it."),
    "step-not-asked": _l("The programme does not ask for this step in this role."),
    "endorsement-under-way": _l("Somebody is asked for this application already."),
    "not-held-yet": _l("An interview is noted once it was held: today, or on a day before."),
    "no-endorser": _l("Nobody can be asked like this: name somebody who is still here, and not the person themselves."),
}
