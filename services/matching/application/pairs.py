"""Pairs: put together by hand or by a run, agreed, started, paused, ended."""

from dataclasses import dataclass
from typing import Any

from services.matching.application.candidates import Candidates
from services.matching.application.participants import Participants
from services.matching.application.programmes import Programmes
from services.matching.application.seating import Seating
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.pairs import CloseReason, PairState, Party, WaiverReason
from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import Gate
from services.matching.domain.choice import DeclineReason
from services.matching.domain.couple import Couple
from services.matching.domain.departure import DepartureReason
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import Participant
from services.matching.domain.parting import Parting, Refusal, parting_of
from services.matching.domain.under_way import LIVE
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid, WrongState
from shared.kernel.events import Cause
from shared.store.repository import Found, Repository

UNFINISHED = [*OPEN, *LIVE]


class BarredByRule(Invalid):
    """A hard rule of the programme says no."""

    code = "barred-by-rule"


class StillPaired(WrongState):
    """A pair of this person is proposed or under way."""

    code = "still-paired"


@dataclass(frozen=True)
class Pairs:
    """What may be done about a pair."""

    store: Repository[Pair]
    programmes: Programmes
    participants: Participants
    candidates: Candidates
    seating: Seating
    clock: Clock

    def propose(self, programme_id: str, mentor_id: str, mentee_id: str, by: str | None) -> Pair:
        """By hand: any two whom no hard rule bars and who have room. Both are asked."""
        pair_id, programme = self.store.id_for_new(), self.programmes.get(programme_id)
        programme.require_open()
        couple = Couple(programme_id=programme_id, mentor_id=mentor_id, mentee_id=mentee_id, gates=programme.plan.gates)
        pair = couple.propose(pair_id, by, self.clock.now())
        mentor = self.participants.taking_part(programme_id, mentor_id, Role.MENTOR)
        mentee = self.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        self.seating.free(mentor, mentee)
        require_allowed(self.candidates.bars(mentor, mentee, programme.plan))
        return self.store.add(pair)

    def agree(self, pair_id: str, by: str) -> Pair:
        """A party says yes for themselves; anybody else who may, decides for both. Raises BarredByRule, too: somebody
        may have moved, or the two been excluded, since they were asked."""
        def decide(pair: Pair) -> None:
            pair.require_open()
            mentor, mentee = (self.participants.taking_part(pair.programme_id, one.person_id, one.role)
                              for one in pair.parties)
            seats = self.seating.free(mentor, mentee)
            require_allowed(self.candidates.bars(mentor, mentee, self.programmes.get(pair.programme_id).plan))
            pair.agree(by, seats, self.clock.now())
        return self.seating.change(pair_id, decide)

    def get(self, pair_id: str) -> Pair:
        """Raises NotFound."""
        return self.store.get(pair_id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None,
             state: PairState | None = None) -> Found[Pair]:
        """A page of those of a programme."""
        where: dict[str, Any] = {"programme_id": programme_id} | ({"state": state} if state else {})
        return self.store.find(where, limit=limit, after=after)

    def of_person(self, *person_ids: str) -> list[Pair]:
        """All pairs that any of these people is or was part of, the newest last."""
        found = {pair.id: pair for side in ("mentor_id", "mentee_id")
                 for pair in self.store.each({side: {"$in": person_ids}})}
        return sorted(found.values(), key=lambda pair: (pair.history[0].at, pair.id))

    def pause(self, pair_id: str, by: str) -> Pair:
        return self.store.change(pair_id, lambda pair: pair.pause(by, self.clock.now()))

    def resume(self, pair_id: str, by: str) -> Pair:
        """The two meet again, a leave or not."""
        pair = self.get(pair_id)
        absent = self.participants.people.away(pair.mentor_id, pair.mentee_id)
        return self.store.change(pair_id, lambda pair: pair.resume(by, self.clock.now(), absent))

    def close(self, pair_id: str, reason: CloseReason, by: str, parting: Parting | None = None) -> Pair:
        """One of the two who declines says why by `refuse`. Raises DeclineNeedsReason, NotTheirReason."""
        return self.store.change(pair_id, lambda pair: pair.end(reason, parting, by, self.clock.now()))

    def refuse(self, pair_id: str, by: str, reason: DeclineReason, note: str) -> Pair:
        """One of the two says no to a proposal."""
        now = self.clock.now()
        return self.store.change(pair_id, lambda pair: pair.refuse(
            Refusal(reason=reason, note=note, by=by, at=now), now))

    def ask_for_rematch(self, pair_id: str, by: str, reason: PartingReason | None = None, note: str = "") -> Pair:
        """A live pair needs a reason. Raises NeedsReason, AlreadyDecided, NotOpen."""
        self.programmes.get(self.get(pair_id).programme_id).require_open()
        parting = parting_of(reason, note, by)
        return self.store.change(pair_id, lambda pair: pair.ask_for_rematch(by, parting, self.clock.now()))

    def forget(self, person_id: str) -> int:
        """What was asked, and what was said at partings, by or about somebody; answers how often."""
        said = {pair.id for pair in (*self.of_person(person_id), *self.store.each({"parting.by": person_id}))
                if pair.parting or pair.one_question or pair.refusal}
        for one in sorted(said):
            self.store.change(one, lambda pair: pair.forget(person_id))
        return len(said)

    def conclude(self, pair_id: str, cause: Cause) -> Pair:
        """All that the two came together for is done."""
        return self.store.change(pair_id, lambda pair: pair.conclude(self.clock.now()), cause=cause)

    def meet(self, pair_id: str, gate: Gate, by: str, cause: Cause) -> None:
        """Something that the programme asks for before the start is done; a circle has no gates."""
        if self.store.exists(pair_id):
            self.store.change(pair_id, lambda pair: pair.meet(gate, by, self.clock.now()), cause=cause)

    def waive(self, pair_id: str, gate: Gate, because: WaiverReason, by: str) -> Pair:
        """The pair does not wait for this gate. Raises AlreadyDecided."""
        return self.store.change(pair_id, lambda pair: pair.waive(gate, because, by, self.clock.now()))

    def meet_in_all(self, programme_id: str, gate: Gate, by: str, cause: Cause) -> None:
        """As `meet`, in every unfinished pair of this person in the programme."""
        for pair in self.unfinished_of(by):
            if pair.programme_id == programme_id:
                self.meet(pair.id, gate, by, cause)

    def end_of_person(self, person_id: str, cause: Cause | None = None) -> None:
        """Somebody left the organisation: their pairs end."""
        for pair in self.unfinished_of(person_id):
            self.store.change(pair.id, lambda one: one.someone_left(person_id, self.clock.now()), cause=cause)

    def be_away(self, person_id: str, away: bool, cause: Cause | None = None) -> None:
        """Somebody is on leave, or is not: their pairs wait for them, but where they take part through the leave."""
        there = {(one.programme_id, Party(person_id, one.role))
                 for one in self.participants.of_person(person_id) if one.through_leave}
        for pair in self.unfinished_of(person_id):
            if not (away and any((pair.programme_id, party) in there for party in pair.parties)):
                self.store.change(pair.id, lambda one: one.be_away(person_id, away, self.clock.now()), cause=cause)

    def release(self, pair_id: str) -> None:
        """What is not under way holds no seat."""
        self.store.change(pair_id, Pair.release)

    def end_of_programme(self, programme_id: str, cause: Cause | None = None) -> None:
        """The programme is over: its pairs are complete, and what was only proposed is declined."""
        where = {"programme_id": programme_id, "state": {"$in": UNFINISHED}}
        for pair in list(self.store.each(where)):
            self.store.change(pair.id, lambda one: one.complete(self.clock.now()), cause=cause)

    def depart(self, participant_id: str, because: DepartureReason, by: str | None, if_version: int | None
               ) -> Participant:
        """Somebody takes part no more in this role, by themselves or taken out. Raises StillPaired, NotTakingPart,
        Stale."""
        def decide(one: Participant) -> None:
            self.require_alone(one.programme_id, Party(one.person_id, one.role))
            (one.depart if by == one.person_id else one.be_taken_out)(because, self.clock.now())
        return self.participants.store.change(participant_id, decide, if_version=if_version)

    def require_alone(self, programme_id: str, party: Party) -> None:
        """Raises StillPaired: a pair ends for a reason of its own."""
        if any(pair.programme_id == programme_id and party in pair.parties
               for pair in self.unfinished_of(party.person_id)):
            raise StillPaired("end the pair first")

    def unfinished_of(self, *person_ids: str) -> list[Pair]:
        """Those of any of these people that are proposed or under way."""
        return [pair for pair in self.of_person(*person_ids) if pair.state in UNFINISHED]


def require_allowed(bars: tuple[str, ...]) -> None:
    """Raises BarredByRule naming the rules."""
    if bars:
        raise BarredByRule(f"a rule of the programme does not allow these two: {', '.join(bars)}")
