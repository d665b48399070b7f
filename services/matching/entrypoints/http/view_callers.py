"""Who may call what of a saved view: see `callers`."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import require_charge
from shared.kernel.errors import NotFound
from shared.web.callers import Caller, Ids


def owner_of_view(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever saved it, while they look after the programme."""
    view = matching.saved_views.get(ids["view_id"])
    if view.owner_id != caller.person_id:
        raise NotFound("not theirs")
    require_charge(matching, caller, view.programme_id)
