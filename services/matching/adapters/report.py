"""The result of matching files as one page: nothing is loaded from anywhere, so it can be sent and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.matching.adapters.report_words import REPORT
from services.matching.application.file_matching import Matched
from services.matching.domain.matchmaking.comparison import Way
from services.matching.domain.matchmaking.groups import Group, Groups, groups_of
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import ProposedPair
from services.matching.domain.matchmaking.reasons import BrokenWish, Reason, Unmatched
from services.matching.domain.matchmaking.scarcity import Skill, skills_of
from services.matching.domain.matchmaking.summary import Bin, Load, Summary, WishShare, names_of, summary_of
from services.matching.domain.matchmaking.wording import label, words
from services.matching.domain.sheet import column_key
from services.matching.domain.suppression import Suppression

_BAR, _HIGH = 60, 160
_LINE, _WIDE = 28, 300
_SKILLS = 20


def report_page(matched: Matched, language: str, fairness: Sequence[str] = ()) -> bytes:
    """HTML in UTF-8; the same for the same result. `fairness`: columns of the mentees, as their table calls them."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    pages = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = ReportPage(matched, language, tuple(fairness))
    return pages.get_template("match_report.html").render(page=page, say=REPORT[language], lang=language).encode()


@dataclass(frozen=True)
class Column:
    """One bar of the chart, in its units."""

    x: int
    y: int
    height: int
    bin: Bin


@dataclass(frozen=True)
class Line:
    """One bar from left to right: `width` of 300."""

    y: int
    width: int
    name: str
    value: int


def lines_of(values: Sequence[tuple[str, int]], most: int = 0) -> Sequence[Line]:
    """Bars under each other, the largest value (or `most`) as wide as there is room."""
    whole = most or max((value for _, value in values), default=0) or 1
    return [Line(place * _LINE, value * _WIDE // whole, name, value) for place, (name, value) in enumerate(values)]


@dataclass(frozen=True, eq=False)
class ReportPage:
    """What the template asks for."""

    matched: Matched
    language: str
    fairness: tuple[str, ...] = ()

    @cached_property
    def figures(self) -> Summary:
        return summary_of(self.matched.problem, self.matched.proposals)

    @cached_property
    def _names(self) -> dict[tuple[Role, str], str]:
        return names_of(self.matched.problem)

    @property
    def pairs(self) -> Sequence[ProposedPair]:
        return self.matched.proposals.pairs

    @property
    def left_out(self) -> str:
        """Names, as a list in a sentence."""
        return ", ".join(label(name, {}, self.language) for name in self.matched.left_out)

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Bars as high as the fullest allows."""
        most = max((one.pairs for one in self.figures.scores), default=0) or 1
        heights = [one.pairs * _HIGH // most for one in self.figures.scores]
        return [
            Column(place * _BAR, _HIGH - height, height, one)
            for place, (height, one) in enumerate(zip(heights, self.figures.scores, strict=True))
        ]

    @property
    def chart_width(self) -> int:
        return _BAR * len(self.figures.scores)

    @property
    def busy(self) -> Sequence[Load]:
        """Mentors who offer a seat."""
        return [load for load in self.figures.loads if load.seats]

    @cached_property
    def fullness(self) -> Sequence[Line]:
        """How many mentors have none, some or all of their seats taken."""
        say, loads = REPORT[self.language], self.busy
        counts = {"load_none": sum(not one.taken for one in loads),
                  "load_some": sum(0 < one.taken < one.seats for one in loads),
                  "load_full": sum(one.taken == one.seats for one in loads)}
        return lines_of([(say[name], count) for name, count in counts.items()])

    @property
    def seats(self) -> tuple[int, int]:
        """Taken, and offered."""
        return sum(one.taken for one in self.busy), sum(one.seats for one in self.busy)

    @cached_property
    def wish_lines(self) -> Sequence[Line]:
        return lines_of([(self.wish(one), one.mentees) for one in self.figures.wishes])

    @property
    def first_wishes(self) -> int:
        return sum(one.mentees for one in self.figures.wishes if one.rank == 1)

    @property
    def wishers(self) -> int:
        return sum(one.mentees for one in self.figures.wishes if one.rank is not None)

    @cached_property
    def groups(self) -> Sequence[Groups]:
        """Of each column that was asked for."""
        keys = {column_key(name): key for key, name in self.matched.headings.items()}
        return [groups_of(self.matched.problem, self.matched.proposals, keys[column_key(one)], Suppression())
                for one in self.fairness]

    def heading(self, groups: Groups) -> str:
        return self.matched.headings[groups.column]

    def group_lines(self, groups: Groups) -> Sequence[Line]:
        """The part with a mentor, of a thousand."""
        return lines_of([(self.group(one), 1000 * one.with_mentor // one.mentees) for one in groups.shown], most=1000)

    def group(self, group: Group) -> str:
        return group.name or REPORT[self.language]["not_stated"]

    def spread(self, groups: Groups) -> tuple[Group, Group]:
        """Who has a mentor most rarely, and most often."""
        ranked = sorted(groups.shown, key=lambda one: one.with_mentor / one.mentees)
        return ranked[0], ranked[-1]

    @cached_property
    def skills(self) -> Sequence[Skill]:
        """Those where a seat helps most."""
        comparison = self.matched.comparison
        return skills_of(self.matched.problem, comparison)[:_SKILLS] if comparison else []

    @property
    def skill_lines(self) -> Sequence[Line]:
        """As long as what a seat brings: one more mentee is longer than all points."""
        most = 1 + max((one.points for one in self.skills), default=0) * 5 // 4
        return lines_of([(one.name, most if one.person else one.points) for one in self.skills], most)

    @property
    def ways(self) -> Sequence[Way]:
        return self.matched.comparison.ways if self.matched.comparison else ()

    @property
    def ways_left_out(self) -> Sequence[str]:
        left_out = self.matched.comparison.left_out if self.matched.comparison else ()
        return [REPORT[self.language][f"way_{one}"] for one in left_out]

    @property
    def way_lines(self) -> Sequence[Line]:
        return lines_of([(REPORT[self.language][f"way_{one.objective}"], one.total) for one in self.ways])

    def without(self, role: str) -> Sequence[Unmatched]:
        return [one for one in self.matched.proposals.unmatched if one.role == role]

    def person(self, role: str, id: str) -> str:
        """The name with the id behind it."""
        name = self._names[Role(role), id]
        return f"{name} ({id})" if name else id

    def wish(self, share: WishShare) -> str:
        say = REPORT[self.language]
        if share.rank is None:
            return say["no_wish"]
        return say["wish_rank"].format(rank=share.rank) if share.rank else say["no_wish_granted"]

    def share(self, part: int, whole: int) -> str:
        """A part of a hundred, as the language writes it."""
        text = f"{(2000 * part + whole) // (2 * whole) / 10:.1f}" if whole else "0.0"
        return f"{text} %" if self.language == "en" else f"{text.replace('.', ',')} %"

    def words(self, said: Reason | BrokenWish | Unmatched) -> str:
        return words(said, self.language)
