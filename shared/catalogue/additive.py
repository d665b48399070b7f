"""A published shape only ever gains optional fields; anything else is a new version beside the old."""

from collections.abc import Iterator, Mapping

from shared.catalogue.schemas import Schema

_WORDS = {"$schema", "title", "description", "properties", "required", "items", "anyOf"}
"""Compared not at all (the words for people) or part by part."""


def refusals(released: Mapping[str, Schema], present: Mapping[str, Schema]) -> list[str]:
    """What breaks readers of the last release, one line each; empty when only optional fields and events were added.

    Both are schemas by event type.
    """
    found: list[str] = []
    for name, old in released.items():
        new = present.get(name)
        found += [f"{name}: the event is gone"] if new is None else [f"{name}{one}" for one in _changes(old, new)]
    return found


def _changes(old: Schema, new: Schema) -> Iterator[str]:
    for word in sorted((old.keys() | new.keys()) - _WORDS):
        if old.get(word) != new.get(word):
            yield f": {word} was {old.get(word)!r} and is {new.get(word)!r}"
    yield from _required(old, new)
    yield from _fields(old, new)
    yield from _parts(old, new)


def _required(old: Schema, new: Schema) -> Iterator[str]:
    before, now = set(old.get("required", ())), set(new.get("required", ()))
    yield from (f".{name}: is required now; events on the log do not carry it" for name in sorted(now - before))
    yield from (f".{name}: readers rely on it, and it is optional now" for name in sorted(before - now))


def _fields(old: Schema, new: Schema) -> Iterator[str]:
    present = new.get("properties", {})
    for name, field in old.get("properties", {}).items():
        if name not in present:
            yield f".{name}: the field is gone"
        else:
            yield from (f".{name}{one}" for one in _changes(field, present[name]))


def _parts(old: Schema, new: Schema) -> Iterator[str]:
    yield from _changes(old.get("items", {}), new.get("items", {})) if "items" in old or "items" in new else ()
    before, now = old.get("anyOf", []), new.get("anyOf", [])
    if len(before) != len(now):
        yield f": was {before!r} and is {now!r}"
    for one, other in zip(before, now, strict=False):
        yield from _changes(one, other)
