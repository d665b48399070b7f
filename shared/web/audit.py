"""The audit log over HTTP: looked through by page, or taken away whole."""

from collections.abc import Callable
from typing import Any

from flask import Response
from marshmallow import fields, validate

from shared.audit.exporting import FORMATS
from shared.audit.trail import Trail, Wanted
from shared.web.bodies import Body, Moment, Query, items_of
from shared.web.callers import Caller, Rule, requires
from shared.web.paging import Paging, paged
from shared.web.routes import Routes


class AuditEntryBody(Body):
    number = fields.Integer()
    at = fields.String(metadata={"format": "date-time"})
    who = fields.String(allow_none=True)
    how = fields.String()
    cause = fields.String(allow_none=True)
    correlation = fields.String(allow_none=True)
    what = fields.String()
    kind = fields.String()
    document = fields.String()
    revision = fields.Integer()
    sequence = fields.String()
    fields_ = fields.List(fields.String(), attribute="fields", data_key="fields")
    values = fields.Dict(keys=fields.String(), values=fields.List(fields.Raw(allow_none=True)))
    events = fields.List(fields.String())
    hash = fields.String()


class _Which(Query):
    document = fields.String(metadata={"description": "About this one: a pair, a programme, a person …"})
    who = fields.String(metadata={"description": "By this person or client"})
    since = Moment(metadata={"description": "From this moment on"})
    until = Moment(metadata={"description": "Before this moment"})


class AuditQuery(_Which, Paging):
    pass


class AuditExportQuery(_Which):
    format = fields.String(load_default="csv", validate=validate.OneOf(sorted(FORMATS)))


def audit_routes(trail: Callable[[], Trail], auditor: Rule) -> Routes:
    """`/audit` and `/audit/export`, for those whom the rule lets in."""
    routes = Routes("audit", "/audit", description="Who changed what, when and why")

    @routes.get("")
    @requires(auditor)
    @routes.arguments(AuditQuery, location="query")
    @routes.response(200, items_of(AuditEntryBody))
    def find(_service: Any, _caller: Caller, query: dict[str, Any]) -> Any:
        limit, after = query.pop("limit"), query.pop("after")
        return paged(trail().find(Wanted(**query), limit, after))

    @routes.get("/export")
    @requires(auditor)
    @routes.arguments(AuditExportQuery, location="query")
    @routes.response(200, content_type="text/csv")
    def export(_service: Any, _caller: Caller, query: dict[str, Any]) -> Response:
        ending = query.pop("format")
        chosen = FORMATS[ending]
        return Response(chosen.lines(trail().each(Wanted(**query))), content_type=chosen.media_type,
                        headers={"Content-Disposition": f'attachment; filename="audit.{ending}"'})

    return routes
