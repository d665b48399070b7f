"""SCIM 2.0 at /scim/v2, for the company's directory."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, request

from services.matching.application import Matching
from shared.web.callers import Caller, requires, scope
from shared.web.replies import Form

ROOT = "/scim/v2"
routes = Blueprint("scim", "scim", url_prefix=ROOT)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@requires(scope("scim"))
def serve(matching: Matching, _caller: Caller, path: str) -> Response:
    """The protocol has routes of its own; who may call them is the same for all."""
    from scim2_server.requests import ScimRequest  # large, and only needed where a directory speaks to us

    answer = matching.scim(ScimRequest(
        method=request.method, base_url=request.root_url.rstrip("/") + ROOT, path="/" + path,
        query=request.args.to_dict(), headers=list(request.headers.items()), body=request.get_data()))
    return Response(_body(answer.body), answer.status.value, headers=answer.headers)


def _body(body: Mapping[str, Any] | None) -> bytes:
    return b"" if body is None else orjson.dumps(body)


serve.form = Form(200, keyed=False)  # type: ignore[attr-defined]
routes.add_url_rule("/<path:path>", view_func=serve, methods=METHODS)
