"""Lists of a programme narrowed by a name: who is called so is found first, then what is theirs, never by reading
a list through."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from services.matching.application.applications import Applications
from services.matching.application.applied import is_by_score
from services.matching.application.headcounts import Headcounts
from services.matching.application.people import Answering
from services.matching.application.proposal_pages import Only
from services.matching.application.requests import Requests
from services.matching.application.runs import Runs
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.requests import RequestState
from services.matching.domain.application import Application
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import OPEN, Pair
from services.matching.domain.participant import Participant, application_id
from services.matching.domain.proposal import Proposal, Unmatched
from services.matching.domain.request import Request
from shared.kernel.errors import Invalid

_ORDER = {ApplicationState.NOMINATED: "id", ApplicationState.WAITING: "turn"}
"""Of the lists of these states, as without a name."""
R = TypeVar("R")
After = tuple[Any, str] | None


class ByName(NamedTuple, Generic[R]):
    """A page; `cut`: more people have such a name than are looked at."""

    items: list[R]
    after: After
    cut: bool


@dataclass(frozen=True)
class Finding:
    """What the people have whom a text names: each has little."""

    applications: Applications
    runs: Runs
    headcounts: Headcounts
    requested: Requests

    def participants(self, programme_id: str, q: str, limit: int, after: After, role: Role | None = None,
                     state: ParticipantState | None = None) -> ByName[Participant]:
        who = self.applications.people.answering(q)
        found = self.applications.participants.known(_parts(programme_id, who)).values()
        fitting = (one for one in found if role in (None, one.role) and state in (None, one.state))
        return _page(fitting, limit, after, who)

    def mentees(self, programme_id: str, q: str, limit: int, after: After, *, alone: bool) -> ByName[Participant]:
        """Who may be matched, and sits with nobody, or with somebody."""
        who = self.applications.people.answering(q)
        taken = self.headcounts.matched_of(programme_id, who.ids)
        found = self.applications.participants.known(_parts(programme_id, who)).values()
        fitting = (one for one in found if (one.role, one.state) == (Role.MENTEE, ParticipantState.ACTIVE)
                   and (one.person_id in taken) is not alone)
        return _page(fitting, limit, after, who)

    def applied(self, programme_id: str, q: str, limit: int, after: After, role: Role | None = None,
                state: ApplicationState | None = None, order: str = "", *, unconfirmed: bool = False
                ) -> ByName[Application]:
        """What was never submitted is the person's own."""
        who = self.applications.people.answering(q)
        found = self.applications.store.get_many(_parts(programme_id, who))
        if unconfirmed:
            waiting = (one for one in found if role in (None, one.role) and one.unconfirmed_since)
            return _page(waiting, limit, after, who, lambda one: one.unconfirmed_since)
        fitting = (one for one in found if role in (None, one.role) and _listed(one, state))
        if is_by_score(order, role, state):
            mentors = (one for one in fitting if one.role is Role.MENTOR)
            return _page(mentors, limit, after, who, lambda one: one.points, descending=True)
        key = _ORDER.get(state, "submitted_at") if state else "submitted_at"
        return _page(fitting, limit, after, who, lambda one: getattr(one, key))

    def pairs(self, programme_id: str, q: str, limit: int, after: After, state: PairState | None = None, *,
              to_agree: bool = False) -> ByName[Pair]:
        who = self.applications.people.answering(q)
        found = self.applications.pairs.of_person(*who.ids) if who.ids else []
        states = OPEN if to_agree else (state,) if state else PairState
        fitting = (one for one in found if one.programme_id == programme_id and one.state in states)
        return _page(fitting, limit, after, who)

    def requests(self, programme_id: str, q: str, limit: int, after: After, state: RequestState | None = None, *,
                 unanswered: bool = False) -> ByName[Request]:
        """By the name of the mentee, or of the mentor who has to answer."""
        who = self.applications.people.answering(q)
        found = self.requested.of_named(who.ids, programme_id, state, unanswered=unanswered) if who.ids else []
        return _page(found, limit, after, who)

    def proposals(self, run_id: str, q: str, limit: int, after: After, only: Only | None = None, *,
                  weakest: bool = False) -> ByName[Proposal]:
        """As they stand after swaps."""
        who, run = self.applications.people.answering(q), self.runs.get(run_id)
        standing = run.standing(self._proposed(run, who)) if who.ids else []
        called = [one for one in standing if {one.mentor_id, one.mentee_id} & who.ids]
        fitting = self.runs.pages.among(run, only, called)
        return _page(fitting, limit, after, who, lambda one: one.score, descending=not weakest)

    def unmatched(self, run_id: str, q: str, limit: int, after: After, role: Role | None = None) -> ByName[Unmatched]:
        who, batch = self.applications.people.answering(q), self.runs.get(run_id).shown_batch
        found = self.runs.unmatched_.each({"person_id": {"$in": sorted(who.ids)}})
        fitting = (one for one in found if one.batch == batch and role in (None, one.role))
        return _page(fitting, limit, after, who)

    def _proposed(self, run: MatchingRun, who: Answering) -> Sequence[Proposal]:
        """With the mentors whom the run found, and with those by swaps."""
        store, batch = self.runs.proposals_, run.shown_batch
        moved = [name for name, move in run.moves.items() if move.mentor_id in who.ids]
        found = [one for side in ("mentor_id", "mentee_id") for one in store.each({side: {"$in": sorted(who.ids)}})]
        return [*{one.id: one for one in (*found, *store.get_many(moved)) if one.batch == batch}.values()]


def _parts(programme_id: str, who: Answering) -> list[str]:
    """Under which ids they apply and take part."""
    return [application_id(programme_id, one, role) for one in sorted(who.ids) for role in Role]


def _listed(one: Application, state: ApplicationState | None) -> bool:
    """As the list without a name has it."""
    if state is ApplicationState.NOMINATED:
        return one.state is state
    return one.submitted_at is not None and state in (None, one.state)


def _page(items: Iterable[Any], limit: int, after: After, who: Answering,
          key: Callable[[Any], Any] = lambda one: one.id, *, descending: bool = False) -> ByName[Any]:
    """In the order of (key, id), beginning behind `after`. Raises Invalid for a place in another order."""
    placed = sorted((((key(one), one.id), one) for one in items), key=lambda both: both[0], reverse=descending)
    if after and placed and not isinstance(after[0], type(placed[0][0][0])):
        raise Invalid("this page is of another order: begin with the first")
    left = [one for place, one in placed if after is None or (place < after if descending else place > after)]
    last = left[limit - 1] if len(left) > limit else None
    return ByName(left[:limit], (key(last), last.id) if last else None, who.cut)
