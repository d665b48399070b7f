"""Seats: nobody ever has more pairs than room for, however many ask at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle
from pathlib import Path
from threading import Barrier

import pytest

from services.matching import bootstrap
from services.matching.application import Matching
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.pairs import PairState
from services.matching.contracts.participants import Role
from services.matching.domain.couple import SamePerson
from services.matching.domain.participant import NotTakingPart
from services.matching.domain.person import person_id
from services.matching.domain.seats import AlreadyTogether, NoFreeSeat
from shared.kernel.ids import new_id
from shared.runtime.backbone import Backbone
from shared.runtime.engines import open_store
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse

MENTOR = {"id": "m", "name": "Mentor", "email": "m@example.org"}


def many(count: int) -> list[dict[str, str]]:
    return [{"id": f"e{n}", "name": f"E {n}", "email": f"e{n}@example.org"} for n in range(count)]


@pytest.mark.feature("B3")
@pytest.mark.slow
def test_200_accepts_at_once_never_exceed_a_capacity(house: MatchingHouse, tmp_path: Path) -> None:
    three_of_200_accepts_find_a_seat(house, f"sqlite:{tmp_path}?synchronous=NORMAL&min_free=0")


@pytest.mark.feature("B3")
@pytest.mark.slow
def test_nor_do_they_on_a_server(tmp_path: Path, mongo_url: str) -> None:
    url = f"{mongo_url.rstrip('/')}/v{new_id()[:8]}"
    with closing(MatchingHouse(tmp_path, url)) as house:
        three_of_200_accepts_find_a_seat(house, url)


def three_of_200_accepts_find_a_seat(house: MatchingHouse, store_url: str) -> None:
    """Asked in the same moment, half of them of another process's way to the store."""
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "3"}], mentees=many(200))
    mentor = person_id("m")
    pairs = [house.matching.pairs.propose(programme.id, mentor, person_id(f"e{n}"), "carla") for n in range(200)]

    everybody = Barrier(200)

    def accept(pair_id: str, here: Matching) -> str:
        everybody.wait()
        try:
            return here.pairs.agree(pair_id, "carla").state
        except NoFreeSeat as refusal:
            return refusal.code

    backbone = Backbone("matching", open_store(store_url, "matching"), house.log, house.clock)
    with closing(backbone), ThreadPoolExecutor(200) as pool:
        other = bootstrap.build(house.settings, backbone)
        answers = Counter(pool.map(accept, [pair.id for pair in pairs], cycle([house.matching, other])))

    assert answers == {"awaiting-training": 3, "no-free-seat": 197}
    assert sum(pair.state is PairState.AWAITING_TRAINING for pair in house.pairs(programme)) == 3


@pytest.mark.feature("B3")
def test_a_mentor_with_capacity_0_gets_nobody(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "0"}])

    run = house.a_proposed_run(programme)

    assert run.found
    assert (run.found.matched, run.found.unmatched) == (0, 3)
    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(programme.id, person_id("m"), person_id("e1"), "carla")


@pytest.mark.feature("B3")
def test_a_lower_capacity_keeps_the_pairs_that_exist(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "3"}])
    house.a_published_run(programme)

    house.bring(programme, Role.MENTOR, [{**MENTOR, "capacity": "1"}])

    assert [pair.state for pair in house.pairs(programme)] == [PairState.AWAITING_TRAINING] * 3
    assert house.matching.summaries.of(programme.id).free_seats == 0


@pytest.mark.feature("B3")
def test_who_has_less_room_than_pairs_gets_no_more_when_one_of_them_ends(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "3"}])
    house.a_published_run(programme)
    house.bring(programme, Role.MENTOR, [{**MENTOR, "capacity": "1"}])
    [first] = [pair for pair in house.pairs(programme) if pair.mentor_seat.endswith("#0")]

    house.matching.pairs.ask_for_rematch(first.id, first.mentee_id, PartingReason.NO_FIT)

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(programme.id, person_id("m"), first.mentee_id, "carla")


@pytest.mark.feature("B3")
def test_an_ended_pair_frees_its_seat(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "1"}])
    house.a_published_run(programme)
    [pair] = house.pairs(programme)
    other = next(one["id"] for one in MENTEES if person_id(one["id"]) != pair.mentee_id)

    house.matching.pairs.ask_for_rematch(pair.id, pair.mentee_id, PartingReason.NO_FIT)
    successor = house.matching.pairs.propose(programme.id, pair.mentor_id, person_id(other), "carla")

    assert house.matching.pairs.agree(successor.id, "carla").state is PairState.AWAITING_TRAINING


def test_the_same_two_are_a_pair_once(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    first, second = (house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
                     for _ in range(2))
    house.matching.pairs.agree(first.id, "carla")

    with pytest.raises(AlreadyTogether):
        house.matching.pairs.agree(second.id, "carla")


@pytest.mark.feature("B4")
def test_nobody_is_paired_with_themselves(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.bring(programme, Role.MENTEE, [MENTORS[0]])

    run = house.a_proposed_run(programme)

    assert all(one.mentor_id != one.mentee_id for one in house.matching.runs.proposals(run.id, 50, None).items)
    with pytest.raises(SamePerson):
        house.matching.pairs.propose(programme.id, person_id("m1"), person_id("m1"), "carla")


@pytest.mark.feature("B4")
def test_a_mentor_who_is_also_a_mentee_has_pairs_on_both_sides(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.bring(programme, Role.MENTEE, [{**MENTORS[0], "manager": "x9"}])
    upwards = house.matching.pairs.propose(programme.id, person_id("m2"), person_id("m1"), "carla")
    downwards = house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")

    states = {house.matching.pairs.agree(one.id, "carla").state for one in (upwards, downwards)}

    assert states == {PairState.AWAITING_TRAINING}


def test_whoever_takes_no_part_is_paired_with_nobody(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    with pytest.raises(NotTakingPart):
        house.matching.pairs.propose(programme.id, person_id("e1"), person_id("e2"), "carla")


def test_a_run_that_finds_a_seat_taken_meanwhile_names_the_proposal(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTOR, "capacity": "3"}], undo_minutes=10)
    run = house.a_proposed_run(programme)
    house.matching.runs.publish(run.id)
    by_hand = house.matching.pairs.propose(programme.id, person_id("m"), person_id("e1"), "carla")
    house.matching.pairs.agree(by_hand.id, "carla")

    house.pass_time(minutes=10)

    done = house.matching.runs.get(run.id)
    assert (done.published, [one.code for one in done.refused]) == (2, ["no-free-seat"])
    assert len(house.pairs(programme)) == 3
