"""Puts a mentee of a run with another mentor, and says before whom that moves or leaves alone."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from services.matching.application.candidates import Candidates
from services.matching.application.pairs import require_allowed
from services.matching.application.passed_over import PassedOver
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.judged import Judged
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking import settled
from services.matching.domain.matchmaking.reasons import Reason
from services.matching.domain.proposal import Proposal
from services.matching.domain.proposal import Reason as StoredReason
from services.matching.domain.ruling import RulingState
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.swap import Move, placed
from shared.kernel.errors import DomainError, WrongState
from shared.store.repository import Repository

ALTERNATIVES = 3


@dataclass(frozen=True)
class MadeWay:
    """Somebody whose seat was given to another: with `mentor_id` instead, for these reasons, or alone where that is
    empty. `before`: the score that the run shows of them, without what staying together adds."""

    proposal_id: str
    mentee_id: str
    mentor_id: str
    reasons: tuple[Reason, ...]
    before: int

    @property
    def score(self) -> int:
        return sum(one.points for one in self.reasons)


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee, and who has to make way; nobody where a seat is free."""

    mentor_id: str
    reasons: tuple[Reason, ...]
    made_way: MadeWay | None = None

    @property
    def score(self) -> int:
        return sum(one.points for one in self.reasons)

    def is_as(self, shown: "Shown", instead_of: str) -> bool:
        """Whether a swap would do what somebody was shown."""
        there = (self.made_way.proposal_id, self.made_way.mentor_id) if self.made_way else ("", "")
        return (instead_of, *there) == shown


class Shown(NamedTuple):
    """What a page said of a swap: whom the mentee has, which proposal makes way, and to whom that mentee moves. Empty:
    nobody."""

    instead_of: str = ""
    making_way: str = ""
    moving_to: str = ""


class SwapChanged(WrongState):
    """A swap would move others than was shown."""

    code = "swap-changed"


class ProposedTogether(WrongState):
    """The mentee has this mentor in the run already; they are no pair yet."""

    code = "proposed-together"


@dataclass(frozen=True)
class Swapping:
    """Reads what a run found, and who is locked."""

    proposals: Repository[Proposal]
    programmes: Programmes
    candidates: Candidates

    def alternatives(self, run: MatchingRun, proposal: Proposal) -> list[Alternative]:
        """Up to three other mentors, the one first who costs everybody else least; where a swap cannot be, none."""
        here = placed(proposal, run.moves.get(proposal.id)).mentor_id
        others = [one for one in (proposal.mentor_id, *proposal.alternatives) if one not in (here, "")][:ALTERNATIVES]
        return list(self._possible(_Table(self, run, proposal, others), others))

    def moves(self, run: MatchingRun, proposal: Proposal, mentor_id: str, shown: Shown | None) -> dict[str, Move]:
        """What a swap changes. Raises BarredByRule, NoFreeSeat, NotTakingPart, ProposedTogether; SwapChanged where it
        would be something else than what was `shown`."""
        one = _Table(self, run, proposal, [mentor_id]).with_(mentor_id)
        if shown and not one.is_as(shown, run.mentor_of(proposal)):
            raise SwapChanged("the proposal has changed meanwhile: look again whom the swap would move")
        moves = {proposal.id: Move(proposal.mentee_id, mentor_id, chosen=True, reasons=_stored(one.reasons))}
        if way := one.made_way:
            moves[way.proposal_id] = Move(way.mentee_id, way.mentor_id, reasons=_stored(way.reasons))
        passed, after = PassedOver(self.proposals, self.programmes, self.candidates), {**run.moves, **moves}
        return {name: replace(move, broken_wishes=passed.by(run, after, move.mentee_id, move.mentor_id))
                if move.mentor_id else move for name, move in moves.items()}

    def explained(self, run: MatchingRun) -> MatchingRun:
        """The run with reasons as rules give them now for moves that were stored without; where one of the two takes
        part no more, with those that it found."""
        bare = {name: move for name, move in run.moves.items() if move.is_unexplained}
        if bare:
            mentors, mentees = zip(*((one.mentor_id, one.mentee_id) for one in bare.values()), strict=True)
            judged = self.judged(run, {*mentors}, {*mentees})
            run.moves = run.moves | {
                name: replace(one, reasons=_stored(judged.reasons(one.mentor_id, one.mentee_id)))
                for name, one in bare.items() if judged.knows(one.mentor_id, one.mentee_id)}
        return run

    def _possible(self, table: "_Table", mentors: Sequence[str]) -> Iterator[Alternative]:
        for mentor_id in mentors:
            with suppress(DomainError):
                yield table.with_(mentor_id)

    def judged(self, run: MatchingRun, mentors: set[str], mentees: set[str]) -> Judged:
        return self.candidates.among(run.programme_id, mentors, mentees, self.programmes.get(run.programme_id).plan)


class _Table:
    """Who sits with some mentors of a run by now, and what the rules say of all of them."""

    def __init__(self, swapping: Swapping, run: MatchingRun, proposal: Proposal, mentors: Sequence[str]) -> None:
        self._candidates, self._run, self._proposals = swapping.candidates, run, swapping.proposals
        self._own, self._here = proposal, placed(proposal, run.moves.get(proposal.id)).mentor_id
        self._sitting = {mentor: self._with(mentor) for mentor in mentors}
        self._neighbours = {one.mentee_id for one in self._with(self._here)} if self._here else set()
        mentees = {one.mentee_id for sitting in self._sitting.values() for one in sitting} | {proposal.mentee_id}
        self._judged = swapping.judged(run, {*mentors, self._here} - {""}, mentees)

    def _with(self, mentor_id: str) -> list[Proposal]:
        moves = self._run.moves
        found = self._proposals.each({"batch": self._run.holder, "mentor_id": mentor_id})
        moved_here = [name for name, move in moves.items() if move.mentor_id == mentor_id]
        swapped = [placed(one, moves[one.id]) for one in self._proposals.get_many(moved_here)]
        return [*(one for one in found if one.id not in moves), *swapped]

    def with_(self, mentor_id: str) -> Alternative:
        """The mentee with that mentor."""
        mentee_id = self._own.mentee_id
        sitting = [one for one in self._sitting[mentor_id] if self._judged.knows(mentor_id, one.mentee_id)]
        if mentee_id in {one.mentee_id for one in sitting}:
            raise ProposedTogether("the run has these two together")
        require_allowed(self._judged.bars(mentor_id, mentee_id))
        is_full = len(sitting) >= self._free(mentor_id)
        return Alternative(mentor_id, self._judged.reasons(mentor_id, mentee_id),
                           self._making_way(mentor_id, sitting) if is_full else None)

    def _free(self, mentor_id: str) -> int:
        """Seats that neither a pair nor a circle holds."""
        programme_id, candidates = self._run.programme_id, self._candidates
        participant = candidates.participants.taking_part(programme_id, mentor_id, Role.MENTOR)
        free = participant.capacity - candidates.load_of(programme_id, Role.MENTOR, mentor_id)
        return candidates.organisation.within({mentor_id: free})[mentor_id]

    def _making_way(self, mentor_id: str, sitting: list[Proposal]) -> MadeWay:
        """Whoever gains most by the seat that gets free, or loses least by having none; locks stay as they are."""
        locked = self._locked(mentor_id)
        able = [self._moved(one) for one in sitting if one.mentee_id not in locked]
        if not able:
            raise NoFreeSeat("everybody who sits with this mentor is locked there")
        return max(able, key=lambda one: (bool(one.mentor_id), one.score - one.before, one.mentee_id))

    def _locked(self, mentor_id: str) -> set[str]:
        rulings = self._candidates.rulings.each({
            "programme_id": self._run.programme_id, "mentor_id": mentor_id, "state": RulingState.LOCKED})
        chosen = (one for one in self._run.moves.values() if one.chosen and one.mentor_id == mentor_id)
        return {one.mentee_id for one in rulings} | {one.mentee_id for one in chosen}

    def _moved(self, one: Proposal) -> MadeWay:
        before = sum(reason.points for reason in one.reasons if reason.criterion != settled.NAME)
        there, mentee_id = self._here, one.mentee_id
        is_there = mentee_id in self._neighbours
        if is_there or not self._judged.knows(there, mentee_id) or self._judged.bars(there, mentee_id):
            return MadeWay(one.id, mentee_id, "", (), before)
        return MadeWay(one.id, mentee_id, there, self._judged.reasons(there, mentee_id), before)


def _stored(reasons: Sequence[Reason]) -> tuple[StoredReason, ...]:
    return tuple(StoredReason(one.criterion, one.points, dict(one.params)) for one in reasons)
