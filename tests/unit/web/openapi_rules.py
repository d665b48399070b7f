"""What OpenAPI 3.1 demands of a document, as far as ours use it."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
PLACES = {"query", "header", "path", "cookie"}


def complaints(document: dict[str, Any]) -> list[str]:
    """Everything in which the document is no OpenAPI 3.1; empty when it is."""
    return [*_top(document), *_references(document, document), *_operations(document), *_schemas(document)]


def _top(document: dict[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"3\.1\.\d+", document.get("openapi", "")):
        yield "no version 3.1"
    if not {"title", "version"} <= document.get("info", {}).keys():
        yield "info has no title or version"


def resolve(document: dict[str, Any], node: Any) -> Any:
    """The node, or what it refers to."""
    while isinstance(node, dict) and "$ref" in node:
        reference, node = node["$ref"], document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
    return node


def _references(document: dict[str, Any], node: Any, place: str = "#") -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        try:
            resolve(document, node)
        except (KeyError, TypeError):
            yield f"{place} refers to {node['$ref']}, which is not there"
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in inner:
        yield from _references(document, value, f"{place}/{name}")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], list[Any]]]:
    """(path, method, operation, parameters with those of the path)."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            given = [*item.get("parameters", []), *item[method].get("parameters", [])]
            yield path, method, item[method], [resolve(document, one) for one in given]


def _operations(document: dict[str, Any]) -> Iterator[str]:
    for path, method, operation, parameters in operations(document):
        name = f"{method} {path}"
        yield from (f"{name}: {one}" for one in _parameters(path, parameters))
        yield from (f"{name}: {one}" for one in _responses(document, operation))


def _parameters(path: str, parameters: list[Any]) -> Iterator[str]:
    keys = [(one.get("in"), one.get("name")) for one in parameters]
    if len(set(keys)) < len(keys):
        yield "a parameter is there twice"
    if any(place not in PLACES for place, _ in keys):
        yield f"a parameter is nowhere: {keys}"
    if {name for place, name in keys if place == "path"} != set(re.findall(r"\{(\w+)\}", path)):
        yield "the parameters of the path are others"
    if any(one["in"] == "path" and not one.get("required") for one in parameters):
        yield "a parameter of the path may be missing"


def _responses(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    for status, response in operation.get("responses", {}).items():
        if not re.fullmatch(r"[1-5]\d\d|default", str(status)):
            yield f"{status} is no status"
        if "description" not in resolve(document, response):
            yield f"{status} is not described"
    if not operation.get("responses"):
        yield "answers nothing"


def _schemas(document: dict[str, Any]) -> Iterator[str]:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield f"schema {name}: {error.message}"
