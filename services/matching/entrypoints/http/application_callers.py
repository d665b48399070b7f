"""Who may call what of applications: see `callers`."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import anybody_in_it, person_id, require_charge
from shared.kernel.errors import NotFound
from shared.web.callers import Caller, Ids


def may_apply(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Anybody while the programme takes applications; who looks after it, applied or takes part there, always. Who was
    only had in mind is anybody."""
    if matching.applications.takes(ids["programme_id"]):
        return
    mine = matching.applications.of_person(caller.person_id) if caller.person_id else []
    if ids["programme_id"] not in {one.programme_id for one in mine if not one.unheard_of}:
        anybody_in_it(matching, caller, ids)


def applicant(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever applies, alone. Who was only had in mind does not know."""
    one = matching.applications.get(ids["application_id"])
    if one.person_id != person_id(caller) or one.unheard_of:
        raise NotFound("not theirs")


def endorser(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever is asked to endorse it, or was."""
    one = matching.applications.get(ids["application_id"])
    if one.asks is None or one.asks.endorser_id != person_id(caller):
        raise NotFound("not asked")


def coordinator_of_application(matching: Matching, caller: Caller, ids: Ids) -> None:
    """From the submission on who looks after the programme."""
    one = matching.applications.get(ids["application_id"])
    require_charge(matching, caller, one.programme_id)
    if one.submitted_at is None:
        raise NotFound("a draft")


def coordinator_of_another(matching: Matching, caller: Caller, ids: Ids) -> None:
    """The same, but not whoever applies, whatever else they are."""
    if matching.applications.get(ids["application_id"]).person_id == caller.person_id:
        raise NotFound("not theirs")
    coordinator_of_application(matching, caller, ids)


def of_application(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Whoever applies, and from the submission on who looks after the programme."""
    one = matching.applications.get(ids["application_id"])
    if caller.person_id is None or caller.person_id != one.person_id or one.unheard_of:
        coordinator_of_application(matching, caller, ids)
