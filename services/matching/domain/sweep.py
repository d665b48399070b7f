"""What must agree across documents, looked at every hour and 200 documents at a time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shared.kernel.aggregate import Aggregate

EVERY = timedelta(hours=1)
DOUBT = timedelta(minutes=5)
"""What does not agree may be on its way as an event: it is looked at once more after this time."""


class Part(StrEnum):
    """What is walked through, one after the other."""

    PARTICIPANTS = "participants"
    APPLICATIONS = "applications"
    PAIRS = "pairs"
    CIRCLE_SEATS = "circle-seats"
    CIRCLES = "circles"
    REQUESTS = "requests"


@dataclass(frozen=True)
class Disagreement:
    """`code` is what does not agree about the document with this id; `mend` does what an event should have done."""

    code: str
    id: str
    mend: Callable[[], object]

    @property
    def name(self) -> str:
        return f"{self.code} {self.id}"


@dataclass(kw_only=True)
class Sweep(Aggregate):
    """Has the id of its programme. The walk is in `part`, behind `cursor`. `doubted` did not agree a moment ago; when
    it is `sure`, it did not agree twice, is counted in `found` by its code, and is to be mended. `last`: the programme
    was closed when the walk began; `clean`: the walk found nothing."""

    part: Part = Part.PARTICIPANTS
    cursor: str = ""
    doubted: tuple[str, ...] = ()
    sure: bool = False
    found: dict[str, int] = field(default_factory=dict)
    last: bool = False
    clean: bool = True
    swept_at: datetime | None = None

    @classmethod
    def begin(cls, programme_id: str, at: datetime) -> "Sweep":
        """Looks for the first time after an hour."""
        sweep = cls(id=programme_id)
        sweep.set_timer("look", at + EVERY)
        return sweep

    @property
    def rests(self) -> bool:
        """Its programme was closed, and nothing was left to mend."""
        return "look" not in self.timers

    def wake(self, at: datetime) -> None:
        """Something happened in a closed programme after all."""
        if self.rests:
            self.set_timer("look", at + EVERY)

    def on_look(self, now: datetime) -> None:
        """The next ones; the timer stands until the walk is over, so that a crash repeats them."""
        self.set_timer("look", now)

    def rings(self, now: datetime) -> bool:
        return self.is_due("look", now)

    def look(self, names: Collection[str], after: str, closed: bool, now: datetime) -> None:
        """These do not agree now, of the documents up to `after` (empty: the last of the part). What is new since the
        first look is left to the next walk."""
        self.tick(now)
        if not self.cursor and self.part is Part.PARTICIPANTS and not self.doubted:
            self.last, self.clean = closed, True
        again = tuple(one for one in self.doubted if one in names)
        if again and not self.sure:
            self._make_sure(again)
        elif names and not self.doubted:
            self.doubted = tuple(sorted(names))
            self.set_timer("look", now + DOUBT)
        else:
            self._move_on(after, now)

    def _make_sure(self, names: tuple[str, ...]) -> None:
        self.doubted, self.sure, self.clean = names, True, False
        for name in names:
            code = name.partition(" ")[0]
            self.found[code] = self.found.get(code, 0) + 1

    def _move_on(self, after: str, now: datetime) -> None:
        self.cursor, self.doubted, self.sure = after, (), False
        if not after:
            self._begin_next(now)

    def _begin_next(self, now: datetime) -> None:
        parts = [*Part]
        self.part = parts[(parts.index(self.part) + 1) % len(parts)]
        if self.part is Part.PARTICIPANTS:
            self.swept_at = now
            self._rest(now)

    def _rest(self, now: datetime) -> None:
        """Until the next hour; of a programme that was closed, until it is woken, when nothing was left."""
        self.clear_timer("look")
        if not (self.last and self.clean):
            self.set_timer("look", now + EVERY)
