"""The choice and fairness report of a run."""

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.matchmaking.fairness import Fairness
from services.matching.entrypoints.http.callers import coordinator_of_run
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("fairness", "/runs", description="Who got which choice, and how groups fare")


class ChoiceShareBody(Body):
    """`rank` 0: none of their choices; null: they made none."""

    rank = fields.Integer(allow_none=True)
    mentees = fields.Integer()


class GroupBody(Body):
    """`mean` score of those with a mentor; `choices`: how many have their first, second, …"""

    name = fields.String()
    mentees = fields.Integer()
    with_mentor = fields.Integer()
    mean = fields.Integer()
    choices = fields.List(fields.Integer())


class GroupsBody(Body):
    """`hidden` groups are too small, or would give one away that is."""

    column = fields.String()
    shown = fields.List(fields.Nested(GroupBody))
    hidden = fields.Integer()


class FairnessBody(Body):
    """Scores are without what waiting or staying together adds."""

    lowest_5 = fields.Integer()
    choices = fields.List(fields.Nested(ChoiceShareBody))
    groups = fields.List(fields.Nested(GroupsBody))


@routes.get("/<run_id>/fairness")
@requires(coordinator_of_run)
@routes.response(200, FairnessBody)
def show(matching: Matching, _caller: Caller, run_id: str) -> Fairness:
    return matching.runs.fairness(run_id)
