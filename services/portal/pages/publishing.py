"""Publishing a run: what would come of it, the press, the minutes in which it can be taken back."""

from typing import Any

from flask import Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json, NoAnswer, Refused
from services.portal.pages import changes, introductions, meanwhile, reasons, run_words
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed

pages = Pages("publishing")


@pages.get("/runs/<run_id>/publish")
def confirm(visit: Visit, run_id: str) -> ResponseReturnValue:
    """Of a run that waits for it; the page of any other says how it stands."""
    found = visit.need(lambda: visit.services.matching.run(run_id))
    if found["state"] != "proposed":
        return go(url_for("runs.run", run_id=run_id))
    programme = visit.need(lambda: visit.services.matching.programme(found["programme_id"]))
    foreseen = foreseen_of(visit, found)
    refused = (foreseen or {}).get("refused") or []
    ids = [one[side] for one in refused for side in ("mentor_id", "mentee_id")]
    people = visit.at_once(people=lambda: visit.services.matching.people(ids)).people if ids else {}
    sample, is_late = None, False
    try:
        sample = introductions.sample(visit, found)
    except NoAnswer:
        is_late = True
    return render_template("run-publish.html", programme=programme, run=found, sample=sample, is_late=is_late,
                           changed=changes, meanwhile=meanwhile, words=run_words, foreseen=foreseen, people=people,
                           reasons=reasons)


def foreseen_of(visit: Visit, run: Json) -> Json | None:
    """What publishing would do now; None while matching does not say."""
    found: Json | None = visit.at_once(foreseen=lambda: visit.services.matching.workbench.foreseen(run["id"])).foreseen
    return found


@pages.post("/runs/<run_id>/publication")
def publish(visit: Visit, run_id: str) -> ResponseReturnValue:
    return after(
        visit,
        run_id,
        lambda: visit.services.matching.publish(run_id, meanwhile.shown(), pressed()),
        _("Published: mentors and mentees will hear of it."),
    )


@pages.get("/runs/<run_id>/release")
def sure(visit: Visit, run_id: str) -> ResponseReturnValue:
    """Asks once more: what has left cannot be taken back."""
    found = visit.need(lambda: visit.services.matching.run(run_id))
    programme = visit.need(lambda: visit.services.matching.programme(found["programme_id"]))
    return render_template("run-release.html", programme=programme, run=found, meanwhile=meanwhile, words=run_words,
                           foreseen=foreseen_of(visit, found))


@pages.post("/runs/<run_id>/release")
def release(visit: Visit, run_id: str) -> ResponseReturnValue:
    return after(
        visit, run_id, lambda: visit.services.matching.workbench.release(run_id, meanwhile.shown(), pressed()),
        _("Released: mentors and mentees hear of it now."),
    )


@pages.post("/runs/<run_id>/undo")
def take_back(visit: Visit, run_id: str) -> ResponseReturnValue:
    return after(
        visit, run_id, lambda: visit.services.matching.take_back(run_id, meanwhile.shown()),
        _("Taken back. Nothing has left.")
    )


def after(visit: Visit, run_id: str, command: Any, done: str) -> Response:
    """Of a run that is not as it was shown nothing is done, and the page says what has changed."""
    to = url_for("runs.run", run_id=run_id)
    try:
        visit.do(command)
    except Refused as refused:
        if refused.code != "stale":
            return visit.sent_back(refused, to)
        flash(meanwhile.changed(visit.need(lambda: visit.services.matching.run(run_id))), "watch")
        return go(to)
    flash(done, "good")
    return go(to)
