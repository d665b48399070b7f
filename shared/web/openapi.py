"""OpenAPI 3.1: flask-smorest's document with problem answers, callers and the headers that every route knows."""

from typing import Any

from flask import Flask
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields

from shared.web.callers import anyone
from shared.web.idempotency import CHANGING
from shared.web.problems import MEDIA_TYPE

VERSION = "3.1.0"


class FieldProblem(Schema):
    """One thing wrong with a body or query."""

    pointer = fields.String(metadata={"description": "Where in the body, as a JSON pointer in a fragment"})
    parameter = fields.String(metadata={"description": "Which parameter of the query"})
    detail = fields.String(required=True)


class Problem(Schema):
    """RFC 9457 problem details."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable: decide by this one"})
    detail = fields.String()
    errors = fields.List(fields.Nested(FieldProblem))


PROBLEM_ANSWERS = {
    400: ("MALFORMED", "The body cannot be read"),
    401: ("NOT_SIGNED_IN", "No bearer token, or one that does not count"),
    403: ("NOT_ALLOWED", "Not for this caller"),
    404: ("NOT_FOUND", "Nothing here, or nothing that this caller may see"),
    409: ("CONFLICT", "Not possible in the present state"),
    412: ("STALE", "Changed meanwhile: If-Match names another version"),
    413: ("BODY_TOO_LARGE", "The body is over the limit"),
    415: ("MEDIA_TYPE", "Another media type is taken here"),
    422: ("INVALID", "A field or a parameter is not taken, or a rule is broken"),
    428: ("VERSION_REQUIRED", "If-Match is needed"),
    503: ("NOT_AVAILABLE", "Not possible now: try again after Retry-After seconds"),
}
PARAMETERS = {
    "IDEMPOTENCY_KEY": ("Idempotency-Key", "A repeat with the same key gets the first answer"),
    "IF_MATCH_VERSION": ("If-Match", "The ETag of the version that is changed"),
    "IF_NONE_MATCH_VERSION": ("If-None-Match", "The ETag of what the client has: 304 if it is still so"),
}


class DocumentedApi(Api):
    """Answers problems itself (`shared.web.handlers`), so nothing of flask-smorest's own errors is left."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Ours are registered by `shared.web.handlers`."""

    def _register_responses(self) -> None:
        answers = dict(PROBLEM_ANSWERS.values())
        for name, text in {**answers, "DEFAULT_ERROR": "Any other problem"}.items():
            response = {"description": text, "schema": Problem}
            prepare_response(response, self.spec, MEDIA_TYPE)
            self.spec.components.response(name, response, lazy=True)


def documented_api(app: Flask, name: str, title: str, release: str) -> DocumentedApi:
    """The app's document, served at /v1/openapi.json."""
    app.config |= {"API_TITLE": title, "API_VERSION": release, "OPENAPI_VERSION": VERSION, "OPENAPI_URL_PREFIX": "/v1"}
    api = DocumentedApi(app)
    api.spec.options["servers"] = [{"url": "/", "description": name}]
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for key, (header, text) in PARAMETERS.items():
        api.spec.components.parameter(key, "header", {
            "name": header, "description": text, "required": False, "schema": {"type": "string"}})
    return api


def document_problems(doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Adds to an operation who may call it, its headers and its problem answers."""
    changing = method.upper() in CHANGING
    doc.setdefault("parameters", []).extend(
        ["IDEMPOTENCY_KEY", "IF_MATCH_VERSION"] if changing else ["IF_NONE_MATCH_VERSION"])
    doc["security"] = [{}, {"bearer": []}] if doc_info.get("rule") is anyone else [{"bearer": []}]
    responses = doc.setdefault("responses", {})
    for status in _statuses(changing, "requestBody" in doc, doc_info.get("rule") is anyone):
        responses[status] = PROBLEM_ANSWERS[status][0]
    return doc


def _statuses(changing: bool, body: bool, open_to_all: bool) -> list[int]:
    statuses = [404, 422, 503] + [403] * (not open_to_all) + [401]
    if changing:
        statuses += [409, 412, 413, 428]
    if body:
        statuses += [400, 415]
    return sorted(statuses)
