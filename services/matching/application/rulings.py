"""Who is locked together and who is excluded: what every run of a programme has to keep to."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.matching.application.pairs import Pairs, require_allowed
from services.matching.contracts.participants import Role
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.ruling import Ruling, RulingState, ruling_id
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat
from shared.kernel.clock import Clock
from shared.kernel.errors import AlreadyExists, Busy, NotFound
from shared.kernel.events import Cause
from shared.store.documents import Where
from shared.store.repository import Found, Repository


@dataclass(frozen=True)
class Rulings:
    """What a coordinator may decide about two people before a run."""

    store: Repository[Ruling]
    pairs: Pairs
    clock: Clock

    def get(self, id: str) -> Ruling:
        """Raises NotFound."""
        return self.store.get(id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None,
             state: RulingState | None = None, mentee_id: Sequence[str] = ()) -> Found[Ruling]:
        """A page of those in force in a programme, or of those in one state, the newest first; of these mentees alone,
        if any, in no order that says anything."""
        where: Where = {"programme_id": programme_id, "state": state or {"$ne": RulingState.LIFTED}}
        if mentee_id:
            return self.store.find({**where, "mentee_id": {"$in": sorted(mentee_id)}}, limit=limit, after=after)
        return self.store.find(where, "at", limit=limit, after=after, descending=True)

    def lock(self, programme_id: str, mentor_id: str, mentee_id: str, by: str, note: str = "") -> Ruling:
        """Every run keeps them together. Raises BarredByRule, NoFreeSeat, AlreadyTogether, NotTakingPart."""
        self.store.new(ruling_id(programme_id, mentor_id, mentee_id))
        mentor = self.pairs.participants.taking_part(programme_id, mentor_id, Role.MENTOR)
        mentee = self.pairs.participants.taking_part(programme_id, mentee_id, Role.MENTEE)
        self._require_strangers(programme_id, mentor_id, mentee_id)
        require_allowed(self.pairs.candidates.bars(mentor, mentee, self.pairs.programmes.get(programme_id).plan))
        self._require_room(mentor, "mentor_id", mentee_id)
        self._require_room(mentee, "mentee_id", mentor_id)
        return self._rule(mentor, mentee, RulingState.LOCKED, by, note)

    def exclude(self, programme_id: str, mentor_id: str, mentee_id: str, by: str, note: str = "") -> Ruling:
        """Nobody proposes the two again, until it is lifted; a pair that they are already goes on."""
        self.store.new(ruling_id(programme_id, mentor_id, mentee_id))
        known = self.pairs.participants.store
        mentor = known.get(application_id(programme_id, mentor_id, Role.MENTOR))
        mentee = known.get(application_id(programme_id, mentee_id, Role.MENTEE))
        return self._rule(mentor, mentee, RulingState.EXCLUDED, by, note)

    def lift(self, id: str, by: str) -> Ruling:
        return self.store.change(id, lambda one: one.rule(RulingState.LIFTED, by, self.clock.now()))

    def follow_swap(self, swap: Mapping[str, str], at: datetime, cause: Cause) -> None:
        """The pair that a coordinator chose is locked instead of the one before; what was said since stands."""
        programme_id, mentee_id, by = swap["programme_id"], swap["mentee_id"], swap["swapped_by"]
        before = ruling_id(programme_id, swap["instead_of"], mentee_id)
        if self.store.exists(before):
            self.store.change(before, lambda one: one.give_way(by, at), cause=cause)
        chosen = Ruling(id=ruling_id(programme_id, swap["mentor_id"], mentee_id), programme_id=programme_id,
                        mentor_id=swap["mentor_id"], mentee_id=mentee_id)
        if not self.store.exists(chosen.id):
            chosen.follow(by, at)
            with suppress(AlreadyExists):
                self.store.add(chosen, cause=cause)
        self.store.change(chosen.id, lambda one: one.follow(by, at), cause=cause)

    def forget(self, person_id: str) -> None:
        """Those about somebody are removed. Raises Busy while their last entries wait for the audit log."""
        found = [one.id for field in ("mentor_id", "mentee_id") for one in self.store.each({field: person_id})]
        waiting = [one for one in found if not self._removed(one)]
        if waiting:
            raise Busy(f"{len(waiting)} rulings still have entries to write: try again")

    def _removed(self, id: str) -> bool:
        try:
            with suppress(NotFound):
                self.store.delete(id)
        except Busy:
            return False
        return True

    def _rule(self, mentor: Participant, mentee: Participant, state: RulingState, by: str, note: str) -> Ruling:
        """The first word about two people adds the document; whoever was faster is overruled."""
        programme_id, now = mentor.programme_id, self.clock.now()
        named = ruling_id(programme_id, mentor.person_id, mentee.person_id)
        if not self.store.exists(named):
            one = Ruling(id=named, programme_id=programme_id, mentor_id=mentor.person_id, mentee_id=mentee.person_id)
            one.rule(state, by, now, note)
            with suppress(AlreadyExists):
                return self.store.add(one)
        return self.store.change(named, lambda one: one.rule(state, by, now, note))

    def _require_strangers(self, programme_id: str, mentor_id: str, mentee_id: str) -> None:
        """No run proposes the same two again."""
        two = {"programme_id": programme_id, "mentor_id": mentor_id, "mentee_id": mentee_id}
        if self.pairs.candidates.couples(two):
            raise AlreadyTogether("these two are or were a pair of this programme, or are asked to be one")

    def _require_room(self, one: Participant, field: str, other_id: str) -> None:
        """Beside pairs, and locks that are no pair yet."""
        here = {"programme_id": one.programme_id, field: one.person_id}
        side = "mentee_id" if field == "mentor_id" else "mentor_id"
        paired = {who for couple in self.pairs.candidates.couples(here) for who in couple}
        locked = {getattr(lock, side) for lock in self.store.each({**here, "state": RulingState.LOCKED})}
        waiting = locked - paired - {other_id}
        if len(waiting) + len(self.pairs.seating.taken([one])[one.id]) >= one.capacity:
            raise NoFreeSeat(f"pairs and other locks take all seats of this {one.role}")
