"""Asks once more before a proposal by hand is withdrawn: whoever has said yes is told at once."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from services.portal.pages.pairs import OPEN, both
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go

pages = Pages("withdrawing")


@pages.get("/pairs/<pair_id>/withdrawal")
def sure(visit: Visit, pair_id: str) -> ResponseReturnValue:
    """Of one that is open, to a coordinator: each of the two says no instead, with a reason."""
    matching = visit.services.matching
    pair = visit.need(lambda: matching.pair(pair_id))
    if pair["state"] not in OPEN or visit.person.id in both(pair):
        return go(url_for("pairs.pair", pair_id=pair_id))
    parts = visit.at_once(people=lambda: matching.people(both(pair)),
                          programme=lambda: matching.programme(pair["programme_id"]))
    return render_template("pair-withdraw.html", programme=parts.programme, pair=pair, people=parts.people)
