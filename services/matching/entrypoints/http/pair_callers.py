"""Who may call what of a pair: see `callers`."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import person_id, require_charge
from shared.kernel.errors import NotFound
from shared.web.callers import Caller, Ids


def party_of_pair(matching: Matching, caller: Caller, ids: Ids) -> None:
    """One of the two, and nobody who looks after them."""
    matching.pairs.get(ids["pair_id"]).require_party(person_id(caller))


def coordinator_of_pair(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Not the two themselves, whatever else they are."""
    pair = matching.pairs.get(ids["pair_id"])
    if caller.person_id in (pair.mentor_id, pair.mentee_id):
        raise NotFound("not theirs")
    require_charge(matching, caller, pair.programme_id)


def party_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """One of the two of the pair, or whoever looks after its programme."""
    pair = matching.pairs.get(ids["pair_id"])
    if caller.person_id is None or caller.person_id not in (pair.mentor_id, pair.mentee_id):
        require_charge(matching, caller, pair.programme_id)


def mentee_or_coordinator(matching: Matching, caller: Caller, ids: Ids) -> None:
    """Another mentor is the mentee's wish, or the coordinator's."""
    pair = matching.pairs.get(ids["pair_id"])
    if caller.person_id is None or caller.person_id != pair.mentee_id:
        require_charge(matching, caller, pair.programme_id)
