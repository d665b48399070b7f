"""Makes pairs of a run's proposals, 200 a tick. Ids come from the proposals, so a crash at any point repeats rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.matching.application.candidates import Candidates
from services.matching.application.pairs import BarredByRule, Pairs, require_allowed
from services.matching.application.participants import Participants
from services.matching.application.programmes import Programmes
from services.matching.application.seating import TRIES, Seating, free_seat, seats_are_held
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.domain.couple import Couple
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import NotTakingPart, Participant, application_id
from services.matching.domain.programme import NotOpen, Programme
from services.matching.domain.proposal import Proposal
from services.matching.domain.run_outcome import Refused
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat, Seats, couple, require_apart
from services.matching.domain.swap import placed
from shared.kernel.clock import Clock
from shared.kernel.errors import DomainError
from shared.kernel.ids import derived_id
from shared.kernel.points import reached
from shared.store.repository import Repository

ROWS = 200
MOST_FORESEEN = 100
"""Pairs of a run that are looked at before it is published: each is judged as publishing would judge it, and a page
shall not wait for thousands."""


def pair_id_of(proposal: Proposal) -> str:
    """The pair that a proposal becomes."""
    return derived_id("pair", proposal.run_id, proposal.id)


@dataclass(frozen=True)
class Foreseen:
    """Which of the pairs that were looked at could not become one now, and how many proposals by hand would end."""

    looked_at: int
    refused: list[Refused]
    ending: int


@dataclass(frozen=True)
class Publishing:
    """Belongs to the worker."""

    runs: Repository[MatchingRun]
    proposals: Repository[Proposal]
    pairs: Repository[Pair]
    programmes: Programmes
    participants: Participants
    candidates: Candidates
    seating: Seating
    clock: Clock

    @classmethod
    def of(cls, runs: Repository[MatchingRun], proposals: Repository[Proposal], pairs: Pairs) -> "Publishing":
        return cls(runs, proposals, pairs.store, pairs.programmes, pairs.participants, pairs.candidates, pairs.seating,
                   pairs.clock)

    def publish_some(self, run: MatchingRun) -> None:
        """The next rows; what is a pair already stays as it is."""
        after = (run.cursor, run.cursor) if run.cursor else None
        page = self.proposals.find({"batch": run.holder}, limit=ROWS, after=after)
        rows = [one for proposal in page.items if (one := placed(proposal, run.moves.get(proposal.id))).mentor_id]
        refused = self._make(run, rows)
        reached("job-between-rows-and-cursor")
        here = page.after[1] if page.after else None
        made = len(rows) - len(refused)
        self.runs.change(run.id, lambda one: one.move_on(run.cursor, here, made, refused, self.clock.now()))

    def foreseen(self, run: MatchingRun) -> Foreseen:
        """What publishing would do now, of the first `MOST_FORESEEN` pairs: of a run that is proposed, or that waits
        for second thoughts."""
        if run.state not in (RunState.PROPOSED, RunState.RELEASING):
            return Foreseen(0, [], 0)
        rows = run.standing(self.proposals.find({"batch": run.shown_batch}, limit=MOST_FORESEEN).items)
        planned = _Plan(run, self.programmes.get(run.programme_id), self, rows)
        return Foreseen(len(rows), planned.refused, sum(map(planned.ends, self._asked(rows))))

    def _asked(self, rows: list[Proposal]) -> list[Pair]:
        """Proposals by hand to or of somebody in these rows, wherever they are."""
        found: dict[str, Pair] = {}
        for side in ("mentor_id", "mentee_id"):
            ids = sorted({getattr(one, side) for one in rows})
            asked = self.pairs.each({"state": {"$in": list(OPEN)}, side: {"$in": ids}}) if ids else ()
            found |= {pair.id: pair for pair in asked}
        return list(found.values())

    def _make(self, run: MatchingRun, proposals: list[Proposal]) -> list[Refused]:
        """What is not seated after so many tries has a seat that looks free and is held: by a pair that is over."""
        left, refused = proposals, list[Refused]()
        programme = self.programmes.get(run.programme_id)
        for _ in range(TRIES):
            if not (left := self._without_pair(left)):
                return refused
            planned = _Plan(run, programme, self, left)
            refused += planned.refused
            self.pairs.add_many(planned.pairs)
            left = [one for one in left if one.id not in {gone.proposal_id for gone in refused}]
        return refused + planned.given_up(self._without_pair(left))

    def _without_pair(self, proposals: list[Proposal]) -> list[Proposal]:
        pairs = self.pairs.get_many([pair_id_of(one) for one in proposals]) if proposals else []
        there = {pair.id for pair in pairs}
        return [one for one in proposals if pair_id_of(one) not in there]


class _Plan:
    """Which seats these proposals can have now, where no hard rule has come between the two since the run. Another
    pair may be faster to a seat: then it is planned anew."""

    def __init__(self, run: MatchingRun, programme: Programme, publishing: Publishing,
                 proposals: list[Proposal]) -> None:
        self._run, self._programme, self._publishing = run, programme, publishing
        self._people = publishing.participants.known(
            _id(run, person, role) for one in proposals
            for person, role in ((one.mentor_id, Role.MENTOR), (one.mentee_id, Role.MENTEE)))
        self._gone = publishing.participants.people.gone(one.person_id for one in self._people.values())
        self._taken = publishing.seating.taken(self._people.values())
        self._organisation = publishing.seating.organisation
        self._together = publishing.seating.together({self._couple(one) for one in proposals})
        self._held = self._organisation.taken(one.mentor_id for one in proposals)
        self._barred = publishing.candidates.barred([*self._known(proposals)], programme.plan)
        self.pairs: list[Pair] = []
        self.refused: list[Refused] = []
        for proposal in proposals:
            self._add(proposal)
        self.without_seat = {one for one, held in self._held.items() if self._organisation.are_all(held)}
        self.refused = [replace(one, alone=self._is_alone(one.mentee_id)) for one in self.refused]

    def _known(self, proposals: list[Proposal]) -> Iterator[tuple[Participant, Participant]]:
        for one in proposals:
            mentor, mentee = self._part(one.mentor_id, Role.MENTOR), self._part(one.mentee_id, Role.MENTEE)
            if mentor and mentee:
                yield mentor, mentee

    def _part(self, person_id: str, role: Role) -> Participant | None:
        """Of whoever takes part now, and has not left, though that may not have been followed here yet."""
        one = self._people.get(_id(self._run, person_id, role))
        return one if one and one.state is ParticipantState.ACTIVE and person_id not in self._gone else None

    def _add(self, proposal: Proposal) -> None:
        try:
            self._programme.require_open()
            seats = Seats(self._seat(proposal.mentor_id, Role.MENTOR), self._seat(proposal.mentee_id, Role.MENTEE),
                          self._couple(proposal),
                          self._organisation.free(proposal.mentor_id, self._held[proposal.mentor_id]))
            require_apart(seats.couple, self._together)
            require_allowed(self._barred[proposal.mentor_id, proposal.mentee_id])
        except (NoFreeSeat, NotTakingPart, AlreadyTogether, BarredByRule, NotOpen) as error:
            self.refused.append(self._refused(proposal, error))
            return
        self._taken[_id(self._run, proposal.mentor_id, Role.MENTOR)].add(seats.mentor)
        self._taken[_id(self._run, proposal.mentee_id, Role.MENTEE)].add(seats.mentee)
        self._held[proposal.mentor_id].add(seats.organisation)
        self._together.add(seats.couple)
        self.pairs.append(self._pair(proposal, seats))

    def ends(self, asked: Pair) -> bool:
        """Whether nothing would come of this proposal by hand any more: the run pairs these two, or a seat goes to it,
        in the organisation or in the programme."""
        here = asked.programme_id == self._run.programme_id
        return asked.mentor_id in self.without_seat or (
            here and (self._couple(asked) in self._together or any(map(self._is_full, asked.parties))))

    def _is_full(self, party: Party) -> bool:
        one = self._people.get(_id(self._run, party.person_id, party.role))
        return one is not None and len(self._taken[one.id]) >= one.capacity

    def given_up(self, proposals: list[Proposal]) -> list[Refused]:
        """Of these no pair was written, though it was planned."""
        for pair in self.pairs:
            self._taken[_id(self._run, pair.mentee_id, Role.MENTEE)].discard(pair.mentee_seat)
        return [replace(self._refused(one, seats_are_held()), alone=self._is_alone(one.mentee_id)) for one in proposals]

    def _couple(self, one: Proposal | Pair) -> str:
        return couple(self._run.programme_id, one.mentor_id, one.mentee_id)

    def _refused(self, one: Proposal, error: DomainError) -> Refused:
        rules = self._barred[one.mentor_id, one.mentee_id] if isinstance(error, BarredByRule) else ()
        return Refused(one.id, error.code, one.mentor_id, one.mentee_id, rules)

    def _is_alone(self, mentee_id: str) -> bool:
        mentee = self._part(mentee_id, Role.MENTEE)
        return mentee is not None and not self._taken[mentee.id]

    def _seat(self, person_id: str, role: Role) -> str:
        participant = self._part(person_id, role)
        if participant is None:
            raise NotTakingPart(f"the {role} takes part no more")
        return free_seat(participant, self._taken)

    def _pair(self, proposal: Proposal, seats: Seats) -> Pair:
        two = Couple(programme_id=self._run.programme_id, mentor_id=proposal.mentor_id, mentee_id=proposal.mentee_id,
                     gates=self._programme.plan.gates, run_id=self._run.id, succeeds=self._run.succeeds,
                     decided_by=proposal.decided_by)
        return two.create(pair_id_of(proposal), seats, self._publishing.clock.now())


def _id(run: MatchingRun, person_id: str, role: Role) -> str:
    return application_id(run.programme_id, person_id, role)
