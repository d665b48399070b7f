"""The result of matching files as one page: nothing is loaded from anywhere, so it can be sent and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.matching.adapters.report_words import REPORT
from services.matching.application.file_matching import Matched
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import ProposedPair
from services.matching.domain.matchmaking.reasons import BrokenWish, Reason, Unmatched
from services.matching.domain.matchmaking.summary import Bin, Load, Summary, WishShare, names_of, summary_of
from services.matching.domain.matchmaking.wording import label, words

_BAR, _HIGH = 60, 160


def report_page(matched: Matched, language: str) -> bytes:
    """HTML in UTF-8; the same for the same result."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    pages = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = ReportPage(matched, language)
    return pages.get_template("match_report.html").render(page=page, say=REPORT[language], lang=language).encode()


@dataclass(frozen=True)
class Column:
    """One bar of the chart, in its units."""

    x: int
    y: int
    height: int
    bin: Bin


@dataclass(frozen=True, eq=False)
class ReportPage:
    """What the template asks for."""

    matched: Matched
    language: str

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
