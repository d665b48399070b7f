"""A run after another: what the last one proposed is kept unless it gets better, and what changes is said."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from services.matching.application.people import People
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import SHOWN, MatchingRun
from services.matching.domain.matchmaking.changes import Changes, Comparing, Last
from services.matching.domain.matchmaking.locks import Couple
from services.matching.domain.matchmaking.problem import Problem, Proposals
from services.matching.domain.matchmaking.settled import NAME, Settled
from services.matching.domain.matchmaking.summary import fit
from services.matching.domain.person import folded
from services.matching.domain.proposal import Proposal, Unmatched
from services.matching.domain.quality import NO_FIT
from services.matching.domain.swap import placed
from shared.store.repository import Repository


@dataclass(frozen=True)
class Previous:
    """The run before, by names."""

    run_id: str
    last: Last


@dataclass(frozen=True)
class Rerunning:
    """Reads what runs found."""

    runs: Repository[MatchingRun]
    proposals: Repository[Proposal]
    unmatched: Repository[Unmatched]
    people: People

    def before(self, run: MatchingRun, paired: Set[Couple]) -> Previous | None:
        """The newest proposal for everybody that was not set aside, unless it is published, without those who are
        `paired` by now; a run for one mentee has none."""
        where = {"programme_id": run.programme_id, "mentee_id": None, "state": {"$in": list(SHOWN)}}
        found = self.runs.find(where, "created_at", limit=1, descending=True).items if run.mentee_id is None else []
        proposed = (one for one in found if one.state is RunState.PROPOSED)
        return next((Previous(one.id, self._last(one, paired)) for one in proposed), None)

    def _last(self, run: MatchingRun, paired: Set[Couple]) -> Last:
        proposals = list(self.proposals.each({"batch": run.holder}))
        standing = [placed(one, run.moves.get(one.id)) for one in proposals]
        fits = {(one.mentor_id, one.mentee_id): None if one.id in run.moves else fit(one.reasons, NO_FIT)
                for one in standing if one.mentor_id and (one.mentor_id, one.mentee_id) not in paired}
        alone = list(self.unmatched.each({"batch": run.holder}))
        mentors = {mentor for mentor, _ in fits} | {one.mentor_id for one in proposals} | _of(alone, Role.MENTOR)
        mentees = {one.mentee_id for one in proposals} | _of(alone, Role.MENTEE)
        names = {one.id: one.directory_id for one in self.people.known(mentors | mentees).values()}
        return Last(_by_name(fits, names), _named(mentors, names), _named(mentees, names))

    def kept(self, problem: Problem, before: Previous | None, percent: int) -> Problem:
        """Whoever was together gets so many percent of the best score there can be for staying so."""
        if not before:
            return problem
        book = problem.rulebook
        term = Settled(name=NAME, mentor="", mentee="", points=book.highest_score * percent // 100,
                       couples=frozenset(before.last.fits))
        return replace(problem, rulebook=replace(book, terms=(*book.terms, term)))

    def changes(self, problem: Problem, proposals: Proposals, before: Previous | None) -> Changes | None:
        """By the ids of the people."""
        if not before:
            return None
        found = Comparing(problem, proposals, before.last).changes(before.run_id)
        ids = self.people.ids_of(name for one in found.told for name in (one.mentee_id, one.before, one.after))
        ids[""] = ""
        return replace(found, told=tuple(replace(
            one, mentee_id=ids[folded(one.mentee_id)], before=ids[folded(one.before)], after=ids[folded(one.after)])
            for one in found.told))


def _of(alone: Iterable[Unmatched], role: Role) -> set[str]:
    return {one.person_id for one in alone if one.role is role}


def _named(ids: Iterable[str], names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(names[one] for one in ids if one in names)


def _by_name(fits: Mapping[Couple, int | None], names: Mapping[str, str]) -> dict[Couple, int | None]:
    return {(names[mentor], names[mentee]): value for (mentor, mentee), value in fits.items()
            if mentor in names and mentee in names}
