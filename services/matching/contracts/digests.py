"""How a programme stands, told once a month for its sponsor."""

from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.events import Event
from shared.messaging.log import Topic

DIGESTS = Topic("mentoring.digests.v1", tier="coordinator")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`code` says what is counted, as in `mentor-applied` or `pairs-under-way`; `count` goes in steps of `least`, None:
    fewer than that."""

    code: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class SponsorDigestDue(Event):
    """It is the first of the month: the sponsor gets these figures. Nobody is to be found in them. `last`: the
    programme is over, and they say how it ended."""

    type: ClassVar[str] = "mentoring.sponsor-digest-due.v1"
    topic: ClassVar[str] = DIGESTS.name
    key_field: ClassVar[str] = "programme_id"

    programme_id: str
    sponsor_id: str
    month: str
    figures: tuple[Figure, ...]
    least: int = 5
    last: bool = False
