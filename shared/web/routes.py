"""A blueprint whose views return aggregates: the answer's form is stated once and serves documentation and replies."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from shared.web.openapi import DocumentedApi, document_problems
from shared.web.parsing import Parser
from shared.web.replies import API_ROOT, Form, itself

View = TypeVar("View", bound=Callable[..., Any])


class Routes(Blueprint):
    """Routes below /v1 + `path`."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, path: str, description: str = "") -> None:
        super().__init__(name, name, url_prefix=API_ROOT + path, description=description)
        self._prepare_doc_cbks.append(document_problems)

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: Any = None,
                     provide_automatic_options: bool | None = None, **options: Any) -> None:
        """Keeps the rule for callers where the documentation finds it."""
        view_func._apidoc = {**getattr(view_func, "_apidoc", {}), "rule": getattr(view_func, "rule", None)}
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)

    def register_views_in_doc(self, api: DocumentedApi, *args: Any, **kwargs: Any) -> None:
        """Not now: when the document is first asked for."""
        api.undescribed.append(partial(super().register_views_in_doc, api, *args, **kwargs))

    def response(self, status_code: int, schema: type[Schema] | None = None, *, location: str | None = None,
                 of: Callable[[Any], Any] = itself, content_type: str = "application/json") -> Callable[[View], View]:
        """What the view returns is shown in this form. Put it nearest to the view; see the package's example."""
        document = super().response(status_code, schema, content_type=content_type)
        form = Form(status_code, schema() if schema else None, location, of, content_type)

        def mark(view: View) -> View:
            view._apidoc = document(view)._apidoc  # type: ignore[attr-defined]
            view.form = form  # type: ignore[attr-defined]
            return view
        return mark


def takes(max_bytes: int) -> Callable[[View], View]:
    """This route alone takes bodies up to so many bytes."""
    def mark(view: View) -> View:
        view.max_bytes = max_bytes  # type: ignore[attr-defined]
        return view
    return mark
