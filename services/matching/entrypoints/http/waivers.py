"""A pair that starts without something that its programme asks for."""

from typing import Any

from services.matching.application import Matching
from services.matching.domain.pair import Pair
from services.matching.entrypoints.http.gate_bodies import WaiverBody
from services.matching.entrypoints.http.pair_callers import coordinator_of_pair
from services.matching.entrypoints.http.pairs import PairBody
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("waivers", "", description="Gates that a pair does not wait for")


@routes.post("/pairs/<pair_id>/waivers")
@requires(coordinator_of_pair)
@routes.arguments(WaiverBody)
@routes.response(200, PairBody)
def waive(matching: Matching, caller: Caller, body: dict[str, Any], pair_id: str) -> Pair:
    """The pair starts without this gate, for a reason."""
    return matching.pairs.waive(pair_id, body["gate"], body["because"], by=caller.known_as)
