"""Rows that the rules look at, of what is stored about people: no more of it is read. They go by the directory's ids:
wishes, exclusions and managers are named so; mail addresses stand for them where people wrote those."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Self

from services.matching.domain.columns import Field
from services.matching.domain.matchmaking.cells import fold, items_of, text_of
from services.matching.domain.matchmaking.people import Person as Candidate
from services.matching.domain.participant import Participant
from services.matching.domain.person import folded
from services.matching.domain.waiting import COLUMN

Names = dict[str, str]
"""Person id, or mail address, → name in the directory."""

DEPARTMENT, LOCATION, GRADE, LANGUAGES = (str(one) for one in (
    Field.DEPARTMENT, Field.LOCATION, Field.GRADE, Field.LANGUAGES))
MANAGER, WISHES, EXCLUDE = (str(one) for one in (Field.MANAGER, Field.WISHES, Field.EXCLUDE))
LOOKED_AT = (DEPARTMENT, LOCATION, GRADE, str(Field.SKILLS), LANGUAGES)
"""Where somebody who looks for a mentor finds words."""


class Attendee(NamedTuple):
    """Of a participant what matching goes by; `capacity` may be what is left of it."""

    id: str
    programme_id: str
    person_id: str
    capacity: int
    rounds: int
    answers: Mapping[str, str]

    @classmethod
    def of(cls, one: Participant) -> Self:
        return cls(one.id, one.programme_id, one.person_id, one.capacity, one.rounds, one.answers)


ATTENDEE = ("_id", *Attendee._fields[1:])
"""Where its fields stand in what is stored."""


class Listed(NamedTuple):
    """Of a person what matching goes by."""

    id: str
    directory_id: str
    name: str
    email: str
    department: str
    location: str
    grade: str
    languages: Sequence[str]
    manager_id: str
    other_manager_ids: Sequence[str]

    @property
    def managers(self) -> Sequence[str]:
        """As `Details.managers`."""
        if not self.other_manager_ids:
            return [self.manager_id] if self.manager_id else []
        return [*dict.fromkeys(one for one in (self.manager_id, *self.other_manager_ids) if one)]


LISTED = ("_id", "directory_id", *(f"details.{name}" for name in Listed._fields[2:]))


def candidate(attendee: Attendee, person: Listed, names: Names) -> Candidate:
    """Unit, place and grade are the directory's word, and what was answered only where it says nothing; of languages
    people know best themselves."""
    said = {LANGUAGES: "; ".join(person.languages), **attendee.answers}
    for column in (WISHES, EXCLUDE):
        if column in said:
            said[column] = _named(said, column, names)
    for column, text in ((DEPARTMENT, person.department), (LOCATION, person.location), (GRADE, person.grade)):
        if text:
            said[column] = text
    said[MANAGER], said[COLUMN] = _managers(person, names), str(attendee.rounds or "")
    return Candidate(person.directory_id, said, seats=attendee.capacity)


def boss(person: Listed, names: Names) -> Candidate:
    """Somebody who is known for reporting lines only."""
    return Candidate(person.directory_id, {MANAGER: _managers(person, names)})


def names_of(people: Collection[Listed]) -> Names:
    """How the directory calls them, by what others may name them by."""
    return {one.id: one.directory_id for one in people} | {folded(one.email): one.directory_id for one in people}


def answering(text: str, names: Mapping[str, str], mentors: Mapping[str, Candidate]) -> list[str]:
    """Of whom each word of the text stands somewhere; everybody for no word."""
    words = fold(text).split()
    if not words:
        return list(mentors)
    there = {one: fold(" ".join([names[one], *(text_of(mentor.row, column) for column in LOOKED_AT)]))
             for one, mentor in mentors.items()}
    return [one for one, said in there.items() if all(word in said for word in words)]


def answers_to(text: str, one: Attendee, person: Listed) -> bool:
    """Whether each word of a mentee stands in the name, unit, place, skills or languages of a mentor: a grade is not
    what mentees look for."""
    said = one.answers
    there = fold(" ".join((person.name, person.department or said.get(DEPARTMENT, ""),
                           person.location or said.get(LOCATION, ""), said.get(str(Field.SKILLS), ""),
                           said.get(LANGUAGES, "") or " ".join(person.languages))))
    return all(word in there for word in fold(text).split())


def _named(said: Mapping[str, str], column: str, names: Names) -> str:
    """Whom an answer names, by the directory's ids."""
    return "; ".join(names.get(folded(one), one) for one in items_of(said, column).values())


def _managers(person: Listed, names: Names) -> str:
    """Somebody nobody knows is named by the id: two people may still have them in common."""
    return "; ".join(names.get(one, one) for one in person.managers)
