"""How well the pairs of a run fit and how full mentors are: measured when it is proposed and when it is swapped."""

import random

import pytest

from services.matching.application.measuring import Measuring
from services.matching.contracts.participants import Role
from services.matching.domain.person import person_id
from services.matching.domain.quality import LoadClass, Placed, Quality, loads_of, quality_of
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import COORDINATOR, MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.test_swaps import E1, M1, M2, found, swaps, two_and_two
from tests.unit.surveys.calling import Caller


def test_a_run_is_measured_as_its_pairs_say_one_by_one(house: MatchingHouse) -> None:
    dice, skills = random.Random(3), ["python", "sales", "leading", "sql", "law"]
    people = [[{"id": f"{letter}{n}", "name": f"{letter} {n}", "email": f"{letter}{n}@example.org", "capacity": "2",
                "manager": f"{letter}x{n}", column: "; ".join(dice.sample(skills, dice.randint(1, 3)))}
               for n in range(12)]
              for letter, column in (("m", "skills"), ("e", "goals"))]
    programme = house.a_full_programme(*people)
    house.matching.rulings.lock(programme.id, person_id("m3"), person_id("e3"), "carla")

    run = house.a_proposed_run(programme)

    pairs = house.matching.runs.proposals(run.id, 50, None).items
    mentors = {one.person_id for one in house.matching.participants.active(programme.id, Role.MENTOR)}
    judged = house.matching.pairs.candidates.among(programme.id, mentors, {one.mentee_id for one in pairs},
                                                   programme.plan)
    for one in pairs:
        better = sum(not judged.bars(mentor, one.mentee_id) and judged.score(mentor, one.mentee_id) > one.score
                     for mentor in mentors)
        assert one.rank == (0 if one.mentor_id == person_id("m3") and one.mentee_id == person_id("e3") else better + 1)
    assert run.found
    assert run.measured
    assert run.measured.histogram == run.found.histogram
    assert run.measured.lowest_5 == run.found.fairness.lowest_5
    assert (run.measured.pairs, run.measured.by_hand, run.edited) == (len(pairs), 1, None)
    assert sum(run.measured.ranks) == len(pairs) - 1


def test_swaps_change_how_it_is_now_and_not_how_it_was_found(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    before = run.measured

    after = swaps(house, run, E1, M2)

    pairs = house.matching.runs.proposals(run.id, 50, None).items
    assert before
    assert after.edited
    assert after.measured == before
    assert (before.by_hand, after.edited.by_hand) == (0, len(pairs))
    scores = sorted(one.score for one in pairs)
    assert (after.edited.curve[0], after.edited.curve[-1]) == (scores[0], scores[-1])
    assert (after.edited.pairs, after.edited.unmatched) == (after.matched, after.unmatched)
    assert swaps(house, after, E1, M1).edited != after.edited


def test_places_are_counted_with_what_pairs_hold_and_the_run_assigns(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "3"}, MENTORS[1]], mentees=MENTEES[:2])
    pair = house.matching.pairs.propose(programme.id, M1, E1, "carla")
    house.matching.pairs.agree(pair.id, "carla")

    run = house.a_proposed_run(programme)

    assert run.measured
    assert [(one.places, one.mentors, one.active) for one in run.measured.loads] == [(1, 1, 0), (3, 1, 1)]
    assert sum(one.assigned for one in run.measured.loads) == run.matched == 1
    assert sum(one.free for one in run.measured.loads) == 2


def test_a_run_of_an_earlier_release_is_swapped_without_being_measured(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    house.matching.runs.store.change(run.id, lambda one: setattr(one, "measured", None))

    assert swaps(house, run, E1, M2).edited is None


def test_no_page_counts_the_pairs_of_a_run(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    _, run = two_and_two(house)
    app = app_of(house)
    swaps(house, run, E1, M2)
    monkeypatch.setattr(Measuring, "of", None)

    body = Caller(app, COORDINATOR, ())("GET", f"/runs/{run.id}/quality").json

    assert (body["found"]["pairs"], body["now"]["by_hand"], body["best"]) == (2, 2, 104)
    assert body["found"]["by_places"] == [{"places": 1, "mentors": 2, "active": 0, "assigned": 2, "free": 0}]
    assert Caller(app, "otto", ())("GET", f"/runs/{run.id}/quality").status_code == 404
    assert found(house, run, E1).mentor_id == M1, "what the run found stays"


def test_figures_of_many_pairs_and_of_none() -> None:
    many = quality_of([Placed(score, rank) for score, rank in zip(range(100), [1, 2, 3, 4, 11] * 20, strict=True)], 7,
                      200, ())

    assert (many.lowest_5, many.lowest_10, many.weakest_tenth, many.curve[20]) == (4, 9, 4, 99)
    assert (many.ranks, many.histogram) == ((20, 20, 20, 20, 0, 20), (20,) * 5 + (0,) * 5)
    assert quality_of([], 3, 100, ()) == Quality(unmatched=3, histogram=(0,) * 10, ranks=(0,) * 6)
    assert quality_of([], 3, 100, ()).lowest_5 == 0


def test_mentors_beyond_ten_places_are_one_class_and_nobody_has_less_than_nothing_free() -> None:
    loads = loads_of({"a": 1, "b": 12, "c": 30, "d": 0}, {"a": 2, "b": 3}, {"b": 4, "gone": 1})

    assert loads == (LoadClass(0, 1, 0, 0, 0), LoadClass(1, 1, 2, 0, 0), LoadClass(10, 2, 3, 4, 35))
