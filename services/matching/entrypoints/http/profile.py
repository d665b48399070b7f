"""The Ideal Mentor Profile of a programme: coordinators read it, and keep it by changing the programme."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, Range

from services.matching.application import Matching
from services.matching.domain.form import LARGEST
from services.matching.domain.profile import MOST_CRITERIA, MOST_POINTS, MOST_WORDS, Criterion, Profile, Wants
from services.matching.entrypoints.http.callers import coordinator
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("profile", "", description="What a programme looks for in mentors")


class CriterionBody(Body):
    code = fields.String(required=True, validate=Length(1, 64))
    key = fields.String(required=True, validate=Length(1, 50))
    wants = fields.Enum(Wants, by_value=True, required=True)
    points = fields.Integer(required=True, validate=Range(1, MOST_POINTS))
    module = fields.String(required=True, validate=Length(1, 64))
    labels = fields.Dict(keys=fields.String(validate=Length(2, 35)), values=fields.String(validate=Length(max=300)),
                         validate=Length(max=20))
    words = fields.List(fields.String(validate=Length(1, 100)), validate=Length(max=MOST_WORDS))
    least = fields.Integer(validate=Range(-LARGEST, LARGEST))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Criterion:
        return Criterion(**{**data, "words": tuple(data.get("words", ()))})


class ProfileBody(Body):
    criteria = fields.List(fields.Nested(CriterionBody), required=True, validate=Length(max=MOST_CRITERIA))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Profile:
        return Profile(criteria=tuple(data["criteria"]))


class KeptProfileBody(ProfileBody):
    """`version` is the programme's: the profile is kept by changing it. `unasked` are codes of criteria that do not
    count, since the form does not ask for what they look at. `scoring`: applications are still being scored anew."""

    version = fields.Integer()
    unasked = fields.List(fields.String())
    scoring = fields.Boolean()


@routes.get("/programmes/<programme_id>/profile")
@requires(coordinator)
@routes.response(200, KeptProfileBody)
def show(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    programme = matching.programmes.get(programme_id)
    kept, counting = programme.plan.profile.criteria, programme.profile.criteria
    return {"version": programme.version, "criteria": kept, "scoring": matching.scorings.is_running(programme_id),
            "unasked": [one.code for one in kept if one not in counting]}
