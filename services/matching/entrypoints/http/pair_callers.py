"""Who may call what of a pair beside those who look after it."""

from services.matching.application import Matching
from services.matching.entrypoints.http.callers import person_id
from shared.web.callers import Caller, Ids


def party_of_pair(matching: Matching, caller: Caller, ids: Ids) -> None:
    """One of the two, and nobody who looks after them."""
    matching.pairs.get(ids["pair_id"]).require_party(person_id(caller))
