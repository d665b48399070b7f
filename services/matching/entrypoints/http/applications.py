"""Applications: the form, drafts, and the person's own way through them; coordinators read, and decide many at once."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from services.matching.application import Matching
from services.matching.application.applied import BY_SCORE, View
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.application_views import seen_by_applicant, seen_by_coordinators, seen_in_list
from services.matching.domain.plan import Plan
from services.matching.domain.programme import Programme
from services.matching.domain.steps import ApplicationStep
from services.matching.domain.verdict import DeclineReason
from services.matching.entrypoints.http.application_callers import (
    applicant,
    coordinator_of_another,
    may_apply,
    of_application,
)
from services.matching.entrypoints.http.by_name import NameQuery, named, named_items_of
from services.matching.entrypoints.http.callers import a_person, coordinator, person_id
from services.matching.entrypoints.http.form_bodies import AskedBody, CallBody
from shared.web.bodies import Body, Moment, Query, items_of, listed
from shared.web.callers import Caller, requires, signed_in
from shared.web.routes import Routes

routes = Routes("applications", "", description="Asking to take part")

Given = dict[str, Any]


class DraftBody(Body):
    role = fields.Enum(Role, by_value=True, required=True)
    answers = fields.Dict(keys=fields.String(), values=fields.String(), required=True, validate=Length(max=200))
    code = fields.String(load_default="", validate=Length(max=40))


class ApplicationQuery(NameQuery):
    """`order`: mentors of one state by what the Ideal Mentor Profile found; nobody else has a score.
    `unconfirmed`: those alone who were approved and have not said yes once more; state and order say no more then."""

    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ApplicationState, by_value=True)
    order = fields.String(validate=OneOf((BY_SCORE,)))
    unconfirmed = fields.Boolean(load_default=False)


class CountQuery(Query):
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ApplicationState, by_value=True, required=True)


class CountBody(Body):
    """How many there were `as_of` that moment."""

    count = fields.Integer()
    as_of = Moment()


class FlawBody(Body):
    key = fields.String()
    code = fields.String()
    text = fields.String()
    number = fields.Integer(allow_none=True)


class EarnedBody(Body):
    code = fields.String()
    points = fields.Integer()
    most = fields.Integer()


class ApplicationLineBody(Body):
    """`reason`, `note`, the steps and what the Ideal Mentor Profile found are told to coordinators alone, and not of
    their own applications. `score` of at `best` is the sum of the points of `terms`; terms without their most points
    are gaps. `open_steps` are those that the programme asks for and that have not been done, only in a list; `waived`
    those without which somebody was approved, and `without` why. `unconfirmed_since`: approved and asked to confirm it
    then, and reminded last at `confirm_reminded_at`."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    person_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    state = fields.Enum(ApplicationState, by_value=True)
    answers = fields.Dict(keys=fields.String(), values=fields.String())
    rounds = fields.Integer()
    submitted_at = Moment(allow_none=True)
    decided_at = Moment(allow_none=True)
    reason = fields.Enum(DeclineReason, by_value=True, attribute="verdict.reason", allow_none=True)
    note = fields.String(attribute="verdict.text")
    score = fields.Integer(attribute="scored.score")
    best = fields.Integer(attribute="scored.best")
    terms = fields.List(fields.Nested(EarnedBody), attribute="scored.terms")
    gaps = fields.List(fields.String(), attribute="scored.gaps")
    unconfirmed_since = Moment(allow_none=True)
    confirm_reminded_at = Moment(allow_none=True)
    open_steps = fields.List(fields.Enum(ApplicationStep, by_value=True))
    waived = fields.List(fields.Enum(ApplicationStep, by_value=True))
    without = fields.String(attribute="verdict.without")


class ApplicationBody(ApplicationLineBody):
    """`flaws`: what is still missing or wrong in a draft."""

    flaws = fields.List(fields.Nested(FlawBody))


class OwnBody(ApplicationBody):
    """`left`: took part because of it, and does no more: they may apply anew."""

    left = fields.Boolean()


def _with_flaws(matching: Matching, one: Application) -> Given:
    flaws = matching.applications.flaws(one) if one.state is ApplicationState.DRAFT else []
    return {**vars(seen_by_applicant(one)), "flaws": flaws}


@routes.get("/calls")
@requires(signed_in)
@routes.response(200, items_of(CallBody))
def calls(matching: Matching, _caller: Caller) -> Given:
    """Programmes that take applications now."""
    return listed(matching.applications.calls())


@routes.get("/programmes/<programme_id>/form")
@requires(may_apply)
@routes.response(200, AskedBody)
def form(matching: Matching, _caller: Caller, programme_id: str) -> Given:
    programme: Programme = matching.programmes.get(programme_id)
    return {"fields": programme.form.fields, "version": programme.version, "programme_id": programme.id,
            "programme": programme.plan.name, "language": programme.plan.language, "skills": programme.plan.skills,
            "takes_applications": matching.applications.takes(programme_id), "role_names": programme.role_names}


@routes.put("/programmes/<programme_id>/draft")
@requires(may_apply)
@routes.arguments(DraftBody)
@routes.response(200, ApplicationBody)
def write(matching: Matching, caller: Caller, body: Given, programme_id: str) -> Given:
    """May be incomplete, and says what is missing. Fields that are not named stay as they were. `code` is that of the
    link that led there: one that no campaign of the programme has means nothing."""
    body["code"] = matching.campaigns.code(programme_id, body["code"])
    return _with_flaws(matching, matching.applications.write(programme_id, person_id(caller), **body))


@routes.get("/me/applications")
@requires(a_person)
@routes.response(200, items_of(OwnBody))
def mine(matching: Matching, caller: Caller) -> Given:
    own = [one for one in matching.applications.of_person(person_id(caller)) if not one.unheard_of]
    left = matching.applications.left(own)
    return listed({**_with_flaws(matching, one), "left": one.id in left} for one in own)


@routes.post("/applications/<application_id>/submission")
@requires(applicant)
@routes.response(200, ApplicationLineBody, of=seen_by_applicant)
def submit(matching: Matching, _caller: Caller, application_id: str) -> Application:
    return matching.applications.submit(application_id)


@routes.post("/applications/<application_id>/withdrawal")
@requires(applicant)
@routes.response(200, ApplicationLineBody, of=seen_by_applicant)
def withdraw(matching: Matching, _caller: Caller, application_id: str) -> Application:
    return matching.applications.withdraw(application_id)


@routes.post("/applications/<application_id>/confirmation")
@requires(applicant)
@routes.response(200, ApplicationLineBody, of=seen_by_applicant)
def confirm(matching: Matching, _caller: Caller, application_id: str) -> Application:
    return matching.applications.confirm(application_id)


@routes.post("/applications/<application_id>/confirmation-reminder")
@requires(coordinator_of_another)
@routes.response(200, ApplicationLineBody, of=seen_by_coordinators)
def remind(matching: Matching, _caller: Caller, application_id: str) -> Application:
    """Whoever was approved and has not confirmed it, by mail and at once: never on the working day of another mail
    about it."""
    return matching.confirming.remind(application_id)


@routes.get("/applications/<application_id>")
@requires(of_application)
@routes.response(200, ApplicationBody)
def show(matching: Matching, caller: Caller, application_id: str) -> Given | Application:
    one = matching.applications.get(application_id)
    return _with_flaws(matching, one) if one.person_id == caller.person_id else one


@routes.get("/programmes/<programme_id>/applications")
@requires(coordinator)
@routes.arguments(ApplicationQuery, location="query")
@routes.response(200, named_items_of(ApplicationLineBody))
def find(matching: Matching, caller: Caller, query: Given, programme_id: str) -> Any:
    found = _found(matching, programme_id, query)
    plan = matching.programmes.get(programme_id).plan
    return named(found, [_line(one, plan, caller) for one in found.items])


def _line(one: Application, plan: Plan, caller: Caller) -> Given:
    open_steps = {} if one.person_id == caller.person_id else {"open_steps": one.still_open(plan.steps_of(one.role))}
    return {**vars(seen_in_list(one, caller.person_id)), **open_steps}


def _found(matching: Matching, programme_id: str, query: Given) -> Any:
    q, unconfirmed = query.pop("q"), query.pop("unconfirmed")
    if q:
        return matching.finding.applied(programme_id, q, unconfirmed=unconfirmed, **query)
    if unconfirmed:
        return matching.confirming.find(programme_id, query["limit"], query["after"], query.get("role"))
    return matching.applications.find(programme_id, **query)


@routes.get("/programmes/<programme_id>/applications/count")
@requires(coordinator)
@routes.arguments(CountQuery, location="query")
@routes.response(200, CountBody)
def count(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Given:
    """Of a view, for a decision about all of it."""
    now = matching.applications.clock.now()
    return {"count": matching.applications.applied.count(programme_id, View(**query)), "as_of": now}
