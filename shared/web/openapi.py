"""OpenAPI 3.1: flask-smorest's document, with problem answers, callers and the headers that every route knows."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields

from shared.web.callers import anyone
from shared.web.idempotency import CHANGING
from shared.web.problems import MEDIA_TYPE, PROBLEMS, Table, codes_of, refusals_of
from shared.web.replies import API_ROOT


class FieldProblem(Schema):
    """One thing that is wrong with a body or a query."""

    pointer = fields.String(required=True, metadata={"description": "Where: /field/0/inner, or /parameter"})
    detail = fields.String(required=True)


class Problem(Schema):
    """RFC 9457 problem details."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": (
        "Stable: programs decide by this. x-problems lists those of refusals, which results of jobs have, too; beside "
        "them there are not-signed-in, invalid-input (with errors), internal-error and the names of HTTP's statuses")})
    detail = fields.String()
    errors = fields.List(fields.Nested(FieldProblem))


PROBLEM_ANSWERS = {
    400: ("Malformed", "The body cannot be read"),
    401: ("NotSignedIn", "No bearer token, or one that does not count"),
    403: ("NotAllowed", "Not for this caller"),
    404: ("NotFound", "Nothing here, or nothing that this caller may see"),
    409: ("Conflict", "Not possible in the present state"),
    412: ("Stale", "Changed meanwhile: If-Match names another version"),
    413: ("TooLarge", "The body is over the limit"),
    415: ("MediaType", "Another media type is taken here"),
    422: ("Invalid", "A field or parameter is not taken, or a rule is broken"),
    428: ("VersionRequired", "If-Match is needed"),
    429: ("TooManyRequests", "Faster than one caller may ask: try again after Retry-After seconds"),
    503: ("NotAvailable", "Not now: try again after Retry-After seconds"),
}
PARAMETERS = {
    "IdempotencyKey": ("Idempotency-Key", "A repeat with the same key gets the first answer"),
    "IfMatch": ("If-Match", "The ETag of the version that is changed, or *"),
    "IfNoneMatch": ("If-None-Match", "The ETag of what the client has: 304 while it is still so"),
}


class DocumentedApi(Api):
    """Documents our problems in place of flask-smorest's own errors; `shared.web.handlers` answers them.

    Routes are described when somebody first asks: it takes longer than all else that an app does at its start.
    """

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask, table: Table = PROBLEMS) -> None:
        self.table = table
        self.undescribed: list[Callable[[], object]] = []
        self._describing = threading.Lock()
        super().__init__(app)

    def _openapi_json(self) -> Response:
        with self._describing:
            while self.undescribed:
                self.undescribed.pop(0)()
            known = refusals_of("shared.kernel.", "shared.web.", f"services.{self.spec.title}.")
            self.spec.options["x-problems"] = codes_of(known, self.table)
        answer: Response = super()._openapi_json()
        return answer

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's."""

    def _register_responses(self) -> None:
        for name, text in (*PROBLEM_ANSWERS.values(), ("DEFAULT_ERROR", "Any other problem")):
            response = {"description": text, "schema": Problem}
            prepare_response(response, self.spec, MEDIA_TYPE)
            self.spec.components.response(name, response, lazy=True)
        self.spec.components.response("NotModified", {"description": "Still so as the client has it"}, lazy=True)


def documented_api(app: Flask, name: str, table: Table = PROBLEMS) -> DocumentedApi:
    """The app's document, served at /v1/openapi.json."""
    app.config.update(API_TITLE=name, API_VERSION="v1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=API_ROOT,
                      OPENAPI_JSON_PATH="openapi.json")
    api = DocumentedApi(app, table)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    api.spec.options["security"] = [{"bearer": []}]
    for key, (header, text) in PARAMETERS.items():
        api.spec.components.parameter(
            key, "header", {"name": header, "description": text, "schema": {"type": "string"}})
    return api


def document_upload(doc: dict[str, Any]) -> None:
    """A form and files, parsed one after the other, are one multipart body."""
    others = [one for one in doc.get("parameters", []) if isinstance(one, dict) and one["in"] in ("form", "files")]
    for other in others:
        doc["parameters"].remove(other)
        (body,) = doc["requestBody"]["content"].values()
        doc["requestBody"]["content"] = {"multipart/form-data": {"schema": _both(other["schema"], body["schema"])}}


def _both(first: type[Schema], second: type[Schema]) -> type[Schema]:
    both: type[Schema] = type(first.__name__ + second.__name__, (first, second), {})
    return both


def document_problems(doc: dict[str, Any], info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Adds to an operation who may call it, its headers and its problem answers."""
    document_upload(doc)
    changing, open_to_all = method.upper() in CHANGING, info.get("rule") is anyone
    doc.setdefault("parameters", []).extend(["IdempotencyKey", "IfMatch"] if changing else ["IfNoneMatch"])
    if open_to_all:
        doc["security"] = [{}, {"bearer": []}]
    answers = doc.setdefault("responses", {})
    for status in _statuses(changing, "requestBody" in doc):
        answers.pop(str(status), None)
        answers[status] = PROBLEM_ANSWERS[status][0]
    if not changing:
        answers[304] = "NotModified"
    return doc


def _statuses(changing: bool, body: bool) -> list[int]:
    statuses = [401, 403, 404, 422, 429, 503]
    statuses += [409, 412, 413, 428] if changing else []
    statuses += [400, 415] if body else []
    return sorted(statuses)
