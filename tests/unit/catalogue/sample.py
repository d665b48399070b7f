"""A tiny service of events that exist for these tests only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from shared.catalogue.contracts import Catalogue, Contracts
from shared.kernel.clock import parse
from shared.kernel.events import Event, Tombstone
from shared.messaging.log import Topic

KETTLES = Topic("kitchen.kettles.v1", compacted=True)
SECRETS = Topic("kitchen.internal.v1", tier="private", retention_days=7)


class Heat(StrEnum):
    """How hot."""

    COLD = "cold"
    BOILING = "boiling"


@dataclass(frozen=True)
class Leaf:
    """A kind of tea."""

    name: str
    grams: float


@dataclass(frozen=True, kw_only=True)
class KettleEvent(Event):
    """What all kettles tell."""

    topic: ClassVar[str] = KETTLES.name
    key_field: ClassVar[str] = "kettle_id"

    kettle_id: str
    """Which one."""


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(KettleEvent):
    """The water is ready."""

    type: ClassVar[str] = "kitchen.kettle-boiled.v1"

    at: datetime
    heat: Heat
    leaves: tuple[Leaf, ...]
    filled_on: date | None = None
    cups: int = 1
    descaled: bool = False


@dataclass(frozen=True, kw_only=True)
class KettleGone(Tombstone):
    """No such kettle any more."""

    type: ClassVar[str] = "kitchen.kettle-gone.v1"
    topic: ClassVar[str] = KETTLES.name
    key_field: ClassVar[str] = "kettle_id"

    kettle_id: str


@dataclass(frozen=True, kw_only=True)
class LidLifted(Event):
    """Nobody else's business."""

    type: ClassVar[str] = "kitchen.lid-lifted.v1"
    topic: ClassVar[str] = SECRETS.name
    key_field: ClassVar[str] = "kettle_id"
    public: ClassVar[bool] = False

    kettle_id: str


BOILED = KettleBoiled(
    kettle_id="k1", at=parse("2027-01-11T08:00:00Z"), heat=Heat.BOILING, leaves=(Leaf("assam", 2.5),))


def a_kitchen(folder: Path) -> Catalogue:
    """A catalogue of a kitchen that publishes, and a guest that listens."""
    kitchen = Contracts(
        "kitchen", folder / "kitchen" / "contracts", (KETTLES, SECRETS), (KettleBoiled, KettleGone, LidLifted),
        {KettleBoiled: BOILED, KettleGone: KettleGone(kettle_id="k1"), LidLifted: LidLifted(kettle_id="k1")},
        (LidLifted.type,))
    guest = Contracts("guest", folder / "guest" / "contracts", (), (), {},
                      (KettleBoiled.type, "elsewhere.bell-rang.v1"))
    return Catalogue((kitchen, guest))
