"""A rulebook from what a rules file says. The form is described in `docs/match-files.md`."""

from collections.abc import Mapping
from typing import Any

from services.matching.domain.matchmaking.asking import Asked
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.rules import Identity, Rulebook, Seats
from services.matching.domain.matchmaking.rules_parts import MOST_POINTS, column, columns, hard_rule, scale_of, term
from services.matching.domain.matchmaking.wishes import Wishes
from services.matching.domain.sheet import column_key
from shared.kernel.errors import Invalid

WISH_POINTS = [3000, 2000, 1000]
_MOST_TOGETHER = 2**31 - 1


class WrongRules(Invalid):
    """The rules cannot be used. `problems` has a sentence for each mistake."""

    code = "wrong-rules"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def rulebook_from(given: Mapping[str, Any]) -> Rulebook:
    """Raises WrongRules naming everything that is wrong at once."""
    problems: list[str] = []
    asked = Asked(given, "", problems)
    book = _rulebook(asked)
    asked.done()
    problems += _together(book)
    if problems:
        raise WrongRules(problems)
    return book


def _rulebook(asked: Asked) -> Rulebook:
    named = asked.part("scales")
    scales = {str(name): scale_of(named, str(name)) for name in named.names()}
    mentors, mentees = asked.part("mentors"), asked.part("mentees")
    book = Rulebook(
        mentor=_identity(mentors),
        mentee=_identity(mentees),
        capacity=_seats(mentors, "capacity", Role.MENTOR, most=1000),
        mentors_per_mentee=_seats(mentees, "mentors", Role.MENTEE, most=10),
        hard_rules=tuple(rule for one in asked.parts("rules") if (rule := hard_rule(one, scales))),
        terms=tuple(made for one in asked.parts("terms") if (made := term(one, scales))),
        wishes=_wishes(asked, "wishes", Role.MENTEE),
        mentor_wishes=_wishes(asked, "mentor_wishes", Role.MENTOR),
    )
    mentors.done()
    mentees.done()
    return book


def _together(book: Rulebook) -> list[str]:
    names = [part.name for part in book.parts()]
    doubled = sorted({name for name in names if names.count(name) > 1})
    found = [f"{name}: two rules or terms have this name" for name in doubled]
    if book.highest_score > _MOST_TOGETHER:
        found.append(f"terms: all points together are more than {_MOST_TOGETHER}")
    return found


def _identity(side: Asked) -> Identity:
    return Identity(id=column_key(side.text("id", "id")), name=column_key(side.text("name", "name")))


def _seats(side: Asked, name: str, role: Role, most: int) -> Seats:
    if not side.has(name):
        side.any(name)
        return Seats(name=name, side=role, column=name, optional=True, most=most)
    if isinstance(side.any(name), int):
        return Seats(name=name, side=role, default=side.whole(name, 1, 0, most), most=most)
    one = side.part(name)
    limit = one.whole("most", most, 0, most)
    default = one.whole("default", min(1, limit), 0, limit)
    own = column(one, "column")
    seats = Seats(name=name, side=role, column=own, default=default, most=limit, optional=one.flag("optional"))
    one.done()
    return seats


def _wishes(asked: Asked, name: str, role: Role) -> Wishes | None:
    if not asked.has(name):
        asked.any(name)
        return None
    one = asked.part(name)
    points = one.any("points")
    if points is None:
        points = WISH_POINTS
    if not _are_points(points):
        one.wrong("points", f"a list of whole numbers from 0 to {MOST_POINTS} is expected, the first wish first")
        points = [0]
    wishes = Wishes(
        side=role,
        columns_of_wishes=columns(one, "columns"),
        points=tuple(points),
        refers_to=column(one, "refers_to"),
        optional=one.flag("optional"),
    )
    is_off = one.flag("off")
    one.done()
    return None if is_off else wishes


def _are_points(given: object) -> bool:
    return (
        isinstance(given, list | tuple)
        and bool(given)
        and all(type(one) is int and 0 <= one <= MOST_POINTS for one in given)
    )
