"""Pages of what a run proposes, in the order of the scores that hold after swaps, and of some of it only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.proposal import Proposal
from services.matching.domain.ruling import Ruling, RulingState
from services.matching.domain.swap import Move
from shared.store.repository import Found, Repository

After = tuple[Any, str] | None
Key = tuple[int, str]


class Only(StrEnum):
    """Which of the proposals: those that pass over a wish, that are otherwise than in the last proposal or than the run
    found them, or whose two are locked now."""

    BROKEN_WISH = "broken-wish"
    CHANGED = "changed"
    LOCKED = "locked"


class Row(NamedTuple):
    """What is looked at of each."""

    id: str
    score: int
    mentor_id: str
    mentee_id: str
    broken: bool

    def moved(self, move: Move | None) -> "Row":
        if move is None:
            return self
        if move.is_unexplained:
            return self._replace(mentor_id=move.mentor_id)
        return self._replace(score=move.score, mentor_id=move.mentor_id, broken=bool(move.broken_wishes))


Keeps = Callable[[Row], bool]


@dataclass(frozen=True)
class ProposalPages:
    """Reads a run's batch."""

    proposals: Repository[Proposal]
    rulings: Repository[Ruling]

    def page(self, run: MatchingRun, limit: int, after: After, *, weakest: bool) -> Found[Proposal]:
        """All of them. What was swapped stands where its score of now has its place."""
        found = self.proposals.find({"batch": run.shown_batch}, "score", limit=limit, after=after,
                                    descending=not weakest)
        unmoved = [one for one in found.items if one.id not in run.moves]
        swapped = run.standing(self.proposals.get_many([*run.moves]))
        came = [one for one in swapped if _between(after, _key(one), found.after, weakest=weakest)]
        items = sorted([*unmoved, *came], key=_key, reverse=not weakest)
        return Found(items[:limit], _key(items[limit - 1]) if len(items) > limit else found.after)

    def chosen(self, run: MatchingRun, only: Only, limit: int, after: After, *, weakest: bool) -> Found[Proposal]:
        """Some of them; few fields are read of all."""
        keeps = self.keeps(run, only)
        keys = sorted(((row.score, row.id) for row in self._rows(run) if row.mentor_id and keeps(row)),
                      reverse=not weakest)
        left = [one for one in keys if _between(after, one, None, weakest=weakest)]
        items = run.standing(self.proposals.get_many([name for _, name in left[:limit]]))
        return Found(sorted(items, key=_key, reverse=not weakest), left[limit - 1] if len(left) > limit else None)

    def among(self, run: MatchingRun, only: Only | None, some: Iterable[Proposal]) -> list[Proposal]:
        """Those of these, as they stand."""
        keeps = self.keeps(run, only) if only else lambda _row: True
        return [one for one in some if keeps(Row(one.id, one.score, one.mentor_id, one.mentee_id,
                                                 bool(one.broken_wishes)))]

    def keeps(self, run: MatchingRun, only: Only) -> Keeps:
        if only is Only.BROKEN_WISH:
            return lambda row: row.broken
        if only is Only.LOCKED:
            locked = set(self._locked(run.programme_id))
            return lambda row: (row.mentor_id, row.mentee_id) in locked
        told = run.changes.told if run.changes else ()
        changed = {one.mentee_id for one in told} | {one.mentee_id for one in run.moves.values()}
        return lambda row: row.mentee_id in changed

    def _rows(self, run: MatchingRun) -> Iterator[Row]:
        parts = ("_id", "score", "mentor_id", "mentee_id", "broken_wishes")
        for name, score, mentor_id, mentee_id, broken in self.proposals.parts({"batch": run.shown_batch}, parts):
            yield Row(name, score, mentor_id, mentee_id, bool(broken)).moved(run.moves.get(name))

    def _locked(self, programme_id: str) -> Iterator[Couple]:
        where = {"programme_id": programme_id, "state": RulingState.LOCKED}
        return ((mentor, mentee) for mentor, mentee in self.rulings.parts(where, ("mentor_id", "mentee_id")))


def _key(one: Proposal) -> Key:
    return one.score, one.id


def _between(first: After, key: Key, last: After, *, weakest: bool) -> bool:
    """Behind the first, and not behind the last."""
    def behind(place: Key, other: tuple[Any, str]) -> bool:
        return place > tuple(other) if weakest else place < tuple(other)

    return (first is None or behind(key, first)) and (last is None or not behind(key, last))
