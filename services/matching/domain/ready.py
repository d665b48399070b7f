"""What to mend before a run."""

from dataclasses import dataclass, replace

from services.matching.domain.looked import Looked
from services.matching.domain.matchmaking.readiness import Concern


@dataclass(frozen=True, kw_only=True)
class Ready:
    """`mentees` with room for a mentor, free `seats`, applications nobody has decided (`undecided`); of `looked_at`
    mentees it is known whether a mentor is allowed. `unmatched`: so many stay without at least. A concern names some of
    the people whom `counts` counts, by its key."""

    mentees: int
    seats: int
    undecided: int
    looked_at: int
    unmatched: int
    concerns: tuple[Concern, ...]
    counts: dict[str, int]


@dataclass(kw_only=True)
class Readying(Looked):
    """`found` is None until it was counted once."""

    found: Ready | None = None

    def names(self, person_id: str) -> bool:
        return self.found is not None and any(person_id in one.people for one in self.found.concerns)

    def forget(self, person_id: str) -> None:
        """Somebody who is erased is named no more."""
        if self.found:
            left = (replace(one, people=tuple(other for other in one.people if other != person_id))
                    for one in self.found.concerns)
            self.found = replace(self.found, concerns=tuple(left))
