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

OF_MENTORS: tuple[Module, ...] = (
    Module(code="mentor-role", days=30, titles={
        "en": "Your role: what a mentor does, and what not", "de": "Deine Rolle: was Mentoren tun und was nicht"}),
    Module(code="mentoring-basics", days=30, titles={
        "en": "First time as a mentor: from the first meeting to the farewell",
        "de": "Zum ersten Mal Mentor/in: vom ersten Treffen bis zum Abschied"}),
    Module(code="time-and-effort", days=30, titles={
        "en": "Your time: what mentoring takes, and how to keep it free",
        "de": "Deine Zeit: was Mentoring braucht, und wie du sie freihältst"}),
    Module(code="what-to-pass-on", days=30, titles={
        "en": "What you can pass on: finding your own strengths",
        "de": "Was du weitergeben kannst: die eigenen Stärken finden"}),
    Module(code="active-listening", days=30, titles={
        "en": "Active listening: hearing what is meant", "de": "Aktives Zuhören: verstehen, was gemeint ist"}),
    Module(code="clear-feedback", days=30, titles={
        "en": "Feedback: clear, specific, with praise", "de": "Rückmeldung: klar, genau, mit Lob"}),
    Module(code="stepping-up", days=30, titles={
        "en": "Stepping up: from mentee to mentor", "de": "Der nächste Schritt: von der Mentee- in die Mentorrolle"}),
    Module(code="smart-goals", days=30, titles={
        "en": "Goals: helping somebody to set their own", "de": "Ziele: helfen, eigene zu setzen"}),
    Module(code="resolving-conflict", days=30, titles={
        "en": "Conflict: seeing it early, resolving it", "de": "Konflikte: früh sehen und lösen"}),
)
"""What closes gaps to an Ideal Mentor Profile."""

MODULES: Mapping[str, Module] = {module.code: module for module in (JOINT_KICK_OFF, *OF_MENTORS)}


def closing(code: str) -> Module:
    """What closes a gap; the mentor's role where nobody here knows the module that was asked for."""
    return next((module for module in OF_MENTORS if module.code == code), OF_MENTORS[0])
