"""One proposed pair: why the two, what decided it, and what a coordinator can do about it."""

from collections.abc import Iterator

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages import reasons
from services.portal.pages.rulings import between
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, pressed
from services.portal.pages.wording import DECIDED_BY, RULING_STATES, sign

pages = Pages("proposals")
SHOWN = ("instead_of", "making_way", "moving_to")
"""What the page says of a swap, and sends with it."""


@pages.get("/runs/<run_id>/proposals/<proposal_id>")
def proposal(visit: Visit, run_id: str, proposal_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    run = visit.need(lambda: matching.run(run_id))
    found = visit.need(lambda: matching.proposal(run_id, proposal_id))
    parts = visit.at_once(
        programme=lambda: matching.programme(run["programme_id"]),
        others=lambda: matching.alternatives(run_id, proposal_id),
        rulings=lambda: matching.rulings_of(run["programme_id"], [found["mentee_id"]]),
    )
    people = visit.at_once(people=lambda: matching.people(everybody(found, parts.others or [])))
    ruling = between(parts.rulings, found)
    return render_template(
        "proposal.html", run=run, proposal=found, people=people.people, others=parts.others,
        missing=(*parts.missing, *people.missing), reasons=reasons,
        ruling=ruling, just_swapped=ruling is None and is_followed(visit, run, found), rulings=RULING_STATES,
        decided=sign(DECIDED_BY, found["decided_by"]),
        made_way=DECIDED_BY["swap"],
        programme=parts.programme or {"id": run["programme_id"]})


@pages.post("/runs/<run_id>/proposals/<proposal_id>/swap")
def swap(visit: Visit, run_id: str, proposal_id: str) -> ResponseReturnValue:
    shown = {name: request.form.get(name, "") for name in SHOWN}
    wanted = {"mentor_id": request.form.get("mentor_id", ""), "shown": shown}
    return visit.told(lambda: visit.services.matching.swap(run_id, proposal_id, wanted, pressed()),
                      _("Swapped, and locked: every run keeps the two together."),
                      url_for("proposals.proposal", run_id=run_id, proposal_id=proposal_id))


def is_followed(visit: Visit, run: Json, found: Json) -> bool:
    """Whether a lock that a swap chose is on its way: it is neither there nor lifted."""
    if run["state"] != "proposed" or found["decided_by"] != "lock":
        return False
    lifted = visit.at_once(lifted=lambda: visit.services.matching.rulings_of(
        run["programme_id"], [found["mentee_id"]], "lifted")).lifted
    return lifted is not None and between(lifted, found) is None


def everybody(found: Json, others: list[Json]) -> Iterator[str]:
    """Who is named on the page."""
    made_way = [one["made_way"] for one in others if one["made_way"]]
    yield from (one["person_id"] for one in found["broken_wishes"])
    yield from (one[side] for one in (found, *made_way) for side in ("mentor_id", "mentee_id") if one[side])
    yield from (one["mentor_id"] for one in others)
