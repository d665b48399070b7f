"""The part of a pair that says what comes before it begins, and what of that it still waits for."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.pairs import PairGateWaived, PairState, WaiverReason
from services.matching.contracts.programmes import Gate
from services.matching.domain.asked import OPEN, AlreadyDecided, Asked
from services.matching.domain.gates import Met, Open, Waiver, still_open, whom


@dataclass(kw_only=True)
class Prepared(Asked, ABC):
    """`gates` are the programme's at its creation."""

    gates: tuple[Gate, ...] = ()
    met: tuple[Met, ...] = ()
    waived: tuple[Waiver, ...] = ()

    def meet(self, gate: Gate, by: str, at: datetime) -> None:
        """Something that the programme asks for before the start is done; what is not asked for changes nothing."""
        met = Met(gate, by)
        if self.state is not PairState.AWAITING_TRAINING or gate not in self.gates or met in self.met:
            return
        self.met = (*self.met, met)
        self._activate_when_ready(at)

    def waive(self, gate: Gate, because: WaiverReason, by: str, at: datetime) -> None:
        """A coordinator does not wait for it. Raises AlreadyDecided where nothing of it is missing."""
        if gate not in {one.gate for one in self.open_gates}:
            raise AlreadyDecided(f"pair {self.id} does not wait for {gate}")
        self.waived = (*self.waived, Waiver(gate, because))
        self._tell(PairGateWaived, at, by, gate=gate, because=because)
        self._activate_when_ready(at)

    @property
    def waited_for(self) -> tuple[str, ...]:
        return self.silent_ids if self.state in OPEN else whom(self.open_gates, self.parties)

    @property
    def open_gates(self) -> tuple[Open, ...]:
        """What the pair waits for, and of whom; nothing before and after that."""
        return self._missing if self.state is PairState.AWAITING_TRAINING else ()

    @property
    def _missing(self) -> tuple[Open, ...]:
        return tuple(still_open(self.gates, self.met, self.waived, self.parties))

    @abstractmethod
    def _activate_when_ready(self, at: datetime) -> None: ...
