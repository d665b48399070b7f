"""Imports: a file, how its columns are read, its errors by line, and how far it is."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.import_job import Import
from services.matching.entrypoints.http.callers import capacity, coordinator, coordinator_of_import
from shared.web.bodies import Body, Moment, Upload, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes, takes
from shared.web.versions import expected_version

routes = Routes("imports", "", description="People from files")

Given = dict[str, Any]
MOST_BYTES = 64 * 1024 * 1024
"""100,000 lines of a rich file; every other route takes far less."""


class RoleForm(Body):
    role = fields.Enum(Role, by_value=True, required=True)


class FileForm(Body):
    file = Upload(required=True)


class MappingBody(Body):
    mapping = fields.Dict(keys=fields.String(), values=fields.String(), required=True, validate=Length(max=200))


class StartBody(Body):
    bring_back = fields.Boolean(load_default=False, metadata={
        "description": "Whether those come back whom a coordinator took out of the programme; else their lines are "
                       "left out"})


class ErrorBody(Body):
    line = fields.Integer()
    column = fields.String()
    code = fields.String()
    text = fields.String()
    params = fields.Dict(keys=fields.String(), values=fields.String())


class TakenOutBody(Body):
    line = fields.Integer()
    at = Moment()


class ResultsBody(Body):
    added = fields.Integer()
    changed = fields.Integer()
    unchanged = fields.Integer()
    left_out = fields.Integer()


class ImportLineBody(Body):
    """Nothing of what the file holds. `refused` lines are not imported."""

    id = fields.String()
    role = fields.Enum(Role, by_value=True)
    state = fields.String()
    rows = fields.Integer(attribute="lines")
    refused = fields.Integer()
    results = fields.Nested(ResultsBody)
    brought_by = fields.String()
    created_at = Moment(allow_none=True)


class ImportBody(Body):
    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    state = fields.String()
    columns = fields.List(fields.String())
    mapping = fields.Dict(keys=fields.String(), values=fields.String())
    sample = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))
    errors = fields.List(fields.Nested(ErrorBody))
    error_count = fields.Integer()
    bad_lines = fields.Integer()
    importable = fields.Integer()
    differing = fields.List(fields.Nested(ErrorBody))
    differing_count = fields.Integer()
    taken_out = fields.List(fields.Nested(TakenOutBody))
    taken_out_count = fields.Integer()
    bring_back = fields.Boolean()
    rows = fields.Integer(attribute="lines")
    progress = fields.Float()
    worked_at = Moment(allow_none=True)
    results = fields.Nested(ResultsBody)
    created_at = Moment(allow_none=True)


@routes.post("/programmes/<programme_id>/imports")
@takes(MOST_BYTES)
@requires(coordinator)
@routes.arguments(RoleForm, location="form")
@routes.arguments(FileForm, location="files")
@routes.response(201, ImportBody, location="/imports/{id}")
def check(matching: Matching, caller: Caller, form: Given, files: Given, programme_id: str) -> Import:
    return matching.imports.check(programme_id, form["role"], files["file"].read(), brought_by=capacity(caller))


@routes.get("/programmes/<programme_id>/imports")
@requires(coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(ImportLineBody))
def find(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Reply:
    return paged(matching.imports.find(programme_id, **query))


@routes.get("/imports/<import_id>")
@requires(coordinator_of_import)
@routes.response(200, ImportBody)
def show(matching: Matching, _caller: Caller, import_id: str) -> Import:
    return matching.imports.get(import_id)


@routes.put("/imports/<import_id>/mapping")
@requires(coordinator_of_import)
@routes.arguments(MappingBody)
@routes.response(200, ImportBody)
def map_columns(matching: Matching, _caller: Caller, body: dict[str, Any], import_id: str) -> Import:
    return matching.imports.map(import_id, body["mapping"], if_version=expected_version())


@routes.post("/imports/<import_id>/start")
@requires(coordinator_of_import)
@routes.arguments(StartBody)
@routes.response(202, ImportBody, location="/imports/{id}")
def start(matching: Matching, _caller: Caller, body: dict[str, bool], import_id: str) -> Import:
    return matching.imports.start(import_id, **body)
