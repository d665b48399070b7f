"""Without tables an answer is worth the same, and its proof holds for every allowed pair."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from services.matching.adapters import engine_lean
from services.matching.adapters.engine_comparison import EngineComparer
from services.matching.adapters.engine_lean import Blocking, Lean
from services.matching.adapters.engine_solver import EngineSolver, Unproven, problem_of_seating
from services.matching.application.matchmaking import Matchmaker, TooManyPeople
from services.matching.domain.matchmaking import grid as grids
from services.matching.domain.matchmaking.comparison import Way
from services.matching.domain.matchmaking.demand import Contest, demand_of
from services.matching.domain.matchmaking.grid import Grid, LeanGrid, grid_of, lean_grid_of
from services.matching.domain.matchmaking.problem import Problem, Solved, unwatched
from services.matching.domain.matchmaking.seating import Seating
from services.matching.engine import checks
from services.matching.engine.blocking import blocking_pairs
from services.matching.engine.candidates import table_candidates
from services.matching.engine.crew import Crew
from services.matching.engine.hunt import Hunt
from services.matching.engine.problem import problem_of
from services.matching.engine.proof import Proof
from services.matching.engine.solution import Solution
from services.matching.engine.stable import stable
from services.matching.engine.table import Table, preferred
from services.matching.engine.watch import UNWATCHED, Watch
from services.matching.engine.windows import stable_scores
from tests.unit.matching.matchmaking.test_grid import a_rulebook, a_side
from tests.unit.matching.matchmaking.test_solver import a_random_seating, a_seating, is_possible, worth
from tests.unit.matching.pool.test_watched_pools import Ticks

EDGES = (1, 60, 10_000)
"""Pairs to begin with: one a mentee, a few, all."""


class Enough(Exception):
    """Somebody cancelled."""


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that some people are judged after others."""
    monkeypatch.setattr(grids, "AT_ONCE", 12)
    monkeypatch.setattr(engine_lean, "AT_ONCE", 12)


def tables_of(seating: Seating) -> Grid:
    assert isinstance(seating.grid, Grid)
    return seating.grid


def lean_of(seating: Seating) -> tuple[Seating, LeanGrid]:
    """The same without tables."""
    grid = tables_of(seating)
    lean = LeanGrid(grid.rules, len(seating.seats), lambda rows: grid.scores[rows], grid.against,
                    np.packbits(grid.allowed, axis=1), grid.removed_by_mentee, grid.removed_by_mentor)  # fmt: skip
    return Seating(lean, seating.seats, seating.wanted), lean


def charged_rightly(seating: Seating, solved: Solved) -> bool:
    """Pair by pair: together only where it pays both, apart only where it does not; no price on a free seat."""
    grid, together = tables_of(seating), np.zeros_like(tables_of(seating).allowed)
    together[tuple(np.array(list(solved.pairs), dtype=int).reshape(-1, 2).T)] = True
    prices, utilities = np.array(solved.prices, dtype=object), np.array(solved.utilities, dtype=object)
    gain = grid.scores - prices[None, :] - utilities[:, None]
    free = together.sum(axis=0) < np.array(seating.seats)
    return bool((gain[together] >= 0).all() and (gain[grid.allowed & ~together] <= 0).all()
                and (prices >= 0).all() and not (prices[free] > 0).any())  # fmt: skip


def figures(way: Way, alone: bool) -> tuple[object, ...]:
    """What does not depend on which of the best matchings was found; pairs without points are left to chance where a
    mentee may have several mentors and only the sum counts."""
    more = {"maximin": (way.lowest,), "minimax-regret": (way.regret,), "stable": (way.lowest, way.regret, way.blocking)}
    counts = (way.mentees, way.pairs) if alone or way.objective == "participation" else ()
    return way.objective, way.total, way.proven, *counts, *more.get(way.objective, ())


@pytest.mark.feature("C5")
@pytest.mark.parametrize("seed", range(150))
@pytest.mark.slow
def test_it_is_worth_as_much_as_with_tables_and_proven_over_all_pairs(seed: int) -> None:
    seating = a_random_seating(seed, most_people=random.Random(seed).choice([4, 12, 40]))
    expected = worth(seating, list(EngineSolver().solve(seating, unwatched).pairs))

    for edges in EDGES:
        solved = EngineSolver(edges=edges).solve(lean_of(seating)[0], unwatched)

        assert is_possible(seating, list(solved.pairs))
        assert worth(seating, list(solved.pairs)) == expected
        assert charged_rightly(seating, solved)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_every_aim_is_worth_as_much_as_with_tables(seed: int) -> None:
    seating = a_random_seating(seed, most_people=random.Random(seed).choice([4, 12, 40]))
    ways = EngineComparer().compare(seating, unwatched).ways
    alone = len(ways) > 2

    for edges in EDGES:
        found = EngineComparer(edges=edges).compare(lean_of(seating)[0], unwatched).ways

        assert [figures(one, alone) for one in found] == [figures(one, alone) for one in ways]


@pytest.mark.parametrize("seed", range(20))
def test_pairs_who_would_rather_be_together_are_counted_over_all_pairs(seed: int) -> None:
    dice, seating = random.Random(seed), a_seating([[random.Random(seed * 99 + one).randint(-1, 3) for one in range(9)]
                                                    for _ in range(8)], [1, 2] * 4 + [0], [1] * 8)  # fmt: skip
    chosen = EngineSolver().solve(seating, unwatched).pairs
    mentor_of, score = np.full(8, -1, np.int32), np.full(8, -1, np.int64)
    for mentee, mentor in dice.sample(list(chosen), len(chosen) // 2):
        mentor_of[mentee], score[mentee] = mentor, tables_of(seating).scores[mentee, mentor]
    lean = Lean(*lean_of(seating), UNWATCHED, 1)
    counted = Blocking(lean, mentor_of, score)

    lean.look(counted)

    assert counted.pairs == len(blocking_pairs(problem_of_seating(seating, tables_of(seating)), mentor_of))


@pytest.mark.parametrize("seed", range(60))
def test_pairs_are_judged_as_they_are_with_tables(seed: int) -> None:
    dice = random.Random(seed)
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), a_rulebook(dice))

    whole, lean = grid_of(problem, unwatched), lean_grid_of(problem, unwatched)

    rows = np.array(dice.sample(range(len(problem.mentees)), len(problem.mentees)), dtype=np.intp)
    assert (lean.scores_of(rows) == np.where(whole.allowed, whole.scores, -1)[rows]).all()
    assert (lean.allowed_of(rows) == whole.allowed[rows]).all()
    assert (lean.removed_by_mentee == whole.removed_by_mentee).all()
    assert (lean.removed_by_mentor == whole.removed_by_mentor).all()
    for mentor in range(len(problem.mentors)):
        assert lean.mentees_allowed(mentor) == whole.mentees_allowed(mentor)
        assert all(lean.against(row, mentor) == whole.against(row, mentor) for row in rows.tolist())


@pytest.mark.parametrize("seed", range(60))
def test_who_competes_for_which_seats_is_the_same(seed: int) -> None:
    seating = a_random_seating(seed, most_people=12)
    held = EngineSolver().solve(seating, unwatched).pairs
    alone = set(range(len(seating.wanted))) - {mentee for mentee, _ in held}

    contests = [[demand_of(one, held).contest(mentee) for mentee in sorted(alone)]
                for one in (seating, lean_of(seating)[0])]  # fmt: skip

    assert contests[0] == contests[1]


def contest_pair_by_pair(seating: Seating, held: Sequence[tuple[int, int]], mentee: int) -> Contest:
    """As it is defined: reach more mentors until nobody among them could have another."""
    open_ = tables_of(seating).allowed & (np.array(seating.seats) > 0) & (np.array(seating.wanted) > 0)[:, None]
    reached, before = set(np.flatnonzero(open_[mentee])), set[int]()
    while reached != before:
        before = set(reached)
        reached |= {other for one, mentor in held if mentor in before for other in np.flatnonzero(open_[one])}
    bound = [one for one in open_ if one.any() and set(np.flatnonzero(one)) <= reached]
    return Contest(len(bound), len(reached), sum(seating.seats[mentor] for mentor in reached))


@pytest.mark.parametrize("seed", range(60))
def test_who_competes_is_found_as_it_is_defined(seed: int) -> None:
    seating = a_random_seating(seed, most_people=12)
    held = EngineSolver().solve(seating, unwatched).pairs
    demand, alone = demand_of(seating, held), set(range(len(seating.wanted))) - {mentee for mentee, _ in held}

    for mentee in alone:
        if demand.any_open(mentee):
            assert demand.contest(mentee) == contest_pair_by_pair(seating, held, mentee)


def test_a_hundred_thousand_mentors_need_no_table_of_mentors() -> None:
    mentors, bits = 100_000, np.zeros((3, 12_500), np.uint8)
    bits[:, [0, 7, 12_499]] = 1
    none = np.zeros((0, 3), np.int64)
    grid = LeanGrid((), mentors, lambda rows: np.zeros((len(rows), mentors), np.int32), lambda *_: None, bits,
                    none, none)  # fmt: skip
    demand = demand_of(Seating(grid, (1, *(0,) * (mentors - 2), 1), (1, 1, 1)), [(1, 99_999)])

    assert demand.contest(0) == Contest(mentees=3, mentors=1, seats=1)


@pytest.mark.parametrize("kept", [20_000_000, 0])
def test_a_cancel_is_heard_while_it_is_explained(kept: int) -> None:
    dice, told = random.Random(5), list[float]()
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), a_rulebook(dice))

    def cancel(phase: str, part: float) -> None:
        if phase == "explaining":
            told.append(part)
            if part > 0.5:
                raise Enough

    with pytest.raises(Enough):
        Matchmaker(EngineSolver(edges=1), most_kept=kept).propose(problem, cancel)

    assert told == sorted(told)
    assert len(told) > len(problem.mentees)


def test_the_same_people_get_the_same_answer_again() -> None:
    dice = random.Random(5)
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), a_rulebook(dice), seed="lot")

    answers = [Matchmaker(EngineSolver(edges=1), most_kept=0).propose_and_compare(problem, EngineComparer(edges=1))
               for _ in range(3)]  # fmt: skip

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0].pairs


@pytest.mark.parametrize("seed", range(60))
def test_who_competes_are_more_than_the_seats(seed: int) -> None:
    seating = a_random_seating(seed, most_people=12)
    seating, _ = lean_of(Seating(seating.grid, seating.seats, (1,) * len(seating.wanted)))
    held = EngineSolver().solve(seating, unwatched).pairs
    alone = set(range(len(seating.wanted))) - {mentee for mentee, _ in held}
    demand = demand_of(seating, held)

    contests = [demand.contest(one) for one in alone if demand.any_open(one)]

    assert all(one.mentees > one.seats > 0 for one in contests)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_windows_of_lists_end_where_whole_lists_do_also_with_ties(k: int) -> None:
    for seed in range(300):
        dice = np.random.default_rng((seed, k))
        scores = dice.integers(-1, 3, (dice.integers(1, 12), dice.integers(k, 8))).astype(np.int32)
        seats = dice.integers(0, 3, scores.shape[1])
        mentee, mentor = np.nonzero(scores >= 0)
        whole = stable(problem_of(len(scores), seats, mentee, mentor, scores[mentee, mentor]))
        offered = np.where(seats > 0, scores, np.int32(-1))

        mentor_of, _ = stable_scores(Table(*scores.shape, offered.__getitem__), seats, preferred(offered, k), UNWATCHED)

        assert mentor_of.tolist() == whole.mentor_of.tolist(), seed


@pytest.mark.feature("C7")
@pytest.mark.parametrize("seed", range(40))
def test_proposals_say_as_much_of_everybody(seed: int) -> None:
    dice = random.Random(seed)
    problem = Problem(a_side(dice, "m"), a_side(dice, "e"), a_rulebook(dice), seed="lot")

    whole, lean = (Matchmaker(EngineSolver(edges=1), most_kept=kept).propose(problem) for kept in (20_000_000, 0))

    assert (len(lean.pairs), lean.total) == (len(whole.pairs), whole.total)
    assert all(one.score == sum(reason.points for reason in one.reasons) for one in lean.pairs)


def test_an_answer_that_some_pair_outside_disproves_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    seating, _ = lean_of(a_seating([[5, 9], [8, 9]], [1, 1], [1, 1]))
    monkeypatch.setattr(Proof, "unproven", lambda *_: np.zeros(0, np.int32))

    with pytest.raises(Unproven, match="2 people or pairs are charged wrongly"):
        EngineSolver(edges=1).solve(seating, unwatched)


LIKED = {
    "all alike": lambda mentees, mentors: np.zeros((mentees, mentors), np.int32),
    "by all alike": lambda mentees, mentors: np.tile(np.arange(mentors, dtype=np.int32), (mentees, 1)),
    "in few steps": lambda mentees, mentors: np.tile(np.arange(mentors, dtype=np.int32) % 3, (mentees, 1)),
    "nearly alike": lambda mentees, mentors: np.random.default_rng(1).integers(0, 20, (mentees, mentors), np.int32)
    + 5 * np.arange(mentors, dtype=np.int32),
}  # fmt: skip


@pytest.mark.parametrize("liked", LIKED)
@pytest.mark.parametrize("seats", [1, 3])
def test_few_rounds_are_enough_where_everybody_likes_the_same(liked: str, seats: int) -> None:
    seating = a_seating(LIKED[liked](400, 200).tolist(), [seats] * 200, [1] * 400)

    solved = EngineSolver(edges=800).solve(lean_of(seating)[0], unwatched)

    assert solved.counts["rounds"] <= 8
    assert solved.counts["added"] <= 16_000


def of_edges(seating: Seating) -> int:
    """How many pairs were enough for the answer."""
    counts = EngineSolver(edges=1).solve(lean_of(seating)[0], unwatched).counts
    return counts["edges"] + counts["added"]


def test_an_aim_that_takes_too_many_pairs_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = set[str]()
    for seed in range(12):
        scores = np.random.default_rng(seed).integers(0, 99, (40, 40)).tolist()
        seating = a_seating(scores, [1] * 40, [1] * 40)
        whole = EngineComparer().compare(seating, unwatched).ways
        with monkeypatch.context() as patch:
            patch.setattr(checks, "MOST_EDGES", of_edges(seating))
            found = EngineComparer(edges=1).compare(lean_of(seating)[0], unwatched)
        left_out |= set(found.left_out)

        assert sorted([*found.left_out, *(one.objective for one in found.ways)]) == sorted(w.objective for w in whole)
        expected = [figures(one, len(whole) > 2) for one in whole if one.objective not in found.left_out]
        assert [figures(one, len(whole) > 2) for one in found.ways] == expected
    assert left_out


def test_what_takes_too_many_pairs_from_the_first_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    seating, _ = lean_of(a_seating([[5, 9], [8, 9]], [1, 1], [1, 1]))
    monkeypatch.setattr(checks, "MOST_EDGES", 1)

    with pytest.raises(TooManyPeople, match="2 edges; this solver takes 1"):
        EngineSolver(edges=1).solve(seating, unwatched)
    with pytest.raises(TooManyPeople):
        EngineComparer(edges=1).compare(seating, unwatched)


def test_each_look_at_all_pairs_says_how_far_it_is_and_hears_a_cancel() -> None:
    scores = np.zeros((40, 3), np.int32)
    seating, grid = lean_of(a_seating(scores.tolist(), [10, 10, 10], [1] * 40))
    looks: Mapping[str, Callable[[Lean], object]] = {
        "reading": lambda lean: lean.wants, "scoring": lambda lean: lean.windows(), "proving": lambda lean: lean.look(),
        "seating": lambda lean: stable_scores(lean.table, lean.seats, preferred(scores, 1), lean.watch)}  # fmt: skip
    for phase, look in looks.items():
        told = list[float]()
        look(Lean(seating, grid, Watch(lambda now, part, told=told, phase=phase: told.append(part) if now == phase  # type: ignore[misc]
                                       else None), 1))  # fmt: skip
        assert told[0] < told[-1] < 1, phase

        def cancel(now: str, part: float, phase: str = phase) -> None:
            if now == phase and part > 0:
                raise Enough

        with pytest.raises(Enough):
            look(Lean(seating, grid, Watch(cancel), 1))


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.slow
def test_a_run_out_of_time_never_promises_too_little(seed: int) -> None:
    seating, grid = lean_of(a_random_seating(seed, most_people=8))
    best = Lean(seating, grid, UNWATCHED, 1)
    most = worth_of(best, best.most_then_sum())

    for moments in range(1, 30):
        found = table_candidates(best.table, best.each, Crew(1, UNWATCHED))
        crew = Crew(1, Watch(deadline=moments, seconds=Ticks()))
        hunt = Hunt(best.table, best.seats.astype(np.int32), found, crew, best.wants)
        cut = hunt.best(best.goal, best.seat_worth)

        assert 0 <= most - worth_of(best, cut) <= cut.gap, moments


def worth_of(lean: Lean, found: Solution) -> int:
    """Of all seats and scores, mentee by mentee."""
    had = Counter(found.seats_mentee.tolist()).values()
    return found.total_score + lean.seat_worth * sum(sum(lean.hunt.steps - nth for nth in range(one)) for one in had)
