"""What must be done before a pair starts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.matching.contracts.pairs import Party, WaiverReason
from services.matching.contracts.programmes import Gate


@dataclass(frozen=True)
class Met:
    """A gate, and who did it."""

    gate: Gate
    person_id: str


@dataclass(frozen=True)
class Waiver:
    """A gate that a coordinator does not wait for; who it was is in the pair's history."""

    gate: Gate
    because: WaiverReason


@dataclass(frozen=True)
class Open:
    """A gate that is still to be met, and by whom: training by each, terms and a goal by either of the two."""

    gate: Gate
    person_ids: tuple[str, ...]


def still_open(gates: tuple[Gate, ...], met: tuple[Met, ...], waived: tuple[Waiver, ...],
               parties: tuple[Party, ...]) -> Iterator[Open]:
    """In the order of the programme. Training is each one's own; terms and a goal are drafted once for the two."""
    let_go = {one.gate for one in waived}
    for gate in (gate for gate in gates if gate not in let_go):
        done = {one.person_id for one in met if one.gate is gate}
        people = [party.person_id for party in parties]
        missing = [one for one in people if one not in done] if gate is Gate.TRAINING or not done else []
        if missing:
            yield Open(gate, tuple(missing))


def whom(gates: Iterable[Open], parties: tuple[Party, ...]) -> tuple[str, ...]:
    """Who of the two still has something to do."""
    missing = {one for gate in gates for one in gate.person_ids}
    return tuple(party.person_id for party in parties if party.person_id in missing)
