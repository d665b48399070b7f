"""What a report says beside the pairs: other aims, what a seat more would bring, how groups fare."""

from dataclasses import replace

import pytest

from services.matching.adapters.engine_comparison import EngineComparer
from services.matching.adapters.report import report_page
from services.matching.adapters.report_words import REPORT
from services.matching.application.file_matching import Matched
from services.matching.domain.matchmaking.comparison import Comparison, Way
from services.matching.domain.matchmaking.fairness import fairness_of
from services.matching.domain.matchmaking.groups import groups_of
from services.matching.domain.matchmaking.people import Person
from services.matching.domain.matchmaking.problem import unwatched
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.matchmaking.scarcity import skills_of
from services.matching.domain.matchmaking.settled import Settled
from services.matching.domain.matchmaking.summary import percentile, summary_of
from services.matching.domain.suppression import Suppression
from tests.unit.matching.matchmaking.builders import SKILLS, a_person, a_problem, proposals
from tests.unit.matching.matchmaking.test_solver import a_seating

PLACES = Rulebook(terms=(SKILLS,))
SUPPRESSION = Suppression()


def of_place(place: str, count: int) -> list[Person]:
    return [a_person(f"{place}{one}", place=place) for one in range(count)]


def test_each_aim_gives_up_something_for_another() -> None:
    seating = a_seating([[9, 5, 1], [4, -1, -1], [-1, 7, -1]], [1, 1, 1], [1, 1, 1])

    compared = EngineComparer().compare(seating, unwatched)

    found = {one.objective: (one.pairs, one.total, one.lowest, one.regret, one.blocking) for one in compared.ways}
    assert found == {"participation": (3, 12, 1, 8, 1), "score": (2, 16, 7, 0, 0), "maximin": (3, 12, 1, 8, 1),
                     "minimax-regret": (3, 12, 1, 8, 1), "stable": (2, 16, 7, 0, 0)}  # fmt: skip
    assert all(one.proven for one in compared.ways)


def test_with_several_mentors_a_mentee_aims_for_one_are_left_out() -> None:
    seating = a_seating([[9, 5]], [1, 1], [2])

    compared = EngineComparer().compare(seating, unwatched)

    assert [(one.objective, one.pairs, one.blocking) for one in compared.ways] == [
        ("participation", 2, None), ("score", 2, None)]  # fmt: skip


def test_a_seat_that_somebody_lacks_is_worth_one_mentee_more() -> None:
    seating = a_seating([[9], [8]], [1], [1, 1])

    compared = EngineComparer().compare(seating, unwatched)

    assert 2 * compared.prices[0] > compared.person


def test_skills_are_in_the_order_of_what_a_seat_brings() -> None:
    mentors = [a_person("m", skills="Go; C", seats=1), a_person("n", skills="SQL", seats=2), a_person("o", skills="R")]
    mentees = [a_person("e", skills="go"), a_person("f", skills="go; sql"), a_person("g", skills="r")]
    comparison = Comparison((), 1000, {"m": 900, "n": 40, "o": 0})

    found = skills_of(a_problem(mentors, mentees, PLACES), comparison)

    assert [(one.name, one.wanted, one.person, one.points) for one in found] == [
        ("Go", 2, True, 0), ("SQL", 1, False, 40), ("R", 1, False, 0)]  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [({"A": 9, "B": 6, "C": 4, "D": 2}, ["A", "B"], 2), ({"A": 9, "B": 6, "C": 4}, ["A"], 2), ({"A": 4}, [], 1),
     ({"A": 9, "B": 6, "C": 2, "D": 1}, ["A"], 3), ({"A": 6, "B": 5}, ["A", "B"], 0)],
)  # fmt: skip
def test_no_group_is_shown_of_which_somebody_could_be_known(sizes: dict[str, int], shown: list[str], hidden: int
                                                             ) -> None:  # fmt: skip
    problem = a_problem([a_person("m", seats=3)], [one for name in sizes for one in of_place(name, sizes[name])],
                        PLACES)  # fmt: skip

    found = groups_of(problem, proposals(problem), "place", SUPPRESSION)

    assert [one.name for one in found.shown] == shown
    assert found.hidden == hidden


def test_a_group_has_its_own_mean_and_share() -> None:
    mentees = [a_person(f"e{one}", skills="a" if one < 3 else "z", place=" berlin") for one in range(6)]
    problem = a_problem([a_person("m", skills="a", seats=4)], mentees, PLACES)

    [group] = groups_of(problem, proposals(problem), "place", SUPPRESSION).shown

    assert (group.name, group.mentees, group.with_mentor, group.mean) == ("berlin", 6, 4, 4500)


def test_what_says_nothing_of_how_two_fit_is_in_no_figure() -> None:
    mentees = [a_person(f"e{one}", skills="a", place="berlin") for one in range(5)]
    problem = a_problem([a_person("m", skills="a", seats=5)], mentees, PLACES)
    settled = Settled(name="settled", mentor="", mentee="", points=40, couples=frozenset({("m", "e1")}))
    book = replace(problem.rulebook, terms=(*problem.rulebook.terms, settled))
    kept = replace(problem, rulebook=book)

    found, before = proposals(kept), proposals(problem)

    assert found.total == before.total + 40
    assert groups_of(kept, found, "place", SUPPRESSION) == groups_of(problem, before, "place", SUPPRESSION)
    assert fairness_of(kept, found, ["place"], SUPPRESSION) == fairness_of(
        problem, before, ["place"], SUPPRESSION)
    assert summary_of(kept, found) == summary_of(problem, before)


@pytest.mark.parametrize(("scores", "expected"), [([], 0), ([7], 7), (list(range(1, 101)), 5), (list(range(20)), 0)])
def test_the_fifth_percentile_is_a_score_that_was_given(scores: list[int], expected: int) -> None:
    assert percentile(scores, 5) == expected


@pytest.mark.parametrize(("language", "sentence"), [("en", "Not shown, because there are too many people to solve it"),
                                                    ("de", "Nicht gezeigt, weil es für so viele Menschen nicht")])
def test_the_report_names_aims_that_are_left_out(language: str, sentence: str) -> None:
    problem = a_problem([a_person("m", skills="a")], [a_person("e", skills="a")], PLACES)
    way = Way("participation", 1, 1, 6000, 6000, 0, 0, proven=True)
    comparison = Comparison((way,), 1000, {"m": 0}, left_out=("maximin", "stable"))

    pages = [report_page(Matched(problem, proposals(problem), (), {}, one), language).decode()
             for one in (comparison, replace(comparison, left_out=()))]  # fmt: skip

    assert [sentence in page for page in pages] == [True, False]
    assert f"{REPORT[language]['way_maximin']}; {REPORT[language]['way_stable']}" in pages[0]
