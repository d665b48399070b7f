"""What happened to a pair, as community knows it."""

from dataclasses import dataclass

from services.community.domain.assignment import Assignment
from shared.kernel.history import Entry
from shared.store.repository import Repository


@dataclass(frozen=True)
class Timeline:
    """Entries from the histories of everything that belongs to the pair."""

    assignments: Repository[Assignment]

    def of_pair(self, pair_id: str) -> list[Entry]:
        """Oldest first."""
        entries = [entry for one in self.assignments.each({"pair_id": pair_id}) for entry in one.history]
        return sorted(entries, key=lambda entry: entry.at)
