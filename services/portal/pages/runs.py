"""Matching: runs with their progress, the proposed pairs with reasons, who stayed unmatched."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages import aims, bulk, changes, meanwhile, readiness, reasons, run_words
from services.portal.pages.by_name import sought
from services.portal.pages.charge import looked_after
from services.portal.pages.publishing import after, foreseen_of
from services.portal.pages.quality import Histogram, quality_of
from services.portal.pages.rulings import brief, couple
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed
from services.portal.pages.wording import DECIDED_BY, OVER, RULING_STATES

pages = Pages("runs")
WORKING = ("queued", "solving", "publishing", "releasing")
MOST_ALONE = 8
"""People without a partner on the page of the run; a page of their own has all."""
MOST_REFUSED = 50
"""Proposals on the page of the run that could not become pairs."""
SHOWN = ("proposed", "releasing", "publishing", "published")


@pages.get("/programmes/<programme_id>/matching")
def matching(visit: Visit, programme_id: str) -> ResponseReturnValue:
    services = visit.services
    programme = looked_after(visit, programme_id)
    parts = visit.at_once(runs=lambda: services.matching.runs(programme_id),
                          ready=lambda: services.matching.workbench.readiness(programme_id),
                          trade_off=lambda: services.matching.workbench.trade_off(programme_id))
    newest = next((one for one in parts.runs or [] if one["state"] in SHOWN and not one.get("mentee_id")), None)
    return render_template(
        "matching.html", programme=programme, parts_of=parts, state_of=run_words.state, ready=parts.ready,
        readiness=readiness, trade_off=parts.trade_off, aims=aims, reasons=reasons,
        drafted=newest is not None and newest["state"] == "proposed")


@pages.post("/programmes/<programme_id>/runs")
def begin(visit: Visit, programme_id: str) -> ResponseReturnValue:
    """A refusal is told on the matching page, since there is no run to go to."""
    made, objective = list[str](), request.form.get("objective", "")
    back = visit.told(
        lambda: made.append(visit.services.matching.begin_run(programme_id, objective, pressed())),
        _("The run has begun. You can leave this page and come back."),
        url_for("runs.matching", programme_id=programme_id),
    )
    return go(url_for("runs.run", run_id=made[0])) if made else back


@pages.post("/programmes/<programme_id>/trade-off")
def compare(visit: Visit, programme_id: str) -> ResponseReturnValue:
    return visit.told(lambda: visit.services.matching.workbench.compare(programme_id, pressed()),
                      _("The objectives are being compared. You can leave this page and come back."),
                      url_for("runs.matching", programme_id=programme_id, _anchor="aims"))


@pages.get("/runs/<run_id>")
def run(visit: Visit, run_id: str) -> ResponseReturnValue:
    found = visit.need(lambda: visit.services.matching.run(run_id))
    programme = visit.need(lambda: visit.services.matching.programme(found["programme_id"]))
    common = {
        "programme": programme,
        "run": found,
        "state": run_words.state(found),
        "words": run_words,
        "working": found["state"] in WORKING,
        "over": programme.get("state") in OVER,
        "aims": aims,
        "meanwhile": meanwhile,
    }
    if found["state"] not in SHOWN or (is_progress() and found["state"] in WORKING):
        return polled(render_template("run.html", **common, shown=False), found)
    foreseen = foreseen_of(visit, found) if found["state"] == "releasing" else None
    return polled(render_template("run.html", **common, foreseen=foreseen, **proposed_pairs(visit, found)), found)


def proposed_pairs(visit: Visit, run: Json) -> dict[str, Any]:
    """Weakest first, with the names of everyone on the page."""
    client, run_id = visit.services.matching, run["id"]
    parts = visit.at_once(
        proposals=lambda: client.proposals(run_id, request.args.get("after", ""), q=sought(), which=which()),
        alone=lambda: client.unmatched(run_id, limit=MOST_ALONE, role="mentee").items,
        idle=lambda: client.unmatched(run_id, limit=MOST_ALONE, role="mentor").items,
        fairness=lambda: client.fairness(run_id),
        quality=lambda: client.workbench.quality(run_id),
    )
    shown = parts.proposals.items if parts.proposals else []
    refused = (run.get("refused") or [])[:MOST_REFUSED]
    ids = named_in(run, [*shown, *refused], [*(parts.alone or ()), *(parts.idle or ())])
    around = visit.at_once(people=lambda: client.people(ids), ruled=lambda: ruled_among(visit, run, shown))
    return {
        "shown": True,
        "proposed": parts.proposals,
        "filter": which(),
        "ruled": around.ruled or {},
        "lockable": [couple(one) for one in shown if couple(one) not in (around.ruled or {})]
        if run["state"] == "proposed" else [],
        "couple": couple, "brief": brief,
        "rulings": RULING_STATES,
        "left": bulk.left_over(),
        "left_over": parts.alone,
        "idle": parts.idle,
        "refused": refused,
        "people": around.people,
        "missing": parts.missing,
        "reasons": reasons,
        "decided": DECIDED_BY,
        "fairness": parts.fairness,
        "quality": quality_of(parts.quality),
        "drawn": Histogram(run.get("histogram") or ()),
        "changed": changes,
    }


def which() -> str:
    """The filter of the proposed pairs in the address."""
    state = request.args.get("state", "")
    return state if state in run_words.FILTERS else ""


def ruled_among(visit: Visit, run: Json, shown: list[Json]) -> dict[str, str]:
    """Which of these couples are locked or excluded now, by this run or before."""
    mentees = [str(one["mentee_id"]) for one in shown]
    found = visit.services.matching.rulings_of(run["programme_id"], mentees) if mentees else []
    return {couple(one): str(one["state"]) for one in found}


def named_in(run: Json, couples: list[Json], alone: list[Json]) -> list[str]:
    """Everybody whom the page names."""
    wished = [wish.get("person_id") for one in couples for wish in one.get("broken_wishes") or ()]
    couples = [*couples, *(run.get("locks_refused") or ())]
    told = (run.get("changes") or {}).get("told") or []
    ids = [*wished, *(one.get(side) for one in couples for side in ("mentor_id", "mentee_id")),
           *(one.get("person_id") for one in alone), *(run.get("left_alone") or {}).values(), *changes.everybody(told)]
    return [str(one) for one in ids if one]


@pages.get("/runs/<run_id>/unmatched")
def unmatched(visit: Visit, run_id: str) -> ResponseReturnValue:
    """Everybody whom the run left alone, page by page."""
    client = visit.services.matching
    found = visit.need(lambda: client.run(run_id))
    programme = visit.need(lambda: client.programme(found["programme_id"]))
    shown = visit.need(lambda: client.unmatched(run_id, after=request.args.get("after", ""), q=sought()))
    people = visit.at_once(people=lambda: client.people(str(one["person_id"]) for one in shown.items)).people
    return render_template("run-unmatched.html", programme=programme, run=found, rows=shown, people=people,
                           reasons=reasons, words=run_words)


def is_progress() -> bool:
    """Whether a script asks, every second, how far it is."""
    return bool(request.headers.get("HX-Request"))


def polled(page: str, found: Json) -> Response:
    """The page, and for a script that asked for progress: load all of it anew once the run stands still."""
    answer = make_response(page)
    if is_progress() and found["state"] not in WORKING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@pages.post("/runs/<run_id>/cancellation")
def cancel(visit: Visit, run_id: str) -> ResponseReturnValue:
    return after(
        visit, run_id, lambda: visit.services.matching.cancel_run(run_id, pressed()), _("The run is cancelled.")
    )
