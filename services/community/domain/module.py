"""Pieces of training, as data."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Module:
    """`titles` by language, `days` to complete it from the assignment; `joint` ones are attended by both of a pair."""

    code: str
    titles: Mapping[str, str]
    days: int
    joint: bool = False


JOINT_KICK_OFF = Module(code="joint-kick-off", days=14, joint=True, titles={
    "en": "Joint kick-off: points of connection, expectations, first goals",
    "de": "Gemeinsamer Auftakt: was uns verbindet, was wir erwarten, erste Ziele",
})

MODULES: Mapping[str, Module] = {module.code: module for module in (JOINT_KICK_OFF,)}
