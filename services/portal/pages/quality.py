"""How well the pairs of a run fit and how full mentors are: lines and points of the charts, and a sentence of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Json
from services.portal.pages.reading import number, share

LEFT, WIDE, TOP, TALL = 40, 288, 12, 136
"""Where a chart of 340 by 190 has its lines."""
MOST_PLACES = 10


@dataclass(frozen=True)
class Bar:
    """One class of a histogram: `was` before anybody swapped."""

    edge: int
    count: int
    was: int | None


@dataclass(frozen=True)
class Histogram:
    """Pairs by equal classes of scores, `now` and before anybody swapped."""

    now: Sequence[int]
    was: Sequence[int] | None = None

    @property
    def bars(self) -> list[Bar]:
        return [Bar(at * 100 // len(self.now), count, self.was[at] if self.was else None)
                for at, count in enumerate(self.now)]

    @property
    def tallest(self) -> int:
        return max([*self.now, *(self.was or ())], default=0)

    @property
    def classes(self) -> list[tuple[int, list[int]]]:
        """As rows of a table."""
        return [(bar.edge, [*([bar.was] if bar.was is not None else []), bar.count]) for bar in self.bars]


@dataclass(frozen=True)
class Place:
    """Mentors whose places are so many."""

    name: str
    places: int
    active: int
    assigned: int
    free: int
    mentors: int


@dataclass(frozen=True)
class Quality:
    """`found` by the run; `now` after swaps, else the same."""

    found: Json
    now: Json
    best: int

    @property
    def is_swapped(self) -> bool:
        return self.now is not self.found

    @property
    def sides(self) -> list[tuple[str, Json]]:
        """What stands in the columns of a table."""
        return [(_("As found"), self.found), (_("After swaps"), self.now)] if self.is_swapped else [
            (_("Pairs"), self.found)]

    @property
    def heads(self) -> list[str]:
        return [name for name, _side in self.sides]

    def of_hundred(self, score: int) -> int:
        return min(100, round(100 * score / (self.best or 100)))

    @property
    def histogram(self) -> Histogram:
        return Histogram(self.now["histogram"], self.found["histogram"] if self.is_swapped else None)

    def curve(self, of: Json) -> str:
        """The points of a line: so many of a hundred pairs have no more than this score."""
        steps = list(enumerate(of["curve"]))
        return " ".join(f"{x_of(self.of_hundred(score))},{y_of(100 * at / (len(steps) - 1))}" for at, score in steps)

    @property
    def points(self) -> list[tuple[str, list[int]]]:
        """The curve as rows of a table: so many of the pairs have no more than this score."""
        return [(share(part, 100), [self.of_hundred(side["curve"][part // 5]) for _name, side in self.sides])
                for part in (0, 5, 10, 25, 50, 75, 90, 95, 100)]

    @property
    def sentence(self) -> str:
        now = self.now
        return str(_("Half of all pairs have a score of %(half)s or less, the weakest tenth %(tenth)s or less and "
                     "%(mean)s on average, five of a hundred %(five)s or less.",
                     half=self.of_hundred(now["curve"][10]), tenth=self.of_hundred(now["lowest_10"]),
                     mean=self.of_hundred(now["weakest_tenth"]), five=self.of_hundred(now["lowest_5"])))

    @property
    def alone(self) -> str:
        count = int(self.now["unmatched"])
        if not count:
            return str(_("No mentee stays without a mentor."))
        return str(ngettext("One mentee stays without a mentor.", "%(num)s mentees stay without a mentor.", count))

    @property
    def ranks(self) -> list[tuple[str, list[int]]]:
        """Of how many mentees the mentor has which place among all whom they may have."""
        names = (_("the best"), _("the second"), _("the third"), _("4th to 5th"), _("6th to 10th"), _("a later one"))
        rows = [(str(name), [side["ranks"][at] for _name, side in self.sides]) for at, name in enumerate(names)]
        return [*rows, (_("locked or swapped by hand"), [side["by_hand"] for _name, side in self.sides])]

    @property
    def rank_sentence(self) -> str:
        first, all_ = self.now["ranks"][0], sum(self.now["ranks"])
        return str(_("%(share)s of the mentees whose mentor the run chose have the one who suits them best of all whom "
                     "they may have, %(three)s one of the best three.", share=share(first, all_),
                     three=share(sum(self.now["ranks"][:3]), all_)))

    @property
    def loads(self) -> list[Place]:
        return list(places(self.now["by_places"]))

    @property
    def load_sentence(self) -> str:
        loads = self.loads
        return str(_("Of %(all)s places %(active)s are taken by pairs and circles that there are, %(assigned)s by this "
                     "run, and %(free)s stay free.",
                     all=number(sum(one.active + one.assigned + one.free for one in loads)),
                     active=number(sum(one.active for one in loads)),
                     assigned=number(sum(one.assigned for one in loads)), free=number(sum(one.free for one in loads))))


def quality_of(answer: Json | None) -> Quality | None:
    """None where the run was not measured, has no pair, or the answer is late."""
    if not answer or not answer["found"] or not answer["found"]["curve"]:
        return None
    now = answer["now"] if answer["now"] and answer["now"]["curve"] else answer["found"]
    return Quality(answer["found"], now, int(answer["best"] or 0))


def standing(loads: Sequence[Place]) -> str:
    """How full mentors are now, without a run."""
    return str(_("Of %(all)s places %(active)s are taken, %(assigned)s by pairs that have not begun, and %(free)s are "
                 "free.", all=number(sum(one.places for one in loads)),
                 active=number(sum(one.active + one.assigned for one in loads)),
                 assigned=number(sum(one.assigned for one in loads)), free=number(sum(one.free for one in loads))))


def places(classes: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    for one in classes:
        name = _("%(count)s or more", count=one["places"]) if one["places"] == MOST_PLACES else str(one["places"])
        yield Place(str(name), one["active"] + one["assigned"] + one["free"], one["active"], one["assigned"],
                    one["free"], one["mentors"])


def x_of(part: float) -> int:
    """Of a hundred."""
    return round(LEFT + WIDE * part / 100)


def y_of(part: float) -> int:
    """Of a hundred, from below."""
    return round(TOP + TALL * (1 - part / 100))
