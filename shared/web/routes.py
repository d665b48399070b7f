"""A blueprint whose routes are documented as OpenAPI and answered in one form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from shared.web.openapi import document_problems
from shared.web.parsing import Parser
from shared.web.replies import API_ROOT, Form, itself

View = TypeVar("View", bound=Callable[..., Any])


class Routes(Blueprint):
    """The routes of one resource, below /v1 and `under`. The package docstring has a worked example."""

    ARGUMENTS_PARSER = Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {"json": "application/json", "multipart": "multipart/form-data"}

    def __init__(self, name: str, under: str = "", *, description: str = "") -> None:
        super().__init__(name, __name__, url_prefix=API_ROOT + under, description=description)
        self._prepare_doc_cbks.append(document_problems)

    def response(self, status_code: int, schema: type[Schema] | Schema | None = None, *, location: str | None = None,
                 of: Callable[[Any], Any] = itself, content_type: str = "application/json",
                 **doc: Any) -> Callable[[View], View]:
        """What the view answers: status, schema and, for things made or begun, `location`, a path below /v1 with fields
        of the body in braces. `of` turns the aggregate that the view returns into what the schema shows."""
        form = Form(status_code, schema() if isinstance(schema, type) else schema, location, of, content_type)
        documented = super().response(status_code, schema, content_type=content_type, headers=_headers(form), **doc)

        def decorate(view: View) -> View:
            @wraps(view)
            def answering(*args: Any, **kwargs: Any) -> Any:
                return form.reply(view(*args, **kwargs))
            answering.form = form  # type: ignore[attr-defined]
            answered: View = documented(answering)
            return answered
        return decorate

    def upload(self, schema: type[Schema], *, max_body: int) -> Callable[[View], View]:
        """A multipart body of fields and files (`shared.web.bodies.Upload`), up to `max_body` bytes in all. The view
        gets werkzeug's FileStorage for a file, and passes on what it reads from it."""
        parsed = self.arguments(schema, location="multipart")

        def decorate(view: View) -> View:
            taking: View = parsed(view)
            taking.max_body = max_body  # type: ignore[attr-defined]
            return taking
        return decorate

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: Any = None,
                     provide_automatic_options: bool | None = None, **options: Any) -> None:
        """Keeps what the decorators say about callers where the documentation finds it."""
        view_func._apidoc = {**getattr(view_func, "_apidoc", {}), "rule": getattr(view_func, "rule", None)}
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


def _headers(form: Form) -> dict[str, Any]:
    headers = {"ETag": "The version, for If-Match and If-None-Match"} if form.status != 204 else {}
    if form.location:
        headers["Location"] = "Where it is found"
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()}
