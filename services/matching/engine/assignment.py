"""A matching that stays the best while people come, go and change: prices are kept; a change is a search or two."""

import numpy as np

from services.matching.engine.arrays import Graph, Ints, Longs, Scores, Scratch, scratch_of
from services.matching.engine.checks import (
    HIGHEST_SCORE,
    MOST_MENTEES,
    Given,
    require_inside,
    require_mentees,
    require_not_negative,
    require_scores,
    require_seats,
    whole,
)
from services.matching.engine.forward import forward
from services.matching.engine.growing import (
    append,
    drop_edge,
    drop_row,
    find,
    room_of,
    set_score,
    utility_of,
    widened,
    with_room,
)
from services.matching.engine.outcome import outcome_of_one
from services.matching.engine.problem import Problem, problem_of
from services.matching.engine.refused import Refused
from services.matching.engine.reverse import reverse
from services.matching.engine.run import Run
from services.matching.engine.seats import release, rise
from services.matching.engine.solution import Solution
from services.matching.engine.verify import Certificate, verify
from services.matching.engine.watch import UNWATCHED


class Assignment:
    """As many mentees seated as can be, then the greatest sum. Mentees keep their number; who left has no edge.

    Not for two threads at once. Raises Refused, and changes nothing then, where a change is impossible.
    """

    def __init__(self, n_mentees: int, capacity: Given, mentee: Given, mentor: Given, score: Given) -> None:
        self._seats = np.minimum(whole("capacity", capacity).astype(np.int64), MOST_MENTEES)
        require_not_negative("capacity", self._seats)
        require_seats(int(self._seats.sum()))
        self._locked: dict[int, tuple[int, int]] = {}
        self._begin(problem_of(n_mentees, self._seats, mentee, mentor, score), None)

    def _begin(self, problem: Problem, prices: Longs | None, highest: int = 0) -> None:
        """Solves, with a worth that leaves room for twice the people and scores."""
        seats = int(min(2 * problem.n_mentees, self._seats.sum())) + 1000
        self._most, self._highest = seats, 2 * max(1000, problem.highest, highest)
        problem = problem_of(problem.n_mentees, self._seats, problem.mentee, problem.mentor, problem.score,
                             seat_worth=seats * self._highest + 1)
        run = Run.of(problem, UNWATCHED, prices)
        if prices is None:
            run.start()
        run.finish()
        self._worth, self._graph, self._state = problem.worth, _own(problem.graph), widened(run.state, self._seats)
        self._scratch: Scratch = scratch_of(problem.n_mentors)
        self._ends = self._graph.col_end.copy()
        self._used = np.array([len(problem.score), len(problem.score)], np.int64)

    def join(self, mentor: Given, score: Given) -> int:
        """A new mentee who may sit with these mentors at these scores; answers the number. One search."""
        mentors, scores = whole("mentor", mentor), whole("score", score)
        require_inside("mentor", mentors, len(self._seats))
        require_scores(scores)
        require_mentees(len(self._state.mentor_of) + 1)
        if len(np.unique(mentors)) < len(mentors) or len(mentors) != len(scores):
            raise Refused("a mentee needs one score for each mentor, and each mentor once")
        self._require_room(int(scores.max(initial=0)))
        mentee = self._append(mentors.astype(np.int32), scores.astype(self._graph.row_score.dtype))
        self._settle(mentee)
        return mentee

    def leave(self, mentee: int) -> None:
        """The mentee's seat is free and goes to whom it helps most. One search."""
        require_inside("mentee", np.array([mentee]), len(self._state.mentor_of))
        if mentee in self._locked:
            mentor, _ = self._locked.pop(mentee)
            self.set_capacity(mentor, int(self._state.capacity[mentor]) + 1)
            return
        mentor = self._stand(mentee)
        drop_row(self._graph, mentee)
        self._state.utility[mentee] = -self._worth
        self._fill(mentor)

    def set_capacity(self, mentor: int, seats: int) -> None:
        """Another number of seats, not counting those that are locked. A search for each seat more or less."""
        require_inside("mentor", np.array([mentor]), len(self._seats))
        whole("seats", [seats])
        if not 0 <= seats <= MOST_MENTEES:
            raise Refused(f"mentor {mentor} is to have {seats} seats; it must be from 0 to {MOST_MENTEES}")
        require_seats(int(self._state.capacity.sum()) + seats - int(self._state.capacity[mentor]))
        self._require_room(0, max(0, seats - int(self._state.capacity[mentor])))
        moved = release(self._state, mentor, seats)
        if seats > self._state.capacity[mentor]:
            self._move_seats(mentor, seats)
        self._state.capacity[mentor] = seats
        for mentee in moved.tolist():
            self._settle(mentee)
        self._fill(mentor)

    def change_score(self, mentee: int, mentor: int, score: int) -> None:
        """The pair has another score; two searches at most."""
        self._require_edge(mentee, mentor)
        require_scores(whole("score", [score]))
        self._require_room(score)
        set_score(self._graph, mentee, mentor, score)
        self._reconsider(mentee, mentor, score)

    def exclude(self, mentee: int, mentor: int) -> None:
        """The pair is not allowed any more; two searches at most."""
        self._require_edge(mentee, mentor)
        drop_edge(self._graph, mentee, mentor)
        self._reconsider(mentee, mentor, -HIGHEST_SCORE)

    def lock(self, mentee: int, mentor: int) -> None:
        """The pair keeps its seat whatever comes, and takes no part in what follows. Two searches at most."""
        at = self._require_edge(mentee, mentor)
        if self._state.capacity[mentor] == 0:
            raise Refused(f"mentor {mentor} has no seat left to lock for mentee {mentee}")
        score = int(self._graph.row_score[at])
        self.leave(mentee)
        self._locked[mentee] = (mentor, score)
        self.set_capacity(mentor, int(self._state.capacity[mentor]) - 1)

    @property
    def mentor_of(self) -> Ints:
        """By mentee, locked ones too; -1 for none."""
        mentors = self._state.mentor_of.copy()
        for mentee, (mentor, _) in self._locked.items():
            mentors[mentee] = mentor
        return mentors

    @property
    def total_score(self) -> int:
        """Of all pairs, locked ones too."""
        return self.solution().total_score + sum(score for _, score in self._locked.values())

    def problem(self) -> Problem:
        """What is solved now: without locked pairs, their mentees and their seats."""
        graph, rows = self._graph, range(len(self._state.mentor_of))
        sizes = graph.row_end - graph.row_start
        at = np.concatenate([np.arange(graph.row_start[row], graph.row_end[row]) for row in rows] or [np.empty(0, int)])
        mentee = np.repeat(np.arange(len(sizes)), sizes)
        return problem_of(len(sizes), self._state.capacity, mentee, graph.row_mentor[at], graph.row_score[at],
                          seat_worth=self._worth)

    def solution(self) -> Solution:
        """Of `problem`, with the prices as they are."""
        problem = self.problem()
        return outcome_of_one(problem, self._state, whole=True, stats={}).solution(problem, "participation", None,
                                                                                   proven=True)

    def certificate(self) -> Certificate:
        """Checked anew, in time that grows with all edges."""
        return verify(self.problem(), self.solution())

    def _settle(self, mentee: int) -> None:
        """A free mentee gets a seat, if that is worth it."""
        self._state.utility[mentee] = utility_of(self._graph, self._state, self._worth, mentee)
        if self._state.utility[mentee] > -self._worth:
            forward(self._graph, self._state, self._scratch, self._worth, mentee)

    def _fill(self, mentor: int) -> None:
        """Vacant seats of the mentor are filled, or cost nothing."""
        state = self._state
        while mentor >= 0 and state.price[mentor] > 0 and state.taken[mentor] < state.capacity[mentor]:
            reverse(self._graph, state, self._scratch, mentor)

    def _stand(self, mentee: int) -> int:
        mentor = int(self._state.mentor_of[mentee])
        if mentor >= 0:
            rise(self._state, mentee)
        return mentor

    def _reconsider(self, mentee: int, mentor: int, score: int) -> None:
        """After the pair's score changed: nothing to do when they are apart and the mentee gains nothing by it."""
        state = self._state
        if state.mentor_of[mentee] != mentor and score - state.price[mentor] <= state.utility[mentee]:
            return
        left = self._stand(mentee)
        self._settle(mentee)
        self._fill(left)

    def _require_edge(self, mentee: int, mentor: int) -> int:
        require_inside("mentee", np.array([mentee]), len(self._state.mentor_of))
        if mentee in self._locked:
            raise Refused(f"mentee {mentee} is locked to mentor {self._locked[mentee][0]}")
        at = int(find(self._graph.row_start, self._graph.row_end, self._graph.row_mentor, mentee, mentor))
        if at < 0:
            raise Refused(f"mentee {mentee} may not sit with mentor {mentor}")
        return at

    def _require_room(self, score: int, seats: int = 1) -> None:
        """Begins anew, from the prices there are, when a seat would not be worth more than all scores any more."""
        people = min(len(self._state.mentor_of) + 1, int(self._state.capacity.sum()) + seats)
        if score > self._highest or people > self._most:
            self._seats = self._state.capacity.copy()
            self._begin(self.problem(), self._state.price.copy(), score)

    def _append(self, mentors: Ints, scores: Scores) -> int:
        state, graph, mentee = self._state, self._graph, len(self._state.mentor_of)
        self._state = state._replace(mentor_of=np.append(state.mentor_of, np.int32(-1)),
                                     place_of=np.append(state.place_of, -1), utility=np.append(state.utility, 0))
        rows = int(self._used[0]) + len(mentors)
        columns = int(self._used[1]) + int(room_of(graph, self._ends, mentors))
        self._graph = graph._replace(
            row_start=np.append(graph.row_start, 0), row_end=np.append(graph.row_end, 0),
            row_mentor=with_room(graph.row_mentor, rows), row_score=with_room(graph.row_score, rows),
            col_mentee=with_room(graph.col_mentee, columns), col_score=with_room(graph.col_score, columns))
        append(self._graph, self._ends, self._used, mentee, mentors, scores)
        return mentee

    def _move_seats(self, mentor: int, seats: int) -> None:
        """To the end of all, where there is room for more."""
        first, taken, end = self._state.seat_start[mentor], self._state.taken[mentor], len(self._state.holder)
        held = self._state.holder[first:first + taken]
        self._state.place_of[held] = end + np.arange(taken)
        more = np.full(seats, -1, np.int32)
        more[:taken] = held
        self._state = self._state._replace(holder=np.concatenate([self._state.holder, more]))
        self._state.seat_start[mentor] = end


def _own(graph: Graph) -> Graph:
    """Arrays that may be changed."""
    return Graph._make(part.copy() for part in graph)
