"""Drafts that were overtaken: they are set aside, and what cannot be published any more is said before."""

from contextlib import closing
from pathlib import Path

import pytest

from services.matching.application import publishing
from services.matching.application.runs import rematch_run_id
from services.matching.contracts.closings import PartingReason
from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PairState
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from tests.unit.matching.house import COORDINATOR, MENTEES, MENTORS, MatchingHouse
from tests.unit.surveys.calling import PUBLIC_KEY, Caller

pytestmark = pytest.mark.feature("C6")
MO, EVA = person_id("m2"), person_id("e1")


def a_later_run(house: MatchingHouse, programme: Programme) -> MatchingRun:
    house.pass_time(minutes=1)
    return house.a_proposed_run(programme)


def publish(house: MatchingHouse, run: MatchingRun) -> None:
    house.matching.runs.publish(run.id)
    house.settle()


def state_of(house: MatchingHouse, run_id: str) -> tuple[RunState, str]:
    run = house.matching.runs.get(run_id)
    return run.state, run.why


def test_a_draft_is_set_aside_when_a_later_run_is_published(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    first = house.a_proposed_run(programme)
    second, third = a_later_run(house, programme), a_later_run(house, programme)

    publish(house, second)

    assert state_of(house, first.id) == (RunState.DISCARDED, "superseded")
    assert state_of(house, third.id) == (RunState.PROPOSED, "")


@pytest.mark.parametrize(("excluded", "state"), [
    (False, (RunState.DISCARDED, "superseded")), (True, (RunState.PROPOSED, ""))])
def test_a_run_that_is_still_solved_when_a_later_one_makes_pairs_is_set_aside(
        house: MatchingHouse, state: tuple[RunState, str], *, excluded: bool) -> None:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=MENTEES[:1])
    first = house.matching.runs.queue(programme.id)
    house.matching.runs.store.change(first.id, lambda one: one.take("slow", house.clock.now()))
    later = a_later_run(house, programme)
    if excluded:
        house.matching.rulings.exclude(programme.id, person_id("m1"), EVA, by="carla")
    publish(house, later)
    assert state_of(house, first.id)[0] is RunState.SOLVING

    house.pass_time(minutes=3)

    assert state_of(house, first.id) == state


def test_a_draft_stays_when_nothing_of_the_later_run_became_a_pair(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=MENTORS[:1], mentees=MENTEES[:1])
    first = house.a_proposed_run(programme)
    second = a_later_run(house, programme)
    house.matching.rulings.exclude(programme.id, person_id("m1"), EVA, by="carla")

    publish(house, second)

    assert state_of(house, first.id)[0] is RunState.PROPOSED


def a_rematch(house: MatchingHouse, programme: Programme) -> str:
    pair = house.pair_of(programme, "e1")
    house.matching.pairs.ask_for_rematch(pair.id, EVA, PartingReason.NO_FIT)
    house.settle()
    run = house.matching.runs.get(rematch_run_id(pair.id))
    assert (run.state, run.matched) == (RunState.PROPOSED, 1)
    return run.id


@pytest.mark.feature("C16")
@pytest.mark.parametrize("by_run", [True, False])
def test_a_rematch_is_set_aside_when_its_mentee_is_paired_otherwise(house: MatchingHouse, *, by_run: bool) -> None:
    programme = house.a_full_programme(mentors=[{**one, "capacity": "1"} for one in MENTORS], mentees=MENTEES[:1])
    house.a_published_run(programme)
    rematch = a_rematch(house, programme)

    if by_run:
        publish(house, a_later_run(house, programme))
    else:
        pair = house.matching.pairs.propose(programme.id, MO, EVA, COORDINATOR)
        house.matching.pairs.agree(pair.id, COORDINATOR)
        house.settle()

    assert state_of(house, rematch) == (RunState.DISCARDED, "superseded")


def test_what_cannot_become_a_pair_is_said_before_it_is_published(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    run = house.a_proposed_run(programme)
    [sits] = [one for one in house.matching.runs.proposals(run.id, 9, None).items if one.mentee_id == EVA]
    carla = Caller(make_app(house.matching, Settings(token_key=PUBLIC_KEY), house.backbone), COORDINATOR, ())
    assert carla("GET", f"/runs/{run.id}/publication").json == {
        "looked_at": 3, "refused_count": 0, "refused": [], "ending": 0}
    house.matching.rulings.exclude(programme.id, sits.mentor_id, EVA, by="carla")

    told = carla("GET", f"/runs/{run.id}/publication").json

    assert (told["looked_at"], told["refused_count"], told["ending"]) == (3, 1, 0)
    [refused] = told["refused"]
    assert (refused["proposal_id"], refused["code"], refused["rules"]) == (sits.id, "barred-by-rule", ["exclusion"])
    assert house.pairs(programme) == []


def test_what_cannot_become_a_pair_is_said_as_well_while_a_publication_waits(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.matching.programmes.change(programme.id, {"undo_minutes": 10}, None)
    run = house.a_proposed_run(programme)
    house.matching.runs.publish(run.id)
    first = house.matching.runs.proposals(run.id, 9, None).items[0]
    house.matching.rulings.exclude(programme.id, first.mentor_id, first.mentee_id, by="carla")

    found = house.matching.runs.publishing.foreseen(house.matching.runs.get(run.id))

    assert (found.looked_at, len(found.refused)) == (3, 1)


def test_of_a_large_run_the_first_are_looked_at(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "MOST_FORESEEN", 2)
    run = house.a_proposed_run(house.a_full_programme())

    assert house.matching.runs.publishing.foreseen(run).looked_at == 2


def test_proposals_by_hand_that_end_are_counted_before(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    run = house.a_proposed_run(programme)
    [sits] = [one for one in house.matching.runs.proposals(run.id, 9, None).items if one.mentee_id == EVA]
    house.matching.pairs.propose(programme.id, person_id("m1") if sits.mentor_id == MO else MO, EVA, COORDINATOR)

    foreseen = house.matching.runs.publishing.foreseen(run)

    assert (foreseen.looked_at, foreseen.refused, foreseen.ending) == (3, [], 1)
    publish(house, run)
    assert house.matching.summaries.of(programme.id).to_do["pairs_to_agree"] == 0
    assert house.matching.runs.publishing.foreseen(house.matching.runs.get(run.id)).looked_at == 0


def test_a_proposal_by_hand_of_two_whom_the_run_pairs_is_counted_though_both_have_seats_left(house: MatchingHouse
                                                                                            ) -> None:
    roomy = [{**one, "capacity": "3"} for one in (*MENTORS[:1], *MENTEES[:1])]
    programme = house.a_full_programme(mentors=roomy[:1], mentees=roomy[1:])
    run = house.a_proposed_run(programme)
    house.matching.pairs.propose(programme.id, person_id("m1"), EVA, COORDINATOR)
    house.settle()

    foreseen = house.matching.runs.publishing.foreseen(run)

    publish(house, run)
    assert [one.state for one in house.pairs(programme)].count(PairState.CLOSED) == foreseen.ending == 1


def test_a_proposal_by_hand_of_another_programme_is_counted_where_the_seat_in_the_organisation_goes(tmp_path: Path
                                                                                                  ) -> None:
    with closing(MatchingHouse(tmp_path, mentor_seats=1)) as house:
        one, other = (house.a_full_programme(mentors=MENTORS[:1], mentees=MENTEES[:1]) for _ in range(2))
        run = house.a_proposed_run(one)
        house.matching.pairs.propose(other.id, person_id("m1"), EVA, COORDINATOR)
        house.settle()

        foreseen = house.matching.runs.publishing.foreseen(run)

        publish(house, run)
        assert (len(house.pairs(other)), foreseen.ending) == (1, 1)
        assert [one.state for one in house.pairs(other)] == [PairState.CLOSED]


def test_a_run_for_one_mentee_supersedes_no_run_for_everybody(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**one, "capacity": "2"} for one in MENTORS], mentees=MENTEES)
    house.a_published_run(programme)
    draft = a_later_run(house, programme)
    rematch = a_rematch(house, programme)

    publish(house, house.matching.runs.get(rematch))

    assert state_of(house, draft.id)[0] is RunState.PROPOSED
