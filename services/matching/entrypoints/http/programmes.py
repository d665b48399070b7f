"""Templates and programmes."""

from datetime import date
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from services.matching.application import Matching
from services.matching.application.summaries import Summary
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Format, Gate
from services.matching.domain.checklist import MOST_ITEMS
from services.matching.domain.form import MOST_OPTIONS
from services.matching.domain.objective import MOST_OBJECTIVES
from services.matching.domain.programme import Programme
from services.matching.domain.templates import TEMPLATES, Template
from services.matching.entrypoints.http.callers import (
    anybody_in_it,
    coordinator,
    is_in_charge,
    is_office,
    office,
)
from services.matching.entrypoints.http.checklists import ChecklistItemBody
from services.matching.entrypoints.http.dates import calendar, iso_date, zone
from services.matching.entrypoints.http.form_bodies import FormBody, OptionBody
from services.matching.entrypoints.http.objectives import ObjectiveBody
from services.matching.entrypoints.http.profile import ProfileBody
from services.matching.entrypoints.http.qualities import LoadClassBody
from services.matching.entrypoints.http.role_names import RoleNamesBody
from shared.web.bodies import Body, Day, Moment, items_of, listed
from shared.web.callers import Caller, requires, signed_in
from shared.web.paging import Paging, paged
from shared.web.routes import Routes
from shared.web.versions import required_version

routes = Routes("programmes", "", description="Programmes")

_days = Range(1, 365)
_roles = fields.List(fields.Enum(Role, by_value=True), validate=Length(max=2))


class TemplateBody(Body):
    id = fields.String(attribute="code")
    names = fields.Dict(keys=fields.String(), values=fields.String())
    name = fields.Function(lambda template: template.names["en"])
    months = fields.Integer()
    gates = fields.List(fields.Enum(Gate, by_value=True))


class CopyBody(Body):
    name = fields.String(required=True, validate=Length(1, 200))
    starts_on = Day(required=True, validate=iso_date)


class NewProgrammeBody(CopyBody):
    template = fields.String(required=True, validate=OneOf([one.code for one in TEMPLATES]))
    language = fields.String(load_default="en", validate=OneOf([*TEMPLATES[0].purposes]))


class CadenceBody(Body):
    check_in_days = fields.List(fields.Integer(validate=_days), validate=Length(1, 20))
    check_in_every_days = fields.Integer(validate=_days)
    check_in_answer_days = fields.Integer(validate=_days)
    check_in_reminder_days = fields.Integer(validate=_days)
    case_days = fields.Integer(validate=_days)
    close_days = fields.Integer(validate=_days)
    closing_days = fields.Integer(validate=_days)


class PlanBody(CadenceBody):
    name = fields.String(validate=Length(1, 200))
    starts_on = Day(validate=iso_date)
    ends_on = Day(validate=iso_date)
    language = fields.String(validate=Length(2, 35))
    time_zone = fields.String(validate=zone)
    holiday_calendar = fields.String(validate=calendar)
    coordinator_ids = fields.List(fields.String(validate=Length(1, 100)), validate=Length(max=50))
    sponsor_id = fields.String(allow_none=True, validate=Length(1, 100))
    gates = fields.List(fields.Enum(Gate, by_value=True), validate=Length(max=3))
    rules = fields.Dict(keys=fields.String(), allow_none=True)
    undo_minutes = fields.Integer(validate=Range(0, 1440))
    requests_allowed = fields.Boolean()
    request_days = fields.Integer(validate=Range(1, 30))
    stickiness = fields.Integer(validate=Range(0, 100))
    always_on = fields.Boolean()
    applications_from = Day(allow_none=True, validate=iso_date)
    applications_until = Day(allow_none=True, validate=iso_date)
    form = fields.Nested(FormBody, load_only=True, allow_none=True)
    skills = fields.List(fields.Nested(OptionBody), load_only=True, validate=Length(max=MOST_OPTIONS))
    profile = fields.Nested(ProfileBody, load_only=True)
    purpose = fields.String(validate=Length(max=2000))
    objectives = fields.List(fields.Nested(ObjectiveBody), validate=Length(max=MOST_OBJECTIVES))
    role_names = fields.Nested(RoleNamesBody, allow_none=True)
    checklist = fields.List(fields.Nested(ChecklistItemBody), load_only=True, allow_none=True,
                            validate=Length(max=MOST_ITEMS))
    interview_roles = _roles
    endorsement_roles = _roles


class ProgrammeBody(PlanBody):
    """`fixed`: settings that do not change any more. `in_charge`: coordinators, and whoever stands in for one now.
    `succeeds`: the cohort that it was copied from."""

    id = fields.String()
    version = fields.Integer()
    kind = fields.String()
    format = fields.Enum(Format, by_value=True)
    state = fields.String()
    fixed = fields.List(fields.String())
    in_charge = fields.List(fields.String())
    succeeds = fields.String(allow_none=True)


class SummaryBody(Body):
    programme_id = fields.String()
    funnel = fields.List(fields.Dict())
    pairs = fields.Dict(keys=fields.String(), values=fields.Integer())
    to_do = fields.Dict(keys=fields.String(), values=fields.Integer())
    mentors = fields.Integer()
    mentees = fields.Integer()
    matched = fields.Integer()
    match_rate = fields.Float(allow_none=True)
    seats = fields.Integer()
    free_seats = fields.Integer()
    by_places = fields.List(fields.Nested(LoadClassBody), attribute="loads")
    as_of = Moment()
    funnel_as_of = Moment()


def shown(programme: Programme) -> dict[str, Any]:
    """The programme with its plan and cadence side by side."""
    return {**vars(programme), **vars(programme.plan), **vars(programme.plan.cadence), "fixed": programme.fixed,
            "role_names": programme.role_names, "in_charge": programme.charge.ids, "format": programme.format}


@routes.get("/templates")
@requires(signed_in)
@routes.response(200, items_of(TemplateBody))
def templates(_matching: Matching, _caller: Caller) -> dict[str, Any]:
    found: list[Template] = list(TEMPLATES)
    return listed(found)


@routes.post("/programmes")
@requires(office)
@routes.arguments(NewProgrammeBody)
@routes.response(201, ProgrammeBody, location="/programmes/{id}", of=shown)
def draft(matching: Matching, caller: Caller, body: dict[str, Any]) -> Programme:
    starts_on = date.fromisoformat(body["starts_on"])
    return matching.programmes.draft(body["template"], body["name"], starts_on, caller.person_id, body["language"])


@routes.post("/programmes/<programme_id>/copies")
@requires(coordinator)
@routes.arguments(CopyBody)
@routes.response(201, ProgrammeBody, location="/programmes/{id}", of=shown)
def copy(matching: Matching, _caller: Caller, body: dict[str, Any], programme_id: str) -> Programme:
    return matching.charges.copy(programme_id, body["name"], date.fromisoformat(body["starts_on"]))


@routes.get("/programmes")
@requires(signed_in)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(ProgrammeBody))
def find(matching: Matching, caller: Caller, query: dict[str, Any]) -> Any:
    if is_office(caller):
        found = matching.programmes.find(**query)
        return paged(found, [shown(one) for one in found.items])
    return listed(shown(one) for one in matching.programmes.looked_after_by(caller.person_id))


@routes.get("/programmes/<programme_id>")
@requires(anybody_in_it)
@routes.response(200, ProgrammeBody)
def show(matching: Matching, caller: Caller, programme_id: str) -> dict[str, Any]:
    """What the programme is for in figures, and how it matches, is told to those in charge."""
    programme = matching.programmes.get(programme_id)
    hidden = () if is_in_charge(programme, caller) else ("objectives", "rules")
    return {name: value for name, value in shown(programme).items() if name not in hidden}


@routes.patch("/programmes/<programme_id>")
@requires(coordinator)
@routes.arguments(PlanBody)
@routes.response(200, ProgrammeBody, of=shown)
def change(matching: Matching, caller: Caller, body: dict[str, Any], programme_id: str) -> Programme:
    settings = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
    return matching.programmes.change(programme_id, settings, if_version=required_version(),
                                      by=None if is_office(caller) else caller.person_id)


@routes.post("/programmes/<programme_id>/opening")
@requires(coordinator)
@routes.response(200, ProgrammeBody, of=shown)
def open_it(matching: Matching, _caller: Caller, programme_id: str) -> Programme:
    return matching.charges.open(programme_id)


@routes.get("/programmes/<programme_id>/summary")
@requires(coordinator)
@routes.response(200, SummaryBody)
def summary(matching: Matching, _caller: Caller, programme_id: str) -> Summary:
    return matching.summaries.of(programme_id)
