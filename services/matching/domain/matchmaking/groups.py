"""How groups of mentees fare, and none of which anybody could be known: small groups are not shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matching.domain.matchmaking.cells import fold, text_of
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.summary import best_fits, granted_wishes, ranks_of
from services.matching.domain.suppression import Suppression


@dataclass(frozen=True)
class Group:
    """Mentees with the same entry, how many of them have a mentor, their mean score (best pair each), rounded, and how
    many have their first, second, … choice."""

    name: str
    mentees: int
    with_mentor: int
    mean: int
    choices: tuple[int, ...] = ()


@dataclass(frozen=True)
class Groups:
    """Of one column, the largest first; `hidden` groups are too small, or would give one away that is."""

    column: str
    shown: tuple[Group, ...]
    hidden: int


def groups_of(problem: Problem, proposals: Proposals, column: str, suppression: Suppression) -> Groups:
    """Entries are the same without regard to capitals and spaces; an empty cell is a group too."""
    best, granted, ranks = best_fits(problem, proposals), granted_wishes(proposals), ranks_of(problem)
    people: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for person in problem.mentees:
        text = text_of(person.row, column)
        written.setdefault(fold(text), text)
        people[fold(text)].append(person.id)
    groups = [_group(written[name], ids, best, tuple(sum(granted.get(one) == rank for one in ids) for rank in ranks))
              for name, ids in people.items()]
    groups.sort(key=lambda one: (-one.mentees, fold(one.name)))
    names = suppression.large_enough({one.name: one.mentees for one in groups})
    shown = tuple(one for one in groups if one.name in names)
    return Groups(column, shown, len(groups) - len(shown))


def _group(name: str, ids: Sequence[str], best: Mapping[str, int], choices: tuple[int, ...]) -> Group:
    scores = [best[one] for one in ids if one in best]
    return Group(name, len(ids), len(scores), round(sum(scores) / len(scores)) if scores else 0, choices)
