"""How Microsoft Entra and others spell patches, beyond what RFC 7644 allows and the library reads already.

An offboarding that is refused leaves somebody signed in who has left: it is found whatever else is wrong with a patch.
"""

from collections.abc import Iterator
from typing import Any

import orjson

MANAGER = "manager"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
OFFBOARDING = orjson.dumps({"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": False}]})


def plain(body: bytes) -> bytes:
    """The patch as the RFC spells it; what cannot be read stays as it is, and is refused by the library."""
    try:
        patch = orjson.loads(body)
        operations = [_plain(one) for one in patch["Operations"]]
    except (ValueError, TypeError, KeyError):
        return body
    return orjson.dumps({**patch, "Operations": operations})


def offboards(body: bytes) -> bool:
    """Whether this patch says, in any spelling, that somebody is not active any more."""
    try:
        operations = orjson.loads(body)["Operations"]
        return any(_is_false(value) for one in operations if _sets(one) for value in _actives(one))
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _plain(operation: dict[str, Any]) -> dict[str, Any]:
    value, path = operation.get("value"), _last(operation.get("path"))
    if path == "active" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return {**operation, "value": value[0].get("value")}
    if path != MANAGER:
        return operation
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in ("", None) or operation["op"].casefold() == "remove":
        return {"op": "remove", "path": operation["path"]}
    return {**operation, "value": value if isinstance(value, dict) else {"value": value}}


def _sets(operation: dict[str, Any]) -> bool:
    return str(operation.get("op")).casefold() in ("add", "replace")


def _actives(operation: dict[str, Any]) -> Iterator[Any]:
    value = operation.get("value")
    if _last(operation.get("path")) == "active":
        yield value[0].get("value") if isinstance(value, list) and value and isinstance(value[0], dict) else value
    elif operation.get("path") is None and isinstance(value, dict):
        yield from (one for name, one in value.items() if _last(name) == "active")


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().casefold() in ("false", "0", "no"))


def _last(path: Any) -> str:
    return str(path or "").rpartition(":")[2].casefold()
