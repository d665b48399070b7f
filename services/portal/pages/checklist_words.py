"""Words of the checklist of a programme: what is to be done, why, and where."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.portal.clients.calls import Json

CHECKLIST_REFUSALS = {
    "bad-checklist": _l("This cannot stand in the list: an item of your own needs words, and each stands there once."),
    "item-counts-itself": _l("This is counted: it is done as soon as the facts say so."),
}
MATCHING = "runs.matching"


@dataclass(frozen=True)
class Doing:
    """An item in words; `view` is where it is done. Without a view it is done outside, and pressed here."""

    text: LazyString
    why: LazyString
    button: LazyString
    view: str = ""
    anchor: str = ""
    state: str = ""

    def href(self, programme_id: str) -> str:
        values: dict[str, Any] = {"programme_id": programme_id, **({"state": self.state} if self.state else {})}
        return url_for(self.view, _anchor=self.anchor or None, **values) if self.view else ""


DOINGS: dict[str, Doing] = {
    "purpose": Doing(_l("Say what the programme is for"), _l("Nobody opens a programme without a purpose."),
                     _l("Say what it is for"), "setting_up.settings", "purpose"),
    "objectives": Doing(_l("Set an objective with a measure and a target"),
                        _l("What shall be different afterwards, and how will you know?"), _l("Set an objective"),
                        "objectives.of_programme"),
    "coordinator": Doing(_l("Name a coordinator"), _l("Somebody has to see what waits."), _l("Name a coordinator"),
                         "setting_up.settings", "coordinators"),
    "substitute": Doing(_l("Name a substitute"), _l("Somebody sees what waits while a coordinator is away."),
                        _l("Name a substitute"), "entrusting.of_programme", "name-h"),
    "sponsor": Doing(_l("Name a sponsor"), _l("A senior champion opens doors, and sees how it goes in figures."),
                     _l("Name a sponsor"), "setting_up.settings", "sponsor"),
    "form-read": Doing(_l("Read the form that people fill in"),
                       _l("It asks what the rules go by. Tick it off below when it asks what you need."),
                       _l("Look at the form"), "form.of_programme"),
    "kick-off-agreed": Doing(_l("Agree the day of the kick-off with leaders"),
                             _l("Leaders who keep the day free send their people."), _l("The day is agreed")),
    "opened": Doing(_l("Open the programme"), _l("From then on people can be imported and matched."), _l("Open it"),
                    "programmes.open_it"),
    "made-known": Doing(_l("Make the programme known"), _l("A campaign asks people by mail and brings posters; or "
                        "import mentors and mentees who are known already."), _l("Plan a campaign"),
                        "campaigns.of_programme"),
    "people-aboard": Doing(_l("Bring the people aboard"), _l("A list of mentors and one of mentees, as CSV. You check "
                           "every column before anything is kept."), _l("Import people"), "imports.begin"),
    "applications-decided": Doing(_l("Decide on all applications"),
                                  _l("Whoever waits for an answer cannot be matched."), _l("Decide"),
                                  "deciding.of_programme", state="submitted"),
    "places-enough": Doing(_l("Find mentors for all mentees"), _l("There are fewer places than mentees."),
                           _l("Invite mentors"), "inviting.of_programme"),
    "matching-begun": Doing(_l("Match the people"), _l("Everyone is here. The run takes a moment and changes nothing "
                            "until you publish it."), _l("Go to matching"), MATCHING),
    "ready-to-run": Doing(_l("Mend what a run would stumble over"), _l("The matching page says whom no mentor may "
                          "have, and which locks cannot be kept."), _l("See what to mend"), MATCHING),
    "run-published": Doing(_l("Publish the pairs"), _l("Nothing is sent before you publish."), _l("Go to matching"),
                           MATCHING),
    "pairs-begun": Doing(_l("Help all pairs to begin"), _l("A pair begins when both have done what comes before."),
                         _l("See pairs that wait"), "pairs.of_programme", state="awaiting-training"),
    "everybody-matched": Doing(_l("Find a mentor for everybody"), _l("Some mentees have nobody yet."), _l("See them"),
                               "programmes.people", state="unmatched"),
    "tasks-done": Doing(_l("Finish the open tasks of matching"), _l("Something needs a coordinator’s word."),
                        _l("See tasks"), "tasks.of_programme"),
    "half-time-told": Doing(_l("Tell the sponsor at half-time how it goes"),
                            _l("The sponsor’s page has the figures, and nobody’s answers."), _l("The sponsor knows")),
    "pairs-closed": Doing(_l("Bring all pairs to an end"), _l("Each pair says goodbye and is closed."), _l("See pairs"),
                          "pairs.of_programme"),
    "mentors-asked": Doing(_l("See who goes on as a mentor"), _l("Mentors are asked when their last pair is complete."),
                           _l("See who goes on"), "motives.of_programme"),
    "results-told": Doing(_l("Tell the sponsor what came of it"), _l("What was the aim, and what is reached?"),
                          _l("The sponsor knows")),
    "findings-kept": Doing(_l("Write down what to do otherwise next time"),
                           _l("While everybody still remembers it."), _l("It is written down")),
    "next-cohort": Doing(_l("Begin the next cohort"), _l("Like this one, with dates of its own."),
                         _l("Begin the next cohort like this one"), "programmes.new"),
}


def text_of(item: Json) -> str:
    """A coordinator's own words, or ours; one of a newer service is called by its code."""
    known = DOINGS.get(str(item["id"]))
    return str(item.get("text") or (known.text if known else item["id"]))
