"""The world around a service under test: a log on which the other services' events appear."""

from collections import defaultdict
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

from services.matching.contracts.circles import (
    CircleChanged,
    CircleClosed,
    CircleCloseReason,
    CircleEvent,
    CircleState,
)
from services.matching.contracts.pairs import (
    CloseReason,
    PairActivated,
    PairClosed,
    PairCreated,
    PairEvent,
    PairPaused,
    PairResumed,
    PairState,
    Party,
)
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import ProgrammeOpened, ProgrammeState
from shared.kernel.clock import SettableClock, iso
from shared.kernel.events import Event, Sequence
from shared.kernel.ids import derived_id
from shared.messaging.envelope import Outgoing, Received
from shared.messaging.log import Topic
from shared.runtime.engines import open_log
from shared.store.conversion import event_data

PROGRAMME = ProgrammeOpened(
    programme_id="programme-1", state=ProgrammeState.RUNNING, kind="cohort", name="Spring", language="en",
    time_zone="Europe/Berlin", starts_on="2027-03-01", ends_on="2028-02-29", coordinator_ids=("coordinator-1",))


def a_pair(kind: type[PairEvent], state: PairState, pair: str = "1", reason: CloseReason | None = None) -> PairEvent:
    parties = (Party(f"mentor-{pair}", Role.MENTOR), Party(f"mentee-{pair}", Role.MENTEE))
    return kind(pair_id=f"pair-{pair}", programme_id="programme-1", mentor_id=parties[0].person_id,
                mentee_id=parties[1].person_id, parties=parties, state=state, reason=reason)


def a_circle(kind: type[CircleEvent], people: str, circle: str = "1", state: CircleState = CircleState.ACTIVE
             ) -> CircleEvent:
    """`people` such as "mentor-1 mentee-1 mentee-2"."""
    parties = tuple(Party(one, Role(one.partition("-")[0])) for one in people.split())
    reason = CircleCloseReason.COMPLETED if state is CircleState.CLOSED else None
    return kind(circle_id=f"circle-{circle}", programme_id="programme-1", parties=parties, state=state, min_mentees=2,
                max_mentees=8, reason=reason)


class World:
    """Publishes what other services would; `again` publishes everything once more."""

    def __init__(self, folder: Path, clock: SettableClock, topics: tuple[Topic, ...]) -> None:
        self.clock = clock
        self.log = open_log(f"embedded:{folder}?synchronous=NORMAL&min_free=0")
        self.log.create_topics(topics)
        self.topics = [topic.name for topic in topics]
        self._sequences: dict[str, Sequence] = defaultdict(lambda: Sequence(0, 0))

    def tell(self, event: Event, at: datetime | None = None) -> None:
        source = f"/world/{event.topic}/{event.key}"
        self._sequences[source] = sequence = self._sequences[source].next(1)
        assert self.log.publish([Outgoing(
            id=derived_id(source, str(sequence)), source=source, sequence=sequence, type=event.type, topic=event.topic,
            key=event.key, time=iso(at or self.clock.now()), data=event_data(event))])

    def again(self) -> None:
        """The whole log is delivered a second time."""
        names = [field.name for field in fields(Outgoing)]
        self.log.publish([Outgoing(**{name: getattr(event, name) for name in names})
                          for event in self.log.read(self.topics) if isinstance(event, Received)])

    def heard(self, topic: str) -> list[Received]:
        return [event for event in self.log.read([topic]) if isinstance(event, Received)]

    def open_programme(self, **more: object) -> None:
        """Also tells what has changed about it."""
        self.tell(replace(PROGRAMME, **more))  # type: ignore[arg-type]

    def create_pair(self, pair: str = "1") -> None:
        self.tell(a_pair(PairCreated, PairState.AWAITING_TRAINING, pair))

    def activate_pair(self, pair: str = "1") -> None:
        self.tell(a_pair(PairActivated, PairState.ACTIVE, pair))

    def pause_pair(self, pair: str = "1") -> None:
        self.tell(a_pair(PairPaused, PairState.PAUSED, pair))

    def resume_pair(self, pair: str = "1") -> None:
        self.tell(a_pair(PairResumed, PairState.ACTIVE, pair))

    def seat_circle(self, people: str, circle: str = "1") -> None:
        """Who sits in it from now on."""
        self.tell(a_circle(CircleChanged, people, circle))

    def close_circle(self, people: str, circle: str = "1") -> None:
        self.tell(a_circle(CircleClosed, people, circle, CircleState.CLOSED))

    def close_pair(self, pair: str = "1", reason: CloseReason = CloseReason.COMPLETED) -> None:
        self.tell(a_pair(PairClosed, PairState.CLOSED, pair, reason))
