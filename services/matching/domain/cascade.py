"""Whose turn it is in a mentee's list of mentors: one is asked at a time, each once, until it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.matching.contracts.requests import (
    PairRequested,
    RequestAccepted,
    RequestEvent,
    RequestState,
    RequestWithdrawn,
    WithdrawnBecause,
)
from services.matching.domain.choice import Choice, ChoiceState, Prospects
from shared.kernel.aggregate import Aggregate


@dataclass(kw_only=True)
class Cascade(Aggregate):
    """`asked_id` is the mentor whose turn it is; `holder` is given up when it ends. `one_question` is what a flash
    mentor is asked: it is of the mentee and whoever may answer, and in no event. Its steps are for `Request`, which
    knows who may take them."""

    programme_id: str
    mentee_id: str
    opened_at: datetime
    holder: str
    choices: tuple[Choice, ...] = ()
    state: RequestState = RequestState.OPEN
    asked_id: str | None = None
    pair_id: str | None = None
    one_question: str = ""

    @property
    def past(self) -> tuple[Choice, ...]:
        """Whose turn it is or was."""
        return tuple(one for one in self.choices if one.state is not ChoiceState.WAITING)

    def choice(self, mentor_id: str | None) -> Choice:
        return next(one for one in self.choices if one.mentor_id == mentor_id)

    def was_asked(self, person_id: str | None) -> bool:
        """Whoever only waits in the list knows nothing of it."""
        return any(one.mentor_id == person_id and one.asked_at for one in self.choices)

    def begin(self, prospects: Prospects, at: datetime) -> bool:
        """Asks the first who can be asked; whether there is anybody."""
        moments = self._turn_to_next(prospects, at)
        if moments:
            self.wait(PairRequested, moments, at)
        return bool(moments)

    def move_on(self, state: ChoiceState, event: type[RequestEvent], prospects: Prospects, at: datetime,
                **facts: Any) -> None:
        """The turn of whoever is asked is over; the next one is asked."""
        gone = self.choice(self.asked_id)
        self.put(gone.end(state, at))
        moments = self._turn_to_next(prospects, at)
        self.tell(event, gone.mentor_id, at, **facts)
        if moments:
            self.wait(PairRequested, moments, at)

    def wait(self, event: type[RequestEvent], moments: tuple[datetime, ...], at: datetime) -> None:
        """For an answer, until the last of these moments, with reminders at the others."""
        choice, (*reminders, answer_by) = self.choice(self.asked_id), moments
        self.put(replace(choice, answer_by=answer_by, remind_at=tuple(reminders)))
        self.set_timer("answer", answer_by)
        self.plan_reminder(reminders)
        self.tell(event, choice.mentor_id, at, answer_by=answer_by)

    def plan_reminder(self, moments: Sequence[datetime]) -> None:
        self.clear_timer("remind")
        if moments:
            self.set_timer("remind", moments[0])

    def become(self, pair_id: str, mentor_id: str, at: datetime) -> None:
        """Whoever said yes at the very moment at which it went on, or ended, is the mentor all the same."""
        if self.pair_id:
            return
        if self.asked_id not in (None, mentor_id):
            self.let_go(RequestState.ACCEPTED, WithdrawnBecause.PAIRED, at)
        self.put(self.choice(mentor_id).end(ChoiceState.ACCEPTED, at))
        self.pair_id = pair_id
        self.end(RequestState.ACCEPTED)
        self.tell(RequestAccepted, mentor_id, at, pair_id=pair_id)

    def let_go(self, state: RequestState, because: WithdrawnBecause, at: datetime) -> None:
        """Whoever is asked need not answer."""
        asked = self.choice(self.asked_id)
        self.put(asked.end(ChoiceState.WITHDRAWN, at))
        self.state = state
        self.tell(RequestWithdrawn, asked.mentor_id, at, because=because)

    def end(self, state: RequestState) -> None:
        self.state, self.asked_id, self.holder = state, None, f"released/{self.id}"
        self.clear_timer("answer")
        self.clear_timer("remind")

    def put(self, choice: Choice) -> None:
        self.choices = tuple(choice if one.mentor_id == choice.mentor_id else one for one in self.choices)

    def tell(self, event: type[RequestEvent], mentor_id: str, at: datetime, **facts: Any) -> None:
        rank = [one.mentor_id for one in self.choices].index(mentor_id) + 1
        self.record(event(request_id=self.id, programme_id=self.programme_id, mentee_id=self.mentee_id,
                          mentor_id=mentor_id, rank=rank, state=self.state, **facts), at)

    def _turn_to_next(self, prospects: Prospects, at: datetime) -> tuple[datetime, ...]:
        """The moments of the next; none: there is nobody left, or it is over, and that is the end."""
        if prospects.over:
            self.end(RequestState.WITHDRAWN)
            return ()
        for one in [choice for choice in self.choices if choice.state is ChoiceState.WAITING]:
            if moments := prospects.moments(one.mentor_id):
                self.put(one.ask(at))
                self.asked_id = one.mentor_id
                return moments
            self.put(one.end(ChoiceState.SKIPPED, at))
        self.end(RequestState.EXHAUSTED)
        return ()
