"""A mentor and a mentee, from the proposal to the farewell."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from services.matching.contracts.pairs import (
    CloseReason,
    PairAccepted,
    PairActivated,
    PairClosed,
    PairCreated,
    PairEvent,
    PairPaused,
    PairProposed,
    PairResumed,
    PairState,
    Party,
    RematchRequested,
)
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Gate
from services.matching.domain.seats import released
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFound, WrongState

LIVE = (PairState.PROPOSED, PairState.ACCEPTED, PairState.AWAITING_TRAINING, PairState.ACTIVE, PairState.PAUSED)


class AlreadyDecided(WrongState):
    """This side has said yes, or the pair is past that."""

    code = "already-decided"


class NotAParty(NotFound):
    """Neither the mentor nor the mentee of this pair."""

    code = "not-a-party"


class Entry(NamedTuple):
    """A line of the pair's history. `person_id`: who did it, None when nobody in particular."""

    at: datetime
    kind: str
    person_id: str | None


@dataclass(kw_only=True)
class Pair(Aggregate):
    """`gates` are those still open, each with the people it waits for (empty: for the pair as a whole)."""

    programme_id: str
    mentor_id: str
    mentee_id: str
    mentor_seat: str
    mentee_seat: str
    state: PairState = PairState.PROPOSED
    gates: dict[str, list[str]] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    run_id: str | None = None
    succeeds: str | None = None
    reason: CloseReason | None = None
    left_id: str | None = None
    rematch_run: str | None = None
    score: int | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)

    def propose(self, at: datetime) -> None:
        """A coordinator asks both."""
        self._tell(PairProposed, at)

    def create(self, at: datetime) -> None:
        """A coordinator published it: nobody has to say yes."""
        self._require(PairState.PROPOSED, PairState.ACCEPTED)
        self.state = PairState.AWAITING_TRAINING
        self._tell(PairCreated, at)
        self._start_when_ready(at)

    def accept(self, by: str, at: datetime) -> None:
        """One side says yes; with the second yes the pair is made. Raises NotAParty, AlreadyDecided."""
        self._require_party(by)
        if self.state not in (PairState.PROPOSED, PairState.ACCEPTED) or by in self.accepted:
            raise AlreadyDecided(f"pair {self.id} is {self.state}")
        self.accepted.append(by)
        self.state = PairState.ACCEPTED
        self._tell(PairAccepted, at, by, accepted_by=by)
        if len(self.accepted) == 2:
            self.create(at)

    def decline(self, by: str, at: datetime) -> None:
        """One side says no: the seats are free again."""
        self._require_party(by)
        self._require(PairState.PROPOSED, PairState.ACCEPTED)
        self._end(CloseReason.DECLINED, at, by)

    def meet(self, gate: Gate, by: str | None, at: datetime) -> None:
        """Somebody did what a gate asks for; when all are met the pair starts. Nothing waits for it: no change."""
        waiting = self.gates.get(gate)
        if waiting is None or self.state is PairState.CLOSED:
            return
        self.gates[gate] = [person for person in waiting if person != by]
        if not self.gates[gate]:
            del self.gates[gate]
            self._start_when_ready(at)

    def _start_when_ready(self, at: datetime) -> None:
        if not self.gates and self.state is PairState.AWAITING_TRAINING:
            self.state = PairState.ACTIVE
            self._tell(PairActivated, at)

    def pause(self, by: str, at: datetime) -> None:
        """All clocks stop."""
        self._require(PairState.ACTIVE)
        self.state = PairState.PAUSED
        self._tell(PairPaused, at, by)

    def resume(self, by: str, at: datetime) -> None:
        """They go on."""
        self._require(PairState.PAUSED)
        self.state = PairState.ACTIVE
        self._tell(PairResumed, at, by)

    def close(self, reason: CloseReason, by: str, at: datetime) -> None:
        """It is over."""
        self._require(*LIVE)
        self._end(reason, at, by)

    def lose(self, person_id: str, at: datetime) -> None:
        """One of the two left the organisation; a pair that is over stays as it is."""
        if self.state is PairState.CLOSED:
            return
        self.left_id = person_id
        self._end(CloseReason.MENTOR_LEFT if person_id == self.mentor_id else CloseReason.MENTEE_LEFT, at, None)

    def _end(self, reason: CloseReason, at: datetime, by: str | None) -> None:
        self.state, self.reason = PairState.CLOSED, reason
        self.mentor_seat = self.mentee_seat = released(self.id)
        self.gates = {}
        self._tell(PairClosed, at, by)

    def ask_for_rematch(self, by: str, at: datetime) -> None:
        """The mentee of a pair that ended wants another mentor; asking twice is asking once."""
        if by != self.mentee_id:
            raise NotAParty("only the mentee asks for another mentor")
        self._require(PairState.CLOSED)
        if not self.asked_for_rematch:
            self._tell(RematchRequested, at, by)

    @property
    def asked_for_rematch(self) -> bool:
        return any(entry.kind == RematchRequested.type for entry in self.history)

    def parties(self) -> tuple[Party, Party]:
        """Both, in their roles."""
        return Party(self.mentor_id, Role.MENTOR), Party(self.mentee_id, Role.MENTEE)

    def _require_party(self, person_id: str) -> None:
        if person_id not in (self.mentor_id, self.mentee_id):
            raise NotAParty(f"not a party of pair {self.id}")

    def _require(self, *states: PairState) -> None:
        if self.state not in states:
            raise WrongState(f"pair {self.id} is {self.state}")

    def _tell(self, kind: type[PairEvent], at: datetime, by: str | None = None, **more: Any) -> None:
        self.history.append(Entry(at, kind.type, by))
        self.record(kind(
            pair_id=self.id, programme_id=self.programme_id, mentor_id=self.mentor_id, mentee_id=self.mentee_id,
            parties=self.parties(), state=self.state, run_id=self.run_id, succeeds=self.succeeds, reason=self.reason,
            left_id=self.left_id, **more), at)


def open_gates(gates: tuple[Gate, ...], mentor_id: str, mentee_id: str) -> dict[str, list[str]]:
    """Whom each gate waits for: training for both, a goal of the mentee, the terms of the pair as a whole."""
    waits = {Gate.TRAINING: [mentor_id, mentee_id], Gate.AGREEMENT: [], Gate.GOAL: [mentee_id]}
    return {gate.value: waits[gate] for gate in gates}
