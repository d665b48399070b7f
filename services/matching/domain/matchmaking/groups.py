"""How groups of mentees fare, and none of which anybody could be known: small groups are not shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matching.domain.matchmaking.cells import fold, text_of
from services.matching.domain.matchmaking.problem import Problem, Proposals

LEAST = 5
"""Figures of fewer people are figures of somebody."""


@dataclass(frozen=True)
class Group:
    """Mentees with the same entry, how many of them have a mentor, and their mean score (best pair each), rounded."""

    name: str
    mentees: int
    with_mentor: int
    mean: int


@dataclass(frozen=True)
class Groups:
    """Of one column, the largest first; `hidden` groups have under 5 people, or would give one away that has."""

    column: str
    shown: tuple[Group, ...]
    hidden: int


def large_enough(counts: Mapping[str, int]) -> dict[str, int]:
    """Those that count LEAST people, the largest first, as long as what is left of the whole counts as many, or nobody:
    else the smallest is left out too."""
    shown = sorted((item for item in counts.items() if item[1] >= LEAST), key=lambda item: (-item[1], item[0]))
    while shown and 0 < sum(counts.values()) - sum(count for _, count in shown) < LEAST:
        shown.pop()
    return dict(shown)


def groups_of(problem: Problem, proposals: Proposals, column: str) -> Groups:
    """Entries are the same without regard to capitals and spaces; an empty cell is a group too."""
    best: dict[str, int] = {}
    for pair in proposals.pairs:
        best[pair.mentee_id] = max(pair.score, best.get(pair.mentee_id, 0))
    people: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for person in problem.mentees:
        text = text_of(person.row, column)
        written.setdefault(fold(text), text)
        people[fold(text)].append(person.id)
    groups = [_group(written[name], ids, best) for name, ids in people.items()]
    groups.sort(key=lambda one: (-one.mentees, fold(one.name)))
    shown = _shown(groups)
    return Groups(column, shown, len(groups) - len(shown))


def _group(name: str, ids: Sequence[str], best: dict[str, int]) -> Group:
    scores = [best[one] for one in ids if one in best]
    return Group(name, len(ids), len(scores), round(sum(scores) / len(scores)) if scores else 0)


def _shown(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Never all but one: its figures would be what is left of the whole."""
    large = [one for one in groups if one.mentees >= LEAST]
    return tuple(large[:-1] if len(groups) - len(large) == 1 else large)
