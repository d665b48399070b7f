"""What keeps a proposal from becoming a pair, though it was possible when it was made."""

from collections.abc import Callable

import pytest

from services.matching.application.pairs import BarredByRule
from services.matching.contracts.pairs import PairState
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.test_moves import moved

M1, E1, E2 = (person_id(name) for name in ("m1", "e1", "e2"))
TOGETHER = {"kind": "must-share", "name": "same-place", "mentor": "location", "mentee": "location", "bar_blank": True}


def moves_under_the_mentor(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, E1, M1)


def has_the_mentors_boss(house: MatchingHouse, _programme: Programme) -> None:
    moved(house, E1, person_id("boss"))


def is_excluded(house: MatchingHouse, programme: Programme) -> None:
    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")


def has_another_rule_against_it(house: MatchingHouse, programme: Programme) -> None:
    house.matching.programmes.change(programme.id, {"rules": {"rules": [TOGETHER]}}, None)


Turn = Callable[[MatchingHouse, Programme], None]
TURNS = [moves_under_the_mentor, has_the_mentors_boss, is_excluded, has_another_rule_against_it]


def e1_is_proposed_to_m1(house: MatchingHouse) -> tuple[Programme, MatchingRun]:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=MENTEES[:1])
    run = house.a_proposed_run(programme)
    assert [(one.mentor_id, one.mentee_id) for one in house.matching.runs.proposals(run.id, 9, None).items] == [
        (M1, E1)]
    return programme, run


@pytest.mark.feature("C9")
@pytest.mark.feature("C3")
@pytest.mark.parametrize("turn", TURNS)
def test_whom_a_hard_rule_keeps_apart_since_the_run_is_published_to_nobody(house: MatchingHouse, turn: Turn) -> None:
    programme, run = e1_is_proposed_to_m1(house)
    turn(house, programme)

    house.matching.runs.publish(run.id)
    house.settle()

    [refused] = house.matching.runs.get(run.id).refused
    assert (refused.code, house.pairs(programme)) == ("barred-by-rule", [])


def test_the_others_of_the_run_become_pairs(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=MENTEES[:2])
    run = house.a_proposed_run(programme)
    is_excluded(house, programme)

    house.matching.runs.publish(run.id)
    house.settle()

    assert [pair.mentee_id for pair in house.pairs(programme)] == [E2]
    assert house.matching.runs.get(run.id).published == 1


@pytest.mark.feature("C9")
@pytest.mark.parametrize("by", [E1, "carla"])
@pytest.mark.parametrize("turn", TURNS)
def test_a_proposal_by_hand_is_not_agreed_to_once_a_hard_rule_stands_against_it(house: MatchingHouse, turn: Turn,
                                                                               by: str) -> None:
    programme = house.a_full_programme()
    pair = house.matching.pairs.propose(programme.id, M1, E1, "carla")
    house.matching.pairs.agree(pair.id, M1)
    turn(house, programme)

    with pytest.raises(BarredByRule):
        house.matching.pairs.agree(pair.id, by)

    assert house.matching.pairs.get(pair.id).state is PairState.ACCEPTED


def test_rules_are_looked_up_as_often_for_many_rows_as_for_few(house: MatchingHouse) -> None:
    mentees = [{**MENTEES[0], "id": f"g{place}", "email": f"g{place}@example.org"} for place in range(40)]
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "40"}], mentees=mentees)
    run, asked = house.a_proposed_run(programme), list[object]()
    documents, each = house.matching.rulings.store, type(house.matching.rulings.store).each

    def counted(store: object, where: object) -> object:
        asked.extend([where] * (store is documents))
        return each(store, where)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(documents), "each", counted)
        house.matching.runs.publish(run.id)
        house.settle()

    assert (house.matching.runs.get(run.id).published, len(asked)) == (40, 1)
