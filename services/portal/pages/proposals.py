"""One proposed pair: why the two, what decided it, and what a coordinator can do about it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.portal.pages import reasons
from services.portal.pages.rulings import between
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit
from services.portal.pages.wording import DECIDED_BY, RULING_STATES, sign

pages = Pages("proposals")


@pages.get("/runs/<run_id>/proposals/<proposal_id>")
def proposal(visit: Visit, run_id: str, proposal_id: str) -> ResponseReturnValue:
    matching = visit.services.matching
    run = visit.need(lambda: matching.run(run_id))
    found = visit.need(lambda: matching.proposal(run_id, proposal_id))
    wished = [wish["person_id"] for wish in found["broken_wishes"]]
    parts = visit.at_once(
        programme=lambda: matching.programme(run["programme_id"]),
        people=lambda: matching.people([found["mentor_id"], found["mentee_id"], *wished]),
        rulings=lambda: matching.rulings(run["programme_id"], mentee_id=found["mentee_id"]),
    )
    return render_template(
        "proposal.html", run=run, proposal=found, people=parts.people, missing=parts.missing, reasons=reasons,
        ruling=between(parts.rulings, found), rulings=RULING_STATES, decided=sign(DECIDED_BY, found["decided_by"]),
        programme=parts.programme or {"id": run["programme_id"]})
