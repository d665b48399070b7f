"""Pages of whoever looks after a programme: for all others they are not there."""

from werkzeug.exceptions import NotFound

from services.portal.clients.calls import Json
from services.portal.pages.visit import Visit


def looked_after(visit: Visit, programme_id: str) -> Json:
    """The programme, for its coordinators and the office. Raises NotFound."""
    programme: Json = visit.need(lambda: visit.services.matching.programme(programme_id))
    if not looks_after(visit, in_charge(programme)):
        raise NotFound
    return programme


def looked_at(visit: Visit, programme_id: str) -> Json:
    """The same, for its sponsor too."""
    programme: Json = visit.need(lambda: visit.services.matching.programme(programme_id))
    if not looks_after(visit, [*in_charge(programme), programme.get("sponsor_id") or ""]):
        raise NotFound
    return programme


def in_charge(programme: Json) -> list[str]:
    """Its coordinators, and whoever stands in for one now."""
    return list(programme.get("in_charge") or programme["coordinator_ids"])


def looks_after(visit: Visit, ids: list[str]) -> bool:
    """Whether the person is one of these, or of the office."""
    return is_office(visit) or visit.person.id in ids


def is_office(visit: Visit) -> bool:
    """Whoever begins programmes of any kind; coordinators begin the next cohort of theirs."""
    return "programme-office" in visit.person.roles
