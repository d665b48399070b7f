"""How Microsoft Entra and others spell patches, beyond what RFC 7644 allows and the library reads already.

An offboarding that is refused leaves somebody signed in who has left: it is found whatever else is wrong with a patch
or a whole user.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic_core import from_json

MANAGER = "manager"
_FALSE = {"false", "0", "no", "off", "f", "n"}


def plain(body: bytes) -> bytes:
    """The patch as the RFC spells it; what cannot be read stays as it is, and is refused by the library."""
    try:
        patch = from_json(body)
        operations = [_plain(one) if isinstance(one, dict) else one for one in patch["Operations"]]
        return orjson.dumps({**patch, "Operations": operations})
    except (ValueError, TypeError, KeyError):
        return body


def offboards(patch: bytes) -> bool:
    """Whether this patch says, in any spelling, that somebody is not active any more."""
    operations = _members(_read(patch)).get("operations")
    return any(map(_lets_go, operations if isinstance(operations, list) else [operations]))


def is_gone(user: bytes) -> bool:
    """Whether this whole user says so."""
    return _says_gone(_read(user))


def _plain(operation: dict[str, Any]) -> dict[str, Any]:
    value, path = operation.get("value"), _last(operation.get("path"))
    if path == "active" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return {**operation, "value": value[0].get("value")}
    if path != MANAGER:
        return operation
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in ("", None) or str(operation.get("op")).casefold() == "remove":
        return {"op": "remove", "path": operation["path"]}
    return {**operation, "value": value if isinstance(value, dict) else {"value": value}}


def _lets_go(operation: Any) -> bool:
    said = _members(operation)
    if str(said.get("op")).casefold() == "remove":
        return False
    if path := said.get("path"):
        return _last(str(path).partition("[")[0]) == "active" and _is_false(said.get("value"))
    return _says_gone(said.get("value"))


def _says_gone(value: Any) -> bool:
    """Of an object, or of a list of them."""
    said = [_members(one) for one in (value if isinstance(value, list) else [value])]
    return any(_last(name) == "active" and _is_false(one) for each in said for name, one in each.items())


def _is_false(value: Any) -> bool:
    """Also wrapped once, as `[{"value": "False"}]` is."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = next((one for name, one in value.items() if _last(name) in ("value", "active")), None)
    return isinstance(value, bool | int | str) and str(value).strip().casefold() in _FALSE


def _members(value: Any) -> Mapping[str, Any]:
    """Names have no case; what is no object has none."""
    return {name.casefold(): one for name, one in value.items()} if isinstance(value, dict) else {}


def _read(body: bytes) -> Any:
    """As the library reads it, numbers without end and all."""
    try:
        return from_json(body)
    except ValueError:
        return None


def _last(path: Any) -> str:
    return str(path or "").rpartition(":")[2].casefold()
