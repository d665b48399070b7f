"""What is said about pairs and about everybody without one."""

import pytest

from services.matching.domain.matchmaking.hard_rules import MustShare
from services.matching.domain.matchmaking.people import Role
from services.matching.domain.matchmaking.problem import Proposals
from services.matching.domain.matchmaking.rules import Rulebook, Seats
from services.matching.domain.matchmaking.terms import Same
from services.matching.domain.matchmaking.wishes import Wishes
from tests.unit.matching.matchmaking.builders import SKILLS, WISHES, a_person, a_problem, proposals

LANGUAGE = MustShare(name="language", mentor="languages", mentee="languages")
TWO = Seats(name="mentors", side=Role.MENTEE, default=2)
WISHES_OF_FOUR = Wishes(side=Role.MENTEE, columns_of_wishes=("wishes",), points=(3000, 2000, 1000, 500))


def without(found: Proposals) -> dict[str, tuple[str, dict[str, object]]]:
    return {one.person_id: (one.code, dict(one.params)) for one in found.unmatched}


@pytest.mark.feature("C7")
def test_a_score_is_the_sum_of_its_reasons_strongest_first() -> None:
    place = Same(name="place", mentor="place", mentee="place", points=1000)
    rulebook = Rulebook(terms=(place, SKILLS), wishes=WISHES)
    mentor = a_person("m", skills="a;b", place="Berlin")
    mentee = a_person("e", skills="A; c", place="berlin", wishes="x;m")

    [pair] = proposals(a_problem([mentor], [mentee], rulebook)).pairs

    assert [(one.criterion, one.points) for one in pair.reasons] == [("skills", 3000), ("wish", 2000), ("place", 1000)]
    assert pair.score == 6000
    assert dict(pair.reasons[0].params) == {"kind": "overlap", "shared": ["A"], "wanted": 2}
    assert pair.wish_rank == 2


def test_every_broken_wish_says_what_broke_it() -> None:
    mentors = [a_person("barred", languages="de"), a_person("none", seats=0), a_person("taken"), a_person("rest")]
    mentees = [
        a_person("e", languages="en", wishes="gone; barred; none; taken"),
        a_person("f", skills="x", languages="de", wishes="taken"),
    ]
    rulebook = Rulebook(hard_rules=(LANGUAGE,), terms=(SKILLS,), wishes=WISHES_OF_FOUR)

    pair = proposals(a_problem(mentors, mentees, rulebook)).pairs[0]

    assert pair.mentor_id == "rest"
    assert [(one.rank, one.wished, one.code) for one in pair.broken_wishes] == [
        (1, "gone", "unknown"),
        (2, "barred", "barred"),
        (3, "none", "no-seats"),
        (4, "taken", "seats-taken"),
    ]
    assert pair.broken_wishes[1].params == {"rule": "language"}


def test_a_wish_after_the_mentor_given_or_granted_as_well_is_not_broken() -> None:
    mentors = [a_person(name) for name in ("a", "b", "c")]
    mentee = a_person("e", wishes="a; b; c")
    rulebook = Rulebook(wishes=WISHES, mentors_per_mentee=TWO)

    found = proposals(a_problem(mentors, [mentee], rulebook))

    assert [(pair.mentor_id, pair.wish_rank, pair.broken_wishes) for pair in found.pairs] == [
        ("a", 1, ()),
        ("b", 2, ()),
    ]


def test_a_mentee_whom_rules_leave_nobody_is_told_which_removed_most() -> None:
    mentors = [a_person("m1", languages="de"), a_person("m2", languages="fr"), a_person("e", languages="en")]

    found = proposals(a_problem(mentors, [a_person("e", languages="en")], Rulebook(hard_rules=(LANGUAGE,))))

    mentee, mentor, *_ = found.unmatched
    assert (mentee.code, mentee.params) == ("none-allowed", {"rule": "language", "removed": 2, "of": 3})
    assert (mentor.code, mentor.params) == ("none-allowed", {"rule": "language", "removed": 1, "of": 1})


def test_an_over_demanded_mentee_is_told_who_competes() -> None:
    mentors = [a_person("m1", languages="en"), a_person("m2", languages="en"), a_person("de", languages="de")]
    mentees = [a_person(f"e{place}", languages="en") for place in range(4)] + [a_person("d", languages="de")]

    found = proposals(a_problem(mentors, mentees, Rulebook(hard_rules=(LANGUAGE,))))

    assert len(found.pairs) == 3
    assert set(dict(found.unmatched[0].params).items()) == {("mentees", 4), ("mentors", 2), ("seats", 2)}
    assert [one.code for one in found.unmatched] == ["over-demanded"] * 2


def test_a_chain_of_moves_that_leads_nowhere_is_counted_whole() -> None:
    mentors = [a_person("m1", languages="a"), a_person("m2", languages="a; b")]
    mentees = [a_person("e1", languages="a"), a_person("e2", languages="b"), a_person("e3", languages="b")]

    found = proposals(a_problem(mentors, mentees, Rulebook(hard_rules=(LANGUAGE,))))

    [alone] = found.unmatched
    assert alone.params == {"mentees": 2, "mentors": 1, "seats": 1}


def test_everybody_else_without_has_a_reason_too() -> None:
    mentors = [a_person("none", seats=0), a_person("idle"), a_person("m")]
    mentees = [a_person("e", seats=1, wishes="m"), a_person("no", seats=0)]

    found = proposals(a_problem(mentors, mentees, Rulebook(wishes=WISHES)))

    assert without(found) == {
        "no": ("none-wanted", {}),
        "none": ("no-capacity", {}),
        "idle": ("not-needed", {"allowed": 2}),
    }


def test_seats_that_nobody_offers_are_the_reason() -> None:
    found = proposals(a_problem([a_person("m", seats=0)], [a_person("e")], Rulebook()))

    assert without(found)["e"] == ("no-seats", {"allowed": 1})


def test_fewer_mentors_than_wanted_is_said() -> None:
    found = proposals(a_problem([a_person("m")], [a_person("e")], Rulebook(mentors_per_mentee=TWO)))

    assert without(found) == {"e": ("fewer-than-wanted", {"got": 1, "wanted": 2})}


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 0), (0, 2), (2, 0)])
def test_an_empty_side_is_an_answer(mentors: int, mentees: int) -> None:
    problem = a_problem(
        [a_person(f"m{one}") for one in range(mentors)],
        [a_person(f"e{one}") for one in range(mentees)],
        Rulebook(hard_rules=(LANGUAGE,), terms=(SKILLS,), wishes=WISHES),
    )

    found = proposals(problem)

    assert not found.pairs
    assert [one.code for one in found.unmatched] == ["nobody-there"] * (mentors + mentees)


def test_the_order_of_people_does_not_decide() -> None:
    mentors, mentees = [a_person(f"m{one}") for one in range(5)], [a_person(f"e{one}") for one in range(5)]

    one = proposals(a_problem(mentors, mentees, Rulebook()))
    other = proposals(a_problem(mentors[::-1], mentees[::-1], Rulebook()))

    assert one.pairs == other.pairs[::-1]


def test_a_seed_favours_other_people() -> None:
    mentors, mentees = [a_person("m")], [a_person(f"e{one}") for one in range(9)]

    found = {
        proposals(a_problem(mentors, mentees, Rulebook(), seed=str(seed))).pairs[0].mentee_id for seed in range(40)
    }

    assert len(found) > 4


def test_the_same_input_gives_the_same_bytes_prices_and_all() -> None:
    mentors = [a_person(f"m{one}", skills="a;b" if one % 2 else "b") for one in range(6)]
    mentees = [a_person(f"e{one}", skills="a" if one % 3 else "b") for one in range(9)]

    one, other = (proposals(a_problem(people, mentees, Rulebook(terms=(SKILLS,)), seed="s"))
                  for people in (mentors, mentors[::-1]))

    assert repr((one.pairs, one.solver, one.counts)) == repr((other.pairs, other.solver, other.counts))
    assert all(pair.utility + pair.price == pair.score for pair in one.pairs)
    assert any(pair.price for pair in one.pairs)
