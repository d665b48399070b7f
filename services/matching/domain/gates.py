"""What must be done before a pair starts."""

from dataclasses import dataclass

from services.matching.contracts.pairs import Party
from services.matching.contracts.programmes import Gate


@dataclass(frozen=True)
class Met:
    """A gate, and who did it."""

    gate: Gate
    person_id: str


def all_met(gates: tuple[Gate, ...], met: tuple[Met, ...], parties: tuple[Party, ...]) -> bool:
    """Training is each one's own; terms and a goal are drafted once for the two."""
    return all(_is_met(gate, met, parties) for gate in gates)


def _is_met(gate: Gate, met: tuple[Met, ...], parties: tuple[Party, ...]) -> bool:
    done = {one.person_id for one in met if one.gate is gate}
    return done >= {party.person_id for party in parties} if gate is Gate.TRAINING else bool(done)
