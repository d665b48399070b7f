"""The result of matching files as a table: a line a pair, then a line for everybody without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.matching.application.file_matching import Matched
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import ProposedPair
from services.matching.domain.matchmaking.reasons import Unmatched
from services.matching.domain.matchmaking.summary import names_of
from services.matching.domain.matchmaking.wording import words

SHOWN = 3
COLUMNS = (
    "status",
    "mentee_id",
    "mentee",
    "mentor_id",
    "mentor",
    "score",
    *(f"{name}_{place}" for place in range(1, SHOWN + 1) for name in ("reason", "points")),
    "other_points",
    "broken_wishes",
    "why",
)
"""The points of the reasons and the other points add up to the score."""


@dataclass(frozen=True)
class PairsTable:
    """Texts in one language; the names of columns and statuses are the same in all."""

    matched: Matched
    language: str

    def rows(self) -> Iterator[Sequence[str]]:
        """The heading, pairs in the order of the mentees, then the others."""
        names = names_of(self.matched.problem)
        yield COLUMNS
        for pair in self.matched.proposals.pairs:
            yield self._pair(pair, names)
        for one in self.matched.proposals.unmatched:
            yield self._without(one, names)

    def _pair(self, pair: ProposedPair, names: dict[tuple[Role, str], str]) -> Sequence[str]:
        shown = pair.strongest(SHOWN)
        reasons = [text for reason in shown for text in (words(reason, self.language), str(reason.points))]
        reasons += [""] * (2 * (SHOWN - len(shown)))
        other = pair.score - sum(reason.points for reason in shown)
        broken = "; ".join(words(wish, self.language) for wish in pair.broken_wishes)
        mentee, mentor = names[Role.MENTEE, pair.mentee_id], names[Role.MENTOR, pair.mentor_id]
        return (
            *("pair", pair.mentee_id, mentee, pair.mentor_id, mentor, str(pair.score)),
            *(*reasons, str(other), broken, ""),
        )

    def _without(self, one: Unmatched, names: dict[tuple[Role, str], str]) -> Sequence[str]:
        own = (one.person_id, names[one.role, one.person_id])
        sides = (*own, "", "") if one.role is Role.MENTEE else ("", "", *own)
        blank = [""] * (2 * SHOWN + 3)
        return (_status(one), *sides, *blank, words(one, self.language))


def _status(one: Unmatched) -> str:
    return "mentee-short" if one.code == "fewer-than-wanted" else f"{one.role.value}-without"
