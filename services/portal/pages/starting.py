"""What a pair waits for before it begins: of whom, and letting it begin without."""

from dataclasses import dataclass

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.reading import named
from services.portal.pages.site import Pages
from services.portal.pages.visit import Visit, go, pressed
from services.portal.pages.wording import BECAUSE, GATES

pages = Pages("starting")
EACH = "training"
"""The gate that each of the two meets alone; of the others one of them is enough."""


@dataclass(frozen=True)
class Line:
    """One gate of a pair: `whom` names who still has to do it; `because`, why nobody has to."""

    gate: str
    text: str
    is_open: bool
    whom: str = ""
    because: str = ""


def lines(pair: Json, people: Json) -> list[Line]:
    """Every gate of a pair that waits, met or not."""
    still = {one["gate"]: one["person_ids"] for one in pair.get("open_gates") or []}
    waived = {one["gate"]: one["because"] for one in pair.get("waived") or []}
    return [Line(gate, str(GATES.get(gate, gate)), gate in still, whom(gate, still.get(gate, []), people),
                 str(BECAUSE.get(waived.get(gate, ""), ""))) for gate in (pair.get("gates") or []) if still]


def whom(gate: str, ids: list[str], people: Json) -> str:
    names = [named(people, one) for one in ids]
    if len(names) < 2:
        return "".join(names)
    both = {"one": names[0], "other": names[1]}
    return str(_("%(one)s and %(other)s", **both) if gate == EACH else _("%(one)s or %(other)s", **both))


@pages.post("/pairs/<pair_id>/waivers")
def waive(visit: Visit, pair_id: str) -> ResponseReturnValue:
    said = {"gate": request.form.get("gate", ""), "because": request.form.get("because", "")}
    here = url_for("pairs.pair", pair_id=pair_id)
    if said["because"] not in BECAUSE:
        flash(_("Choose why it may begin without."), "watch")
        return go(here)
    return visit.told(lambda: visit.services.matching.change_pair(pair_id, "waivers", pressed(), said),
                      _("The pair does not wait for it any more."), here)
