"""Who was asked something by mail, heard as any other system hears it: by subscribing to the events."""

from collections import defaultdict
from dataclasses import dataclass, field

from shared.messaging.envelope import Received
from shared.messaging.log import EventLog, Record

TOPIC = "mentoring.messages.v1"
SENT = "mentoring.message-sent.v1"
GROUP = "sample-people"


@dataclass
class Letterbox:
    """`asked` are the check-ins that each person has a mail about, by person."""

    log: EventLog
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._subscription = self.log.subscribe(GROUP, [TOPIC])

    def look(self) -> None:
        """Takes in the mails that came since."""
        while records := self._subscription.poll(0):
            for record in records:
                self._take(record)
            self._subscription.commit()

    def _take(self, record: Record) -> None:
        if isinstance(record, Received) and record.type == SENT and record.data:
            person, about = record.data["person_id"], record.data["about"]
            if person and record.data["about_kind"] == "check-in" and record.data["template"].startswith("check-in-"):
                self.asked[person].add(about)

    def done(self, person: str, about: str) -> None:
        """Answered, or too late to be."""
        self.asked[person].discard(about)

    def close(self) -> None:
        self._subscription.close()
