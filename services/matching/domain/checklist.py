"""What is to be done in each phase of a programme: counted from facts, or ticked off by whoever knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.programmes import ProgrammeState
from shared.kernel.errors import Invalid, NotFound, WrongState

PHASES = (ProgrammeState.DRAFT, ProgrammeState.RECRUITING, ProgrammeState.MATCHING, ProgrammeState.RUNNING,
          ProgrammeState.CLOSING)
MOST_ITEMS = 100
MOST_TEXT = 200


class BadChecklist(Invalid):
    """It cannot be worked through as it is."""

    code = "bad-checklist"


class CountsItself(WrongState):
    """Nobody ticks off what is counted from facts."""

    code = "item-counts-itself"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a programme stands, as far as checklists ask. `mended`: it was looked what a run would stumble over, and
    nothing is in its way; `places` are all that mentors have, `alone` mentees without anybody, `waiting` pairs that
    have not begun, `unfinished` pairs that are not closed, `asked` mentors who are asked to go on."""

    state: ProgrammeState
    has_purpose: bool
    objectives: int
    coordinators: int
    substitutes: int
    has_sponsor: bool
    campaigns: int = 0
    invited: int = 0
    mentors: int = 0
    mentees: int = 0
    places: int = 0
    undecided: int = 0
    mended: bool = False
    published: int = 0
    pairs: int = 0
    waiting: int = 0
    unfinished: int = 0
    alone: int = 0
    tasks: int = 0
    asked: int = 0
    successors: int = 0

    @property
    def is_aboard(self) -> bool:
        """Somebody on either side takes part."""
        return bool(self.mentors and self.mentees)

    def is_past(self, phase: ProgrammeState) -> bool:
        """Whether it has come to a later state."""
        states = [*ProgrammeState]
        return states.index(self.state) > states.index(phase)


@dataclass(frozen=True, kw_only=True)
class Item:
    """`text` are a coordinator's own words; what we have words for has none."""

    id: str
    phase: ProgrammeState
    text: str = ""

    @property
    def is_counted(self) -> bool:
        return self.id in FACTS


@dataclass(frozen=True, kw_only=True)
class Tick:
    """Who said so, and when; nobody any more where that person is forgotten."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Line:
    """An item as it stands now; `tick` for what is ticked off by hand."""

    item: Item
    done: bool
    tick: Tick | None = None


FACTS: Mapping[str, Callable[[Standing], bool]] = {
    "purpose": lambda now: now.has_purpose,
    "objectives": lambda now: now.objectives > 0,
    "coordinator": lambda now: now.coordinators > 0,
    "substitute": lambda now: now.substitutes > 0,
    "sponsor": lambda now: now.has_sponsor,
    "opened": lambda now: now.is_past(ProgrammeState.DRAFT),
    "made-known": lambda now: now.campaigns > 0 or now.invited > 0 or now.is_aboard,
    "people-aboard": lambda now: now.is_aboard,
    "applications-decided": lambda now: now.is_aboard and not now.undecided,
    "places-enough": lambda now: now.is_aboard and now.places >= now.mentees,
    "matching-begun": lambda now: now.is_past(ProgrammeState.RECRUITING),
    "ready-to-run": lambda now: now.mended or now.published > 0,
    "run-published": lambda now: now.published > 0,
    "pairs-begun": lambda now: now.pairs > 0 and not now.waiting,
    "everybody-matched": lambda now: now.is_aboard and not now.alone,
    "tasks-done": lambda now: not now.tasks,
    "pairs-closed": lambda now: not now.unfinished,
    "mentors-asked": lambda now: now.asked > 0,
    "next-cohort": lambda now: now.successors > 0,
}
"""What tells that an item is done."""

_BY_PHASE: Mapping[ProgrammeState, tuple[str, ...]] = {
    ProgrammeState.DRAFT: ("purpose", "objectives", "coordinator", "substitute", "sponsor", "form-read",
                           "kick-off-agreed", "opened"),
    ProgrammeState.RECRUITING: ("made-known", "people-aboard", "applications-decided", "places-enough",
                                "matching-begun"),
    ProgrammeState.MATCHING: ("ready-to-run", "run-published"),
    ProgrammeState.RUNNING: ("pairs-begun", "everybody-matched", "tasks-done", "half-time-told"),
    ProgrammeState.CLOSING: ("pairs-closed", "mentors-asked", "results-told", "findings-kept", "next-cohort"),
}
USUAL = tuple(Item(id=code, phase=phase) for phase, codes in _BY_PHASE.items() for code in codes)
"""What most programmes begin with."""

_PHASE_OF = {one.id: one.phase for one in USUAL}


def without(*codes: str) -> tuple[Item, ...]:
    """What most begin with, but for these."""
    return tuple(one for one in USUAL if one.id not in codes)


FLASH = without("substitute", "kick-off-agreed", "matching-begun", "ready-to-run", "run-published", "everybody-matched",
                "half-time-told", "mentors-asked")
"""Where mentees ask mentors themselves, for one question."""

BUDDIES = without("sponsor", "half-time-told")
"""Where it is over after a few weeks."""


def require_sound(items: Iterable[Item]) -> None:
    """Raises BadChecklist."""
    listed = tuple(items)
    if len({one.id for one in listed}) < len(listed):
        raise BadChecklist("an item stands in a checklist once")
    for one in listed:
        _require_sound(one)


def _require_sound(item: Item) -> None:
    known = _PHASE_OF.get(item.id)
    if item.phase not in PHASES:
        raise BadChecklist(f"there is nothing to do in a programme that is {item.phase}")
    if bool(known) == bool(item.text.strip()):
        raise BadChecklist("an item of one's own needs words, and one that is known here has them")
    if known and known is not item.phase:
        raise BadChecklist(f"{item.id} is done while a programme is {known}")


def item_of(items: Iterable[Item], item_id: str) -> Item:
    """Raises NotFound, CountsItself for what nobody ticks off."""
    for one in items:
        if one.id == item_id:
            if one.is_counted:
                raise CountsItself(f"{item_id} is counted, not ticked off")
            return one
    raise NotFound(f"no item {item_id}")


def lines(items: Iterable[Item], ticks: Mapping[str, Tick], standing: Standing) -> tuple[Line, ...]:
    """In the order of the phases, and in each as the coordinator has put them."""
    ordered = sorted(items, key=lambda one: PHASES.index(one.phase))
    return tuple(_line(one, ticks.get(one.id), standing) for one in ordered)


def _line(item: Item, tick: Tick | None, standing: Standing) -> Line:
    if item.is_counted:
        return Line(item=item, done=FACTS[item.id](standing))
    return Line(item=item, done=tick is not None, tick=tick)
