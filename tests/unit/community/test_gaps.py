"""Gaps of mentors become training, one assignment each, and go when the gap goes."""

from dataclasses import replace
from typing import Any

import pytest

from services.community.domain.assignment import Assignment, AssignmentState
from services.community.domain.module import MODULES, OF_MENTORS
from services.matching.contracts.participants import (
    GapTraining,
    ParticipantApproved,
    ParticipantLeft,
    ParticipantState,
    Role,
)
from services.matching.domain.default_profiles import BUDDIES, CAREER, PEERS
from tests.unit.community.house import CommunityHouse

LISTENS, FEEDBACK = GapTraining("listens", "active-listening"), GapTraining("gives-feedback", "clear-feedback")
MENTOR = ParticipantApproved(application_id="application-1", programme_id="programme-1", person_id="mentor-1",
                             role=Role.MENTOR, state=ParticipantState.ACTIVE, capacity=1)


@pytest.fixture
def world(house: CommunityHouse) -> CommunityHouse:
    house.world.open_programme()
    return house


def approved(house: CommunityHouse, *training: GapTraining, **more: Any) -> None:
    gaps = tuple(one.gap for one in training)
    house.world.tell(replace(MENTOR, gaps=gaps, training=training, **more))
    house.settle()


def assignments(house: CommunityHouse) -> list[Assignment]:
    return sorted(house.community.training.store.each({}), key=lambda one: one.gap)


def standing(house: CommunityHouse) -> dict[str, str]:
    return {one.gap: one.state.value for one in assignments(house)}


@pytest.mark.feature("B6")
def test_each_gap_creates_a_training_assignment(world: CommunityHouse) -> None:
    approved(world, LISTENS, FEEDBACK)

    first, second = assignments(world)
    assert [(one.gap, one.module, one.person_id, one.pair_id) for one in (first, second)] == [
        ("gives-feedback", "clear-feedback", "mentor-1", ""), ("listens", "active-listening", "mentor-1", "")]
    assert (first.state, first.due_on) == (AssignmentState.ASSIGNED, "2027-03-31")
    told = world.world.heard("mentoring.training.v1")
    assert [((one.data or {})["gap"], (one.data or {})["pair_id"]) for one in told] == [
        ("listens", ""), ("gives-feedback", "")]


def test_nobody_without_a_gap_is_assigned_anything(world: CommunityHouse) -> None:
    approved(world)

    assert assignments(world) == []


def test_gaps_wait_for_their_programme(house: CommunityHouse) -> None:
    house.world.tell(replace(MENTOR, gaps=("listens",), training=(LISTENS,)))
    house.worker.settle()
    assert assignments(house) == []

    house.world.open_programme()
    house.settle()

    assert standing(house) == {"listens": "assigned"}


def test_a_gap_that_is_closed_by_other_weights_withdraws_its_training_and_brings_it_back(world: CommunityHouse) -> None:
    approved(world, LISTENS, FEEDBACK)
    approved(world, FEEDBACK)
    assert standing(world) == {"listens": "withdrawn", "gives-feedback": "assigned"}

    world.pass_days(10)
    approved(world, LISTENS, FEEDBACK)

    again = assignments(world)[1]
    assert (again.state, again.due_on, again.overdue) == (AssignmentState.ASSIGNED, "2027-04-10", False)
    assert [told for told, _ in world.told()] == ["assigned"] * 3


def test_what_was_learnt_stays_learnt(world: CommunityHouse) -> None:
    approved(world, LISTENS)
    world.community.training.complete(assignments(world)[0].id, "mentor-1")

    approved(world)
    approved(world, LISTENS)

    assert standing(world) == {"listens": "completed"}


def test_another_module_for_the_same_gap_takes_the_place_of_the_first(world: CommunityHouse) -> None:
    approved(world, LISTENS)
    approved(world, GapTraining("listens", "mentor-role"))

    assert {one.module: one.state.value for one in assignments(world)} == {
        "active-listening": "withdrawn", "mentor-role": "assigned"}


def test_a_module_that_nobody_here_knows_is_the_mentors_role(world: CommunityHouse) -> None:
    approved(world, GapTraining("odd", "from-a-newer-release"), GapTraining("joint", "joint-kick-off"))

    assert [one.module for one in assignments(world)] == ["mentor-role", "mentor-role"]


def test_whoever_leaves_has_nothing_to_learn_any_more(world: CommunityHouse) -> None:
    approved(world, LISTENS)

    left = {**vars(MENTOR), "state": ParticipantState.LEFT, "gaps": ("listens",), "training": (LISTENS,)}
    left.pop("by_application")
    world.world.tell(ParticipantLeft(**left))
    world.settle()

    assert standing(world) == {"listens": "withdrawn"}


def test_gaps_of_two_programmes_are_apart(world: CommunityHouse) -> None:
    world.world.open_programme(programme_id="programme-2")
    approved(world, LISTENS)
    approved(world, LISTENS, programme_id="programme-2", application_id="application-2")

    approved(world, programme_id="programme-2", application_id="application-2")

    assert sorted((one.programme_id, one.state.value) for one in assignments(world)) == [
        ("programme-1", "assigned"), ("programme-2", "withdrawn")]


def test_a_whole_delivery_repeated_changes_nothing(world: CommunityHouse) -> None:
    approved(world, LISTENS, FEEDBACK)
    approved(world, FEEDBACK)
    before = assignments(world)

    world.world.again()
    world.settle()

    assert assignments(world) == before


def test_the_end_of_a_pair_leaves_the_mentors_own_training(world: CommunityHouse) -> None:
    approved(world, LISTENS)
    world.create_pair()
    world.world.close_pair()
    world.settle()

    assert standing(world)["listens"] == "assigned"


def test_the_summary_counts_kick_offs_and_overdue_is_told_of_gaps_too(world: CommunityHouse) -> None:
    approved(world, LISTENS)
    world.create_pair()
    world.pass_days(31)

    summary = world.community.training.summary("programme-1")

    assert (summary.states["assigned"], summary.overdue) == (2, 2)
    assert world.told().count(("overdue", "mentor-1")) == 2


@pytest.mark.parametrize("profile", [BUDDIES, CAREER, PEERS])
def test_every_profile_to_begin_from_names_modules_there_are(profile: Any) -> None:
    assert {one.module for one in profile.criteria} <= {one.code for one in OF_MENTORS} < set(MODULES)
