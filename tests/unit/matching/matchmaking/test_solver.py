"""The solver against trying everything, and against SciPy."""

import random
from itertools import combinations, product

import numpy as np
import pytest

from services.matching.adapters.engine_solver import EngineSolver, Unproven
from services.matching.application.matchmaking import Matchmaker, TooManyPeople
from services.matching.domain.matchmaking.grid import Grid
from services.matching.domain.matchmaking.problem import unwatched
from services.matching.domain.matchmaking.seating import Seating
from services.matching.engine import checks, verify
from services.matching.engine.verify import Certificate
from tests.unit.matching.matchmaking.scipy_solver import solved_by_scipy

Worth = tuple[tuple[int, ...], int]


def a_seating(scores: list[list[int]], seats: list[int], wanted: list[int]) -> Seating:
    """A negative score is a barred pair."""
    cells = np.array(scores, dtype=np.int32).reshape(len(wanted), len(seats))
    none = np.zeros((1, 1), dtype=np.int64)
    grid = Grid(("x",), np.maximum(cells, 0), (cells < 0).astype(np.uint8), none, none)
    return Seating(grid, tuple(seats), tuple(wanted))


def worth(seating: Seating, pairs: list[tuple[int, int]]) -> Worth:
    """How many mentees have at least one mentor, at least two, …; then the sum of scores."""
    counts = [sum(1 for one, _ in pairs if one == mentee) for mentee in range(len(seating.wanted))]
    most = max(seating.wanted, default=0)
    at_least = tuple(sum(count >= nth for count in counts) for nth in range(1, most + 1))
    return at_least, sum(int(seating.grid.scores[pair]) for pair in pairs)


def best_by_trying(seating: Seating) -> Worth:
    choices = []
    for mentee, wanted in enumerate(seating.wanted):
        allowed = [mentor for mentor in range(len(seating.seats)) if seating.grid.allowed[mentee, mentor]]
        choices.append([some for size in range(wanted + 1) for some in combinations(allowed, size)])
    best: Worth = ((), -1)
    for chosen in product(*choices):
        pairs = [(mentee, mentor) for mentee, mentors in enumerate(chosen) for mentor in mentors]
        if all(sum(1 for _, one in pairs if one == mentor) <= count for mentor, count in enumerate(seating.seats)):
            best = max(best, worth(seating, pairs))
    return best


def is_possible(seating: Seating, pairs: list[tuple[int, int]]) -> bool:
    return (
        len(set(pairs)) == len(pairs)
        and all(seating.grid.allowed[pair] for pair in pairs)
        and all(sum(1 for _, one in pairs if one == place) <= count for place, count in enumerate(seating.seats))
        and all(sum(1 for one, _ in pairs if one == place) <= count for place, count in enumerate(seating.wanted))
    )


def a_random_seating(seed: int, most_people: int = 4) -> Seating:
    dice = random.Random(seed)
    mentees, mentors = dice.randint(1, most_people), dice.randint(1, most_people)
    highest, barred = dice.choice([0, 1, 3, 9000]), dice.choice([0.0, 0.3, 0.7])
    scores = [
        [-1 if dice.random() < barred else dice.randint(0, highest) for _ in range(mentors)] for _ in range(mentees)
    ]
    most = dice.choice([1, 1, 2, 3])
    return a_seating(
        scores, [dice.randint(0, 3) for _ in range(mentors)], [dice.randint(0, most) for _ in range(mentees)]
    )


@pytest.mark.feature("C5")
@pytest.mark.parametrize("seed", range(400))
def test_no_other_seating_is_better(seed: int) -> None:
    seating = a_random_seating(seed)

    pairs = list(EngineSolver().solve(seating, unwatched).pairs)

    assert is_possible(seating, pairs)
    assert worth(seating, pairs) == best_by_trying(seating)


@pytest.mark.parametrize("seed", range(60))
def test_scipy_finds_no_better_seating_of_many(seed: int) -> None:
    seating = a_random_seating(seed, most_people=40)

    pairs = list(EngineSolver().solve(seating, unwatched).pairs)

    assert is_possible(seating, pairs)
    assert worth(seating, pairs) == worth(seating, solved_by_scipy(seating))


def test_the_same_seating_gives_the_same_answer_where_all_are_equally_good() -> None:
    seating = a_seating([[5] * 30] * 30, [1] * 30, [1] * 30)

    answers = [EngineSolver().solve(seating, unwatched) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0].pairs) == 30


def test_participation_comes_before_the_sum() -> None:
    seating = a_seating([[9000, 1], [9000, -1]], [1, 1], [1, 1])

    pairs = EngineSolver().solve(seating, unwatched).pairs

    assert pairs == [(0, 1), (1, 0)]


def test_everyones_first_mentor_comes_before_anyones_second() -> None:
    seating = a_seating([[9000, 9000], [1, -1]], [1, 1], [2, 1])

    pairs = EngineSolver().solve(seating, unwatched).pairs

    assert pairs == [(0, 1), (1, 0)]


def test_nobody_gets_two_seats_of_one_mentor() -> None:
    seating = a_seating([[9000, 1, 1], [9000, 2, 1]], [4, 1, 1], [2, 2])

    pairs = EngineSolver().solve(seating, unwatched).pairs

    assert pairs == [(0, 0), (0, 2), (1, 0), (1, 1)]


@pytest.mark.parametrize(("seats", "wanted"), [([], []), ([0, 0], [1]), ([2], []), ([], [1]), ([1], [0])])
def test_nobody_to_seat_is_no_error(seats: list[int], wanted: list[int]) -> None:
    seating = a_seating([[5] * len(seats) for _ in wanted], seats, wanted)

    assert list(EngineSolver().solve(seating, unwatched).pairs) == []


def test_too_many_people_are_refused_before_anything_is_allocated() -> None:
    with pytest.raises(TooManyPeople, match="100000 mentees by 60000 mentors"):
        EngineSolver().refuse_if_too_large(100_000, 60_000)


def test_points_that_would_not_be_exact_are_refused() -> None:
    seating = a_seating([[2**31 - 1] * 100] * 100, [100] * 100, [100] * 100)

    with pytest.raises(TooManyPeople, match="exact"):
        EngineSolver().solve(seating, unwatched)


def test_whoever_is_let_in_is_taken_by_the_engine() -> None:
    solver = EngineSolver()

    limits = solver.most_mentees, Matchmaker(solver).most_kept

    assert limits == (checks.MOST_MENTEES, checks.MOST_EDGES)
    with pytest.raises(TooManyPeople, match="200001 mentees"):
        solver.refuse_if_too_large(200_001, 1)


@pytest.mark.feature("C5")
def test_an_answer_that_is_not_proven_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "verify", lambda problem, solution: Certificate(1, 2, ("a price is negative",)))

    with pytest.raises(Unproven, match="worth 1 of 2; a price is negative"):
        EngineSolver().solve(a_seating([[5]], [1], [1]), unwatched)
