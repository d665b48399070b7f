"""Whom mentees ask themselves counts in a run as what they wish for."""

from dataclasses import dataclass, replace
from typing import Any

from services.matching.application.people import People
from services.matching.contracts.requests import RequestState
from services.matching.domain.candidate_rows import Attendee
from services.matching.domain.choice import ChoiceState
from services.matching.domain.matchmaking.people import Person as Candidate
from services.matching.domain.matchmaking.problem import Problem
from services.matching.domain.matchmaking.wishes import Wishes
from services.matching.domain.request import Request
from shared.store.repository import Repository

STILL = (ChoiceState.WAITING, ChoiceState.ASKED, ChoiceState.ASKED_FOR_MORE)


@dataclass(frozen=True)
class Wishing:
    """Reads open requests."""

    requests: Repository[Request]
    people: People

    def counted(self, programme_id: str, problem: Problem, mentors: list[Attendee],
                mentees: list[Attendee]) -> Problem:
        """The problem in which the choices of an open request stand in the place of the application's wishes. Rows and
        participants go side by side."""
        choices = self._choices(programme_id, mentees)
        wishes = problem.rulebook.wishes
        if not choices or wishes is None:
            return problem
        names = self._names(choices, wishes) | {
            one.person_id: row.reference(wishes.refers_to) for one, row in zip(mentors, problem.mentors, strict=True)}
        return replace(problem, mentees=tuple(
            _wishing(row, wishes, [names[mentor] for mentor in choices[one.person_id] if mentor in names])
            if one.person_id in choices else row for one, row in zip(mentees, problem.mentees, strict=True)))

    def _choices(self, programme_id: str, mentees: list[Attendee]) -> dict[str, list[str]]:
        where: dict[str, Any] = {"programme_id": programme_id, "state": RequestState.OPEN}
        if len(mentees) == 1:
            where["mentee_id"] = mentees[0].person_id
        found = self.requests.each(where)
        return {one.mentee_id: [choice.mentor_id for choice in one.choices if choice.state in STILL] for one in found}

    def _names(self, choices: dict[str, list[str]], wishes: Wishes) -> dict[str, str]:
        """Of mentors who have no room in this run, too, where wishes name people as the directory does."""
        if wishes.refers_to:
            return {}
        known = self.people.known(mentor for mentors in choices.values() for mentor in mentors)
        return {one.id: one.directory_id for one in known.values()}


def _wishing(row: Candidate, wishes: Wishes, names: list[str]) -> Candidate:
    first, *others = wishes.columns_of_wishes
    if not others:
        return replace(row, row={**row.row, first: "; ".join(names)})
    places = [*names, *[""] * len(others)]
    return replace(row, row={**row.row, **dict(zip(wishes.columns_of_wishes, places, strict=False))})
