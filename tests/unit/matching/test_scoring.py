"""Scores of mentors' applications, gaps that become training, and new weights that score everybody anew."""

from dataclasses import replace
from typing import Any

import pytest

from services.community.contracts.training import TrainingCompleted
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import PARTICIPANTS, ParticipantState, Role
from services.matching.domain.application import Application
from services.matching.domain.chunk import CHUNK
from services.matching.domain.person import person_id
from services.matching.domain.profile import BadProfile, Criterion, Profile, Scored, Wants, with_points
from services.matching.domain.programme import Programme
from services.matching.domain.scoring import Scoring, ScoringState, scoring_id
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_applications import ANNA, BEN, OFFERED, an_application, decided, people

GAPS = ("experienced", "has-time", "listens", "gives-feedback")
"""Of what `OFFERED` says, and does not say."""


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


def scored(house: MatchingHouse, application: str) -> Scored:
    found = house.matching.applications.get(application).scored
    assert found
    return found


def weighed(programme: Programme, **points: int) -> Profile:
    """The profile with other weights; 0 takes a criterion out."""
    return Profile(criteria=tuple(
        replace(one, points=points.get(one.code, one.points))
        for one in programme.plan.profile.criteria if points.get(one.code, one.points)))


def judge_by(house: MatchingHouse, programme: Programme, profile: Profile) -> None:
    house.matching.programmes.change(programme.id, {"profile": profile}, None)
    house.settle()


def told_gaps(house: MatchingHouse) -> list[list[str]]:
    return [(one.data or {})["gaps"] for one in house.world.heard(PARTICIPANTS.name)
            if one.type == "mentoring.participant-approved.v1"]


@pytest.mark.feature("B6")
@pytest.mark.feature("S2.3")
def test_a_mentors_application_has_a_score_and_gaps_once_it_is_submitted(house: MatchingHouse,
                                                                        programme: Programme) -> None:
    mentor, mentee = an_application(house, programme, role=Role.MENTOR), an_application(house, programme, BEN)

    found = scored(house, mentor)

    assert {one.code: one.points for one in found.terms} == {
        "willing": 20, "experienced": 0, "has-time": 0, "much-to-give": 20, "listens": 0, "gives-feedback": 0}
    assert (found.score, found.best, found.gaps) == (40, 100, GAPS)
    assert house.matching.applications.get(mentee).scored is None


def test_a_draft_is_not_scored_and_neither_is_one_that_is_written_anew(house: MatchingHouse,
                                                                       programme: Programme) -> None:
    applications, one = house.matching.applications, an_application(house, programme, role=Role.MENTOR)
    applications.withdraw(one)

    applications.write(programme.id, ANNA, Role.MENTOR, {**OFFERED, "listening": "5"})

    assert applications.get(one).scored is None
    applications.submit(one)
    assert scored(house, one).score == 55


@pytest.mark.feature("B6")
def test_an_approval_tells_the_gaps_with_their_training_and_no_score(house: MatchingHouse,
                                                                     programme: Programme) -> None:
    decided(house, programme, [an_application(house, programme, role=Role.MENTOR)])

    [approved] = [one for one in house.world.heard(PARTICIPANTS.name) if "approved" in one.type]
    data = approved.data or {}
    assert data["gaps"] == [*GAPS]
    assert {"gap": "listens", "module": "active-listening"} in data["training"]
    assert not {"score", "scored", "terms", "points", "best"} & set(data)


@pytest.mark.feature("B6")
def test_new_weights_score_everybody_anew_by_the_worker_and_not_in_the_request(house: MatchingHouse,
                                                                              programme: Programme) -> None:
    mine, his = (an_application(house, programme, who, Role.MENTOR) for who in (ANNA, BEN))
    decided(house, programme, [mine])

    house.matching.programmes.change(programme.id, {"profile": weighed(programme, willing=70, listens=0)}, None)
    before = scored(house, mine)
    house.settle()

    assert (before.number, before.score) == (1, 40)
    assert [(scored(house, one).number, scored(house, one).score) for one in (mine, his)] == [(2, 90), (2, 90)]
    assert told_gaps(house) == [[*GAPS], ["experienced", "has-time", "gives-feedback"]]
    assert house.matching.participants.get(mine).training == scored(house, mine).training


def test_other_weights_with_the_same_gaps_are_no_news_for_anybody(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme, role=Role.MENTOR)
    decided(house, programme, [application])

    judge_by(house, programme, weighed(programme, willing=70))

    assert scored(house, application).score == 90
    assert told_gaps(house) == [[*GAPS]]


def test_the_same_profile_again_scores_nobody(house: MatchingHouse, programme: Programme) -> None:
    judge_by(house, programme, programme.plan.profile)

    assert list(house.matching.scorings.store.each({})) == []


@pytest.mark.feature("B6")
def test_hundreds_are_scored_in_bounded_steps(house: MatchingHouse, programme: Programme) -> None:
    made = [Application(id=f"a{number:04}", programme_id=programme.id, person_id=f"p{number}", role=Role.MENTOR,
                        state=ApplicationState.SUBMITTED, answers=OFFERED, submitted_at=house.clock.now())
            for number in range(2 * CHUNK + 1)]
    house.matching.applications.store.add_many(made)
    job = house.matching.scorings.store.add(Scoring.begin(programme.id, 1, house.clock.now()))

    looked_at = []
    for _ in range(4):
        house.matching.scorings.ring(job.id, house.clock.now())
        looked_at.append(house.matching.scorings.store.get(job.id).looked_at)

    assert looked_at == [CHUNK, 2 * CHUNK, 2 * CHUNK + 1, 2 * CHUNK + 1]
    assert house.matching.scorings.store.get(job.id).state is ScoringState.DONE
    assert {scored(house, one.id).score for one in made} == {40}


@pytest.mark.slow
@pytest.mark.feature("B6")
@pytest.mark.parametrize("writes", range(1, 15))
def test_scoring_killed_after_any_write_scores_everybody_once(house: MatchingHouse, writes: int) -> None:
    names = ("anna", "ben", "cleo")
    people(house, *names)
    programme = house.a_programme()
    ids = [an_application(house, programme, person_id(one), Role.MENTOR) for one in names]
    decided(house, programme, ids)
    house.matching.programmes.change(programme.id, {"profile": weighed(programme, listens=0)}, None)

    killed_after(house, writes)
    revived(house)

    job = house.matching.scorings.store.get(scoring_id(programme.id, 2))
    assert (job.state, job.looked_at) == (ScoringState.DONE, 3)
    assert [scored(house, one).number for one in ids] == [2, 2, 2]
    assert told_gaps(house) == [[*GAPS]] * 3 + [["experienced", "has-time", "gives-feedback"]] * 3


def test_an_older_profile_never_overwrites_what_a_newer_one_found(house: MatchingHouse, programme: Programme) -> None:
    application, old = an_application(house, programme, role=Role.MENTOR), programme.profile
    judge_by(house, programme, weighed(programme, willing=70))

    late = house.matching.applications.store.change(application, lambda one: one.score(old, 1, house.clock.now()))

    assert late.scored
    assert (late.scored.number, late.scored.score) == (2, 90)


def test_what_was_submitted_while_the_profile_changed_is_scored_by_the_new_one(house: MatchingHouse,
                                                                              programme: Programme) -> None:
    application = house.matching.applications.write(programme.id, ANNA, Role.MENTOR, OFFERED).id
    house.matching.applications.submit(application)
    house.matching.programmes.change(programme.id, {"profile": weighed(programme, willing=70)}, None)
    job = house.matching.scorings.store.add(Scoring.begin(programme.id, 2, house.clock.now()))
    house.matching.scorings.store.change(job.id, lambda one: one.move_on("", []))  # has passed by already

    house.settle()

    assert scored(house, application).number == 2


def test_a_field_that_nobody_is_asked_any_more_does_not_count_and_all_are_scored_anew(house: MatchingHouse,
                                                                                      programme: Programme) -> None:
    application = an_application(house, programme, role=Role.MENTOR)
    form = replace(programme.form, fields=tuple(one for one in programme.form.fields if one.key != "hurdles"))

    house.matching.programmes.change(programme.id, {"form": form}, None)
    house.settle()

    assert (scored(house, application).best, scored(house, application).gaps) == (70, ("listens", "gives-feedback"))


def test_a_profile_looks_only_at_what_the_form_asks_of_mentors(house: MatchingHouse, programme: Programme) -> None:
    odd = Criterion(code="odd", key="goals", wants=Wants.NAMES, points=5, module="mentor-role", labels={"en": "Odd"})

    with pytest.raises(BadProfile, match="odd: choose a field"):
        house.matching.programmes.change(programme.id, {"profile": Profile(criteria=(odd,))}, None)


def test_whoever_left_or_was_forgotten_learns_nothing_more(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme, role=Role.MENTOR)
    decided(house, programme, [application])
    house.matching.people.leave(ANNA)
    house.settle()
    house.matching.applications.forget(ANNA)
    house.matching.participants.store.change(application, lambda one: one.forget())

    judge_by(house, programme, weighed(programme, listens=0))

    participant = house.matching.participants.get(application)
    assert (participant.state, participant.training) == (ParticipantState.LEFT, ())
    assert house.matching.applications.get(application).scored is None
    assert told_gaps(house) == [[*GAPS]]


def test_whoever_takes_part_no_more_is_told_no_other_gaps(house: MatchingHouse, programme: Programme) -> None:
    application = an_application(house, programme, role=Role.MENTOR)
    decided(house, programme, [application])
    house.matching.people.leave(ANNA)
    house.settle()

    judge_by(house, programme, weighed(programme, listens=0))

    assert scored(house, application).number == 2
    assert told_gaps(house) == [[*GAPS]]


def test_two_workers_at_one_step_count_it_once(house: MatchingHouse, programme: Programme) -> None:
    job = Scoring.begin(programme.id, 2, house.clock.now())

    for _ in range(2):
        job.move_on("", ["a", "b"])

    assert (job.cursor, job.looked_at) == ("b", 2)


def test_whoever_comes_by_a_file_is_not_judged(house: MatchingHouse) -> None:
    house.a_full_programme(mentors=MENTORS)

    assert told_gaps(house) == [[]] * (len(MENTORS) + len(MENTEES))


def test_training_for_a_gap_opens_no_gate(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=MENTEES[:1])
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")

    def completed(**more: Any) -> int:
        house.tell(TrainingCompleted(assignment_id="a", person_id=pair.mentor_id, programme_id=programme.id,
                                     module="active-listening", due_on="2027-03-08", **more))
        return len(house.pair_of(programme, "e1").met)

    assert completed(pair_id="", gap="listens") == 0
    assert completed(pair_id="") == 1


def test_a_copied_cohort_has_the_same_profile(house: MatchingHouse, programme: Programme) -> None:
    judge_by(house, programme, weighed(programme, listens=0))

    copied = house.matching.programmes.copy(programme.id, "Next", house.clock.now().date())

    assert copied.plan.profile == weighed(programme, listens=0)


@pytest.mark.parametrize(("scored", "points"), [
    (None, 0), ({"number": 1, "terms": []}, 0), ({"number": 1, "terms": [{"points": 5}, {"points": 10}]}, 15)])
def test_an_application_that_was_stored_before_has_its_points(scored: dict[str, Any] | None, points: int) -> None:
    assert with_points({"_id": "one", "scored": scored}) == {"_id": "one", "scored": scored, "points": points}
