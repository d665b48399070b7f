"""Everybody whom a run may put together, as the rows that the rules look at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from heapq import nsmallest
from itertools import chain
from typing import Any

from services.matching.application.organisation_seats import OrganisationSeats
from services.matching.application.participants import Participants
from services.matching.application.people import BATCH, People
from services.matching.application.wishing import Wishing
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.participants import Role
from services.matching.domain.candidate_rows import Attendee, Listed, Names, boss, candidate, names_of
from services.matching.domain.choice import CHOICES
from services.matching.domain.circle_seat import CircleSeat, in_circles
from services.matching.domain.eligible import Eligible
from services.matching.domain.judged import Judged
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.matchmaking.one_mentee import standing
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.offer import Offer, Wanted, offer
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.plan import Plan
from services.matching.domain.programme_rules import Couples, digest, rulebook_of, spelled
from services.matching.domain.ruling import Ruling, RulingState
from services.matching.domain.under_way import LIVE
from shared.store.repository import Repository

Known = Mapping[str, Listed]


def input_hash(problem: Problem) -> str:
    """The same for the same people, answers and rules."""
    people = [asdict(one) for side in (problem.mentors, problem.mentees, problem.others) for one in side]
    return digest([people, spelled(problem.rulebook), *problem.locks])


@dataclass(frozen=True)
class Candidates:
    """Reads people, participants, pairs and rulings of a programme."""

    people: People
    participants: Participants
    pairs: Repository[Pair]
    wishing: Wishing
    rulings: Repository[Ruling]
    circle_seats: Repository[CircleSeat]
    organisation: OrganisationSeats

    def problem(self, programme_id: str, plan: Plan, mentee_id: str | None, seed: str) -> Problem:
        """Everybody with room for one more pair; with `mentee_id` that mentee alone, and without the seats that are
        locked for others."""
        eligible = self.with_room(programme_id)
        return self.posed(programme_id, eligible.alone(mentee_id) if mentee_id else eligible, plan, seed)

    def with_room(self, programme_id: str) -> Eligible:
        """Everybody with room for one more pair; those who were a pair stay apart."""
        mentors, mentees = (self._with_room(programme_id, role) for role in (Role.MENTOR, Role.MENTEE))
        return self._eligible(programme_id, mentors, mentees, {})

    def everybody(self, programme_id: str) -> Eligible:
        """Who takes part, as if nobody had a partner; those whose pair has ended stay apart."""
        mentors, mentees = ([one for one in self.participants.attending(programme_id, role) if one.capacity > 0]
                            for role in (Role.MENTOR, Role.MENTEE))
        return self._eligible(programme_id, mentors, mentees, {"state": PairState.CLOSED})

    def posed(self, programme_id: str, eligible: Eligible, plan: Plan, seed: str) -> Problem:
        """These people by the rules of the plan, with the wishes of open requests."""
        mentors, mentees = eligible.mentors, eligible.mentees
        problem = self._posed(mentors, mentees, plan, seed, eligible.former, eligible.locks)
        return self.wishing.counted(programme_id, problem, mentors, mentees)

    def _eligible(self, programme_id: str, mentors: list[Attendee], mentees: list[Attendee],
                  former: dict[str, Any]) -> Eligible:
        apart = self.couples({"programme_id": programme_id, **former})
        locks = [couple for couple in self._locked(programme_id) if couple not in apart]
        return Eligible(mentors, mentees, apart, locks)

    def among(self, programme_id: str, mentor_ids: Set[str], mentee_ids: Set[str], plan: Plan) -> "Judged":
        """What a run says of these; who takes no part is not among them."""
        mentors, mentees = (self.participants.attending_of(application_id(programme_id, one, role) for one in ids)
                            for role, ids in ((Role.MENTOR, mentor_ids), (Role.MENTEE, mentee_ids)))
        return self._judged({"programme_id": programme_id}, mentors, mentees, plan)

    def around(self, mentee: Participant, plan: Plan) -> "Judged":
        """What a run says of this mentee and all mentors who take part."""
        mentors = self.participants.attending(mentee.programme_id, Role.MENTOR)
        return self._judged({"programme_id": mentee.programme_id}, mentors, [Attendee.of(mentee)], plan)

    def by_hand(self, mentee: Participant, plan: Plan) -> "Judged":
        """The same for a coordinator, by whose hand two who were a pair may be one again."""
        mentors = self.participants.attending(mentee.programme_id, Role.MENTOR)
        apart = {"programme_id": mentee.programme_id, "state": {"$in": [*OPEN, *LIVE]}}
        return self._judged(apart, mentors, [Attendee.of(mentee)], plan)

    def _judged(self, apart: dict[str, Any], mentors: list[Attendee], mentees: list[Attendee], plan: Plan) -> "Judged":
        """Whoever is or was a pair as in `apart` is none again."""
        programme_id = apart["programme_id"]
        former = self.couples({**apart, "mentee_id": {"$in": sorted(one.person_id for one in mentees)}})
        known = self._known(mentors, mentees, former)
        problem = self._posed(mentors, mentees, plan, former=former, known=known)
        problem = self.wishing.counted(programme_id, problem, mentors, mentees)
        return Judged(problem, {one.person_id: row for one, row in zip(mentors, problem.mentors, strict=True)},
                      {one.person_id: row for one, row in zip(mentees, problem.mentees, strict=True)},
                      {one.id: one.name for one in known.values()})

    def wishes_of(self, judged: Judged, mentee_id: str) -> dict[str, int]:
        """Whom the mentee wishes for in a run, as far as it is known who is meant → rank."""
        wishes = judged.problem.rulebook.wishes
        ranks = wishes.of(judged.mentees[mentee_id]) if wishes else {}
        if wishes and wishes.refers_to:
            named = {row.reference(wishes.refers_to): one for one, row in judged.mentors.items()}
        else:
            named = {name: one.id for name, one in self.people.named(ranks).items()}
        return {named[reference]: rank for reference, rank in ranks.items() if reference in named}

    def bars(self, mentor: Participant, mentee: Participant, plan: Plan) -> tuple[str, ...]:
        """Names of the rules that forbid these two."""
        return self.barred([(mentor, mentee)], plan)[mentor.person_id, mentee.person_id]

    def barred(self, couples: Sequence[tuple[Participant, Participant]], plan: Plan) -> dict[Couple, tuple[str, ...]]:
        """As `bars`, of many at once (mentor, mentee), all of one programme."""
        mentors, mentees = ({one[side].id: Attendee.of(one[side]) for one in couples} for side in (0, 1))
        problem = self._posed([*mentors.values()], [*mentees.values()], plan)
        rows = dict(zip([*mentors, *mentees], [*problem.mentors, *problem.mentees], strict=True))
        barred_by = problem.rulebook.barred_by
        return {(one.person_id, other.person_id): barred_by(rows[one.id], rows[other.id], problem.roster)
                for one, other in couples}

    def wished(self, mentee: Participant, plan: Plan) -> list[str]:
        """Whom the mentee's application wishes for and who takes part, best first."""
        mentors = self.participants.attending(mentee.programme_id, Role.MENTOR)
        problem = self._posed(mentors, [Attendee.of(mentee)], plan)
        if not (wishes := problem.rulebook.wishes):
            return []
        ranks = wishes.of(problem.mentees[0])
        named = {row.reference(wishes.refers_to): one.person_id
                 for one, row in zip(mentors, problem.mentors, strict=True)}
        return [named[reference] for reference in ranks if reference in named][:CHOICES]

    def offers(self, mentee: Participant, plan: Plan, wanted: Wanted) -> list[Offer]:
        """By score less price, the best first: mentors whom no rule bars for this mentee."""
        mine = Attendee.of(mentee)
        mentors = [one for one in self._with_room(mentee.programme_id, Role.MENTOR) if wanted.may_be(one)]
        known = self._known(mentors, [mine], ())
        mentors = [one for one in mentors if wanted.is_answered_by(one, known[one.person_id])]
        known = {one.person_id: known[one.person_id] for one in (*mentors, mine)}
        problem = self._posed(mentors, [mine], plan, known=known)
        me, book = problem.mentees[0], problem.rulebook
        found = standing(problem, me)
        free = ((wanted.prices.get(one.person_id, 0) - found.scores[place], one.person_id, place)
                for place, one in enumerate(mentors) if not found.barred[place])
        return [offer(one, wanted.left_of(mentors[place]), book.reasons(problem.mentors[place], me), book)
                for _, one, place in nsmallest(wanted.most, free)]

    def _posed(self, mentors: list[Attendee], mentees: list[Attendee], plan: Plan, seed: str = "",
               former: Couples = frozenset(), locks: Sequence[Couple] = (), known: Known | None = None) -> Problem:
        known = known or self._known(mentors, mentees, [*former, *locks])
        bosses = self.people.listed({boss for one in known.values() for boss in one.managers})
        names = {one.id: one.directory_id for one in bosses.values()} | names_of(known.values())
        excluded = _by_name(self._excluded(mentees), names)
        book = rulebook_of(plan.rules, frozenset(_by_name(former, names)), frozenset(excluded))
        return Problem(
            tuple(candidate(one, known[one.person_id], names) for one in mentors),
            tuple(candidate(one, known[one.person_id], names) for one in mentees), book,
            others=tuple(boss(one, names) for one in bosses.values()), seed=seed, locks=tuple(_by_name(locks, names)))

    def _known(self, mentors: Iterable[Attendee], mentees: Iterable[Attendee], couples: Iterable[Couple]) -> Known:
        return self.people.listed({*(one.person_id for one in (*mentors, *mentees)), *chain(*couples)})

    def load(self, programme_id: str, role: Role) -> Counter[str]:
        """Seats that live pairs and circles hold, by person."""
        load = Counter(self.pairs.count_by({"programme_id": programme_id, "state": {"$in": list(LIVE)}}, f"{role}_id"))
        load.update(self.circle_seats.count_by(in_circles(programme_id, role), "person_id"))
        return load

    def load_of(self, programme_id: str, role: Role, person_id: str) -> int:
        """The same, of one of them."""
        pairs = {"programme_id": programme_id, f"{role}_id": person_id, "state": {"$in": list(LIVE)}}
        circles = {**in_circles(programme_id, role), "person_id": person_id}
        return self.pairs.count(pairs) + self.circle_seats.count(circles)

    def _with_room(self, programme_id: str, role: Role) -> list[Attendee]:
        load, attending = self.load(programme_id, role), self.participants.attending(programme_id, role)
        free = {one.person_id: one.capacity - load.get(one.person_id, 0) for one in attending}
        if role is Role.MENTOR:
            free = self.organisation.within(free)
        return [one._replace(capacity=free[one.person_id]) for one in attending if free[one.person_id] > 0]

    def paired(self, programme_id: str) -> Couples:
        """Whose pair has not ended, or is asked for."""
        return self.couples({"programme_id": programme_id, "state": {"$in": [*OPEN, *LIVE]}})

    def couples(self, where: dict[str, Any]) -> Couples:
        """Not two of whom a proposal came to nothing without a no of theirs: they were no pair, and may become one."""
        found = self.pairs.parts(where, ["mentor_id", "mentee_id", "reason", "refusal.reason"])
        return frozenset((mentor, mentee) for mentor, mentee, reason, refused in found
                         if reason != CloseReason.DECLINED or refused)

    def _locked(self, programme_id: str) -> list[Couple]:
        """The earliest first."""
        found = self.rulings.each({"programme_id": programme_id, "state": RulingState.LOCKED})
        return [(one.mentor_id, one.mentee_id) for one in sorted(found, key=lambda one: (str(one.at), one.id))]

    def _excluded(self, mentees: list[Attendee]) -> Iterator[Couple]:
        where: dict[str, Any] = {"programme_id": {"$in": sorted({one.programme_id for one in mentees})},
                                 "state": RulingState.EXCLUDED}
        where |= {"mentee_id": {"$in": sorted(one.person_id for one in mentees)}} if len(mentees) <= BATCH else {}
        return ((one.mentor_id, one.mentee_id) for one in self.rulings.each(where))


def _by_name(couples: Iterable[Couple], names: Names) -> Iterator[Couple]:
    """Whom the directory knows."""
    return ((names[one], names[other]) for one, other in couples if one in names and other in names)
