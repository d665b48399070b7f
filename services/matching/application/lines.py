"""Pairs whose two came into one reporting line."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.application.people import People
from services.matching.domain.candidate_rows import boss, names_of
from services.matching.domain.matchmaking.people import Roster
from services.matching.domain.pair import Pair
from services.matching.domain.programme_rules import ALWAYS


@dataclass(frozen=True)
class Lines:
    """As the directory has them now."""

    people: People

    def broken_by(self, pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
        """By pair the names of the rules that it breaks, and none where it breaks none."""
        both = self.people.listed(one.person_id for pair in pairs for one in pair.parties)
        bosses = self.people.listed({one for person in both.values() for one in person.managers})
        names = {one.id: one.directory_id for one in bosses.values()} | names_of(both.values())
        rows = {one.id: boss(one, names) for one in (bosses | both).values()}
        roster = Roster(tuple(rows.values()))
        return {pair.id: tuple(rule.name for rule in ALWAYS
                               if rule.bars(rows[pair.mentor_id], rows[pair.mentee_id], roster))
                for pair in pairs if {pair.mentor_id, pair.mentee_id} <= rows.keys()}
