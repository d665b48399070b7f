"""What happened to a pair, for its timeline."""

from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.pairs import CloseReason, PairEvent, WaiverReason
from services.matching.contracts.programmes import Gate


@dataclass(frozen=True)
class Happened:
    """`kind` is the event's name without prefix and version; `by` whoever did it, None for the system. `gate` was not
    waited for `because` of something."""

    at: datetime
    kind: str
    by: str | None = None
    reason: CloseReason | None = None
    gate: Gate | None = None
    because: WaiverReason | None = None

    @property
    def facts(self) -> dict[str, str]:
        """What is known of it beside who and when."""
        known = {"reason": self.reason, "gate": self.gate, "because": self.because}
        return {name: value.value for name, value in known.items() if value}


def about(event: type[PairEvent], at: datetime, by: str | None, reason: CloseReason | None,
          gate: Gate | None = None, because: WaiverReason | None = None) -> Happened:
    """The entry for an event."""
    return Happened(at, event.type.split(".")[1], by, reason, gate, because)
