"""Stored ways and funnels from before there was the step `met`: whoever completed has met by then."""

from collections import Counter
from typing import Any

from services.matching.contracts.participants import Role
from services.matching.domain.way import Step, counter

_ROLES = {counter(role, Step.COMPLETED, Step.MATCHED): role for role in Role}


def way_with_meeting(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 1."""
    reached = document["reached"]
    met = {"met": reached["completed"]} if "completed" in reached else {}
    return {**document, "reached": met | reached, "counted": _share(document.get("counted", ()))}


def funnel_with_meetings(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 1; its counters are those of the ways that it counted."""
    counts: Counter[str] = Counter()
    for name, count in document["counts"].items():
        counts.update(dict.fromkeys(_named(name), count))
    taken = {way: _share(names) for way, names in document.get("taken", {}).items()}
    return {**document, "counts": dict(counts), "taken": taken}


def _share(names: list[str]) -> list[str]:
    return [new for name in names for new in _named(name)]


def _named(name: str) -> tuple[str, ...]:
    """One from the match to the completion counts the meeting in between, which took all of the time."""
    step, _, days = name.rpartition(" ") if name.count(" ") > 1 else (name, "", "")
    if (role := _ROLES.get(step)) is None:
        return (name,)
    if days:
        return (f"{counter(role, Step.MET, Step.MATCHED)} {days}",)
    return counter(role, Step.MET), counter(role, Step.MET, Step.MATCHED), counter(role, Step.COMPLETED, Step.MET)
