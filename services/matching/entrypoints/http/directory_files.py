"""Directory files: uploaded, compared, looked at line by line, then applied or discarded."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from services.matching.application import Matching
from services.matching.application.directory_files import Uploaded, mapping_of
from services.matching.domain.directory_chunk import Kind
from services.matching.domain.directory_file import DirectoryFile
from services.matching.entrypoints.http.callers import HR, PROGRAMME_OFFICE, is_office, office_or_hr
from services.matching.entrypoints.http.imports import MOST_BYTES, ErrorBody, FileForm
from shared.web.bodies import Body, Moment, items_of
from shared.web.callers import Caller, requires
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes, takes

routes = Routes("directory-files", "/directory/files", description="The directory as a file")

Given = dict[str, Any]


class ExtentForm(Body):
    """`full`: whoever is missing leaves. `column`: as `id=Staff No`, where a heading does not say what it means."""

    extent = fields.String(required=True, validate=OneOf(["full", "partial"]))
    column = fields.List(fields.String(validate=Length(max=400)), load_default=list, validate=Length(max=50))


class ApplyBody(Body):
    """How many leave, where that must be confirmed."""

    leaving = fields.Integer(load_default=None, allow_none=True)


class CountsBody(Body):
    leaving = fields.Integer(dump_default=0)
    back = fields.Integer(dump_default=0)
    new = fields.Integer(dump_default=0)
    changed = fields.Integer(dump_default=0)
    refused = fields.Integer(dump_default=0)
    unchanged = fields.Integer(dump_default=0)


class FileLineBody(Body):
    """Nothing of what the file holds."""

    id = fields.String()
    state = fields.String()
    full = fields.Boolean()
    rows = fields.Integer()
    difference = fields.Nested(CountsBody)
    results = fields.Nested(CountsBody)
    brought_by = fields.String()
    created_at = Moment()


class FileBody(FileLineBody):
    version = fields.Integer()
    columns = fields.List(fields.String())
    mapping = fields.Dict(keys=fields.String(), values=fields.String())
    errors = fields.List(fields.Nested(ErrorBody))
    error_count = fields.Integer()
    present = fields.Integer()
    most_leaving = fields.Integer()
    many_leave = fields.Boolean()
    changes = fields.Integer()
    progress = fields.Float()
    worked_at = Moment(allow_none=True)


class LineBody(Body):
    """`line` 0: missing in the file. `name`: as long as the rows are kept."""

    line = fields.Integer()
    kind = fields.String(attribute="finding.kind")
    person_id = fields.String(attribute="finding.person_id")
    fields_ = fields.List(fields.String(), attribute="finding.fields", data_key="fields")
    name = fields.String()


class LinesQuery(Paging):
    """Of a kind, else all that change something."""

    kind = fields.Enum(Kind, by_value=True, load_default=None)


@routes.post("")
@takes(MOST_BYTES)
@requires(office_or_hr)
@routes.arguments(ExtentForm, location="form")
@routes.arguments(FileForm, location="files")
@routes.response(202, FileBody, location="/directory/files/{id}")
def check(matching: Matching, caller: Caller, form: Given, files: Given) -> DirectoryFile:
    return matching.directory_files.check(Uploaded(
        data=files["file"].read(), full=form["extent"] == "full", mapping=mapping_of(form["column"]),
        brought_by=PROGRAMME_OFFICE if is_office(caller) else HR))


@routes.get("")
@requires(office_or_hr)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(FileLineBody))
def find(matching: Matching, _caller: Caller, query: Given) -> Reply:
    return paged(matching.directory_files.find(**query))


@routes.get("/<file_id>")
@requires(office_or_hr)
@routes.response(200, FileBody)
def show(matching: Matching, _caller: Caller, file_id: str) -> DirectoryFile:
    return matching.directory_files.get(file_id)


@routes.get("/<file_id>/lines")
@requires(office_or_hr)
@routes.arguments(LinesQuery, location="query")
@routes.response(200, items_of(LineBody))
def lines(matching: Matching, _caller: Caller, query: Given, file_id: str) -> Reply:
    """A page ends with a block of the file, so that it may be longer than its limit."""
    return paged(matching.directory_files.lines(matching.directory_files.get(file_id), **query))


@routes.post("/<file_id>/application")
@requires(office_or_hr)
@routes.arguments(ApplyBody)
@routes.response(202, FileBody, location="/directory/files/{id}")
def apply(matching: Matching, _caller: Caller, body: Given, file_id: str) -> DirectoryFile:
    return matching.directory_files.apply(file_id, body["leaving"])


@routes.post("/<file_id>/cancellation")
@requires(office_or_hr)
@routes.response(202, FileBody, location="/directory/files/{id}")
def discard(matching: Matching, _caller: Caller, file_id: str) -> DirectoryFile:
    return matching.directory_files.discard(file_id)
