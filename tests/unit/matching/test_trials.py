"""Trials of other rules: what would change, said without changing anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest

from services.matching.adapters.engine_solver import EngineSolver
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.trials import Trials
from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.attempts import LEASE
from services.matching.domain.matchmaking.problem import Problem, Progress, Proposals
from services.matching.domain.matchmaking.rules_file import rulebook_from
from services.matching.domain.person import person_id
from services.matching.domain.programme import NotOpen, Programme
from services.matching.domain.programme_rules import DEFAULT, rulebook_of, with_known
from services.matching.domain.templates import TEMPLATES
from services.matching.domain.trial import Free, Trial, TrialState
from shared.kernel.alive import heard_by
from shared.kernel.errors import NotFound
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MONDAY, MatchingHouse
from tests.unit.surveys.calling import Caller

As = Callable[..., Caller]
WISHES_ALONE: dict[str, Any] = {"rules": [], "terms": [], "wishes": {"columns": ["wishes"], "points": [100]}}


@pytest.fixture
def as_(house: MatchingHouse) -> As:
    app = app_of(house)
    return lambda person=None, *roles: Caller(app, person, roles)


def tried(house: MatchingHouse, programme: Programme, rules: dict[str, Any]) -> Trial:
    trial = house.matching.trials.begin(programme.id, rules, by="carla")
    house.settle()
    return house.matching.trials.get(trial.id)


def test_the_same_rules_change_nothing_and_find_what_a_run_finds(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    run = house.a_proposed_run(programme)

    trial = tried(house, programme, DEFAULT)

    assert trial.difference
    assert run.found
    assert trial.difference.moved == 0
    assert trial.difference.now == trial.difference.tried
    assert (trial.difference.now.matched, trial.difference.now.total) == (run.found.matched, run.found.total)
    assert all(one.before for one in trial.difference.weakest)


def test_other_weights_say_who_would_have_another_partner(house: MatchingHouse) -> None:
    programme = house.a_full_programme()

    difference = tried(house, programme, WISHES_ALONE).difference

    assert difference
    assert difference.moved == 2
    assert (difference.tried.matched, difference.tried.total, difference.tried.best) == (3, 200, 100)
    assert [one.score for one in difference.weakest] == [0, 100, 100]


def test_a_trial_leaves_no_trace(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    before = len(house.told("mentoring.matching-runs.v1")), len(house.told("mentoring.programmes.v1"))

    tried(house, programme, WISHES_ALONE)

    assert (len(house.told("mentoring.matching-runs.v1")), len(house.told("mentoring.programmes.v1"))) == before
    assert house.matching.programmes.get(programme.id).state is ProgrammeState.RECRUITING
    assert not house.matching.runs.find(programme.id, 10, None).items
    assert house.matching.programmes.get(programme.id).plan == programme.plan


def test_those_are_tried_whom_a_run_would_take_now(house: MatchingHouse) -> None:
    programme, pairs = house.a_full_programme(), house.matching.pairs
    pairs.agree(pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla").id, "carla")

    difference, run = tried(house, programme, WISHES_ALONE).difference, house.a_proposed_run(programme)

    assert difference
    assert run.found
    assert (difference.free, difference.as_if_unpaired) == (Free(mentees=2, mentors=2, seats=2), False)
    assert (difference.now.matched, difference.now.total) == (run.found.matched, run.found.total)
    assert {one.mentee_id for one in difference.weakest} == {person_id("e2"), person_id("e3")}


def test_where_nobody_is_free_all_are_tried_as_if_unpaired(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)

    difference = tried(house, programme, DEFAULT).difference

    assert difference
    assert (difference.free, difference.as_if_unpaired) == (Free(), True)
    assert (difference.now.matched, difference.moved) == (3, 0)


def test_as_if_unpaired_only_those_whose_pair_has_ended_stay_apart(house: MatchingHouse) -> None:
    programme, pairs = house.a_full_programme(), house.matching.pairs
    asked, ended = (pairs.propose(programme.id, person_id("m1"), person_id(one), "carla") for one in ("e1", "e2"))
    pairs.agree(ended.id, "carla")
    pairs.close(ended.id, CloseReason.ENDED_EARLY, "carla")

    assert pairs.candidates.everybody(programme.id).former == {(ended.mentor_id, ended.mentee_id)}
    assert pairs.candidates.with_room(programme.id).former == {(one.mentor_id, one.mentee_id) for one in (asked, ended)}


def test_whatever_a_run_matches_can_be_tried(house: MatchingHouse) -> None:
    runs, trials = house.matching.runs.solving.matchmaker.solver, house.matching.trials.matchmaker.solver

    assert (trials, trials.most_pairs) == (runs, 200_000_000)  # type: ignore[attr-defined]


def test_a_trial_that_is_too_large_says_so(house: MatchingHouse) -> None:
    programme, trials = house.a_full_programme(), house.matching.trials
    small = Trials(trials.store, trials.programmes, trials.candidates, Matchmaker(EngineSolver(most_pairs=2)),
                   trials.quota, house.clock)
    trial = small.begin(programme.id, DEFAULT, by="carla")

    small.ring(trial.id, house.clock.now())

    assert (small.get(trial.id).state, small.get(trial.id).why) == (TrialState.FAILED, "matching-too-large")


def test_a_trial_that_dies_is_tried_once_more(house: MatchingHouse) -> None:
    trial = Trial.begin("t", "p", DEFAULT, "carla", MONDAY)

    trial.tick(MONDAY)
    trial.tick(MONDAY + LEASE)
    trial.tick(MONDAY + 2 * LEASE)

    assert (trial.state, trial.why, trial.attempts) == (TrialState.FAILED, "gave-up", 2)


def test_what_a_trial_found_is_gone_after_a_day_and_what_was_entered_is_not(house: MatchingHouse, as_: As) -> None:
    trial = tried(house, house.a_full_programme(), WISHES_ALONE)

    house.pass_time(days=1)

    found = as_("carla")("GET", f"/trials/{trial.id}").json
    assert (found["state"], found["why"], found["difference"]) == ("outdated", "outdated", None)
    assert found["rules"] == WISHES_ALONE


def test_a_trial_is_gone_after_a_month(house: MatchingHouse) -> None:
    trial = tried(house, house.a_full_programme(), DEFAULT)

    house.pass_time(days=1)
    house.pass_time(days=30)

    with pytest.raises(NotFound):
        house.matching.trials.get(trial.id)


def test_a_trial_forgets_whom_nobody_may_name_any_more(house: MatchingHouse) -> None:
    trial = tried(house, house.a_full_programme(), DEFAULT)

    assert house.matching.trials.forget(person_id("e1")) == 1

    left = house.matching.trials.get(trial.id).difference
    assert left
    assert len(left.weakest) == 2
    assert house.matching.trials.forget(person_id("e1")) == 0


def test_nobody_tries_rules_in_a_draft(house: MatchingHouse) -> None:
    draft = house.matching.programmes.copy(house.a_programme().id, "Next", MONDAY.date() + timedelta(days=365))

    with pytest.raises(NotOpen):
        house.matching.trials.begin(draft.id, DEFAULT, by="carla")


def test_a_coordinator_tries_rules_over_http(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_full_programme(), as_("carla")
    place = f"/programmes/{programme.id}"

    wrong = carla("POST", f"{place}/trials", {"rules": {"terms": [{"name": "x"}]}})
    made = carla("POST", f"{place}/trials", {"rules": WISHES_ALONE})
    house.settle()
    found = carla("GET", f"/trials/{made.json['id']}").json

    assert (wrong.status_code, wrong.json["code"]) == (422, "wrong-rules")
    assert (made.status_code, made.json["state"], found["state"]) == (202, "waiting", "solved")
    assert found["difference"]["tried"] == {"matched": 3, "unmatched": 0, "total": 200, "best": 100}
    assert as_("otto")("GET", f"/trials/{made.json['id']}").status_code == 404


def test_rules_are_shown_with_those_that_could_be_switched_on(house: MatchingHouse, as_: As) -> None:
    carla, place = as_("carla"), f"/programmes/{house.a_programme(template='onboarding-buddies').id}"

    found = carla("GET", f"{place}/rules").json

    assert found["always"] == ["reporting-line", "same-manager"]
    assert {one["name"]: one.get("off", False) for one in found["rules"]["terms"]} == {
        "department": False, "location": False, "interests": False, "values": False, "style-planning": False,
        "style-talking": False, "skills": True, "seniority": True}
    kept = carla("PATCH", place, {"rules": found["rules"]}, If_Match=f'"{found["version"]}"')
    assert kept.status_code == 200
    assert carla("GET", f"{place}/rules").json["rules"] == found["rules"]


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.code)
def test_what_could_be_switched_on_counts_nothing_until_it_is(one: Any) -> None:
    assert rulebook_of(with_known(one.rules)) == rulebook_of(one.rules)


def test_a_hard_rule_may_bear_the_name_of_a_known_term() -> None:
    own = {"rules": [{"kind": "must-share", "name": "department", "column": "department"}], "terms": []}

    known = with_known(own)

    assert "department" not in {one["name"] for one in known["terms"]}
    switched_on = {**known, "terms": [{**one, "off": False} for one in known["terms"]]}
    assert {one.name for one in rulebook_of(switched_on).terms} >= {"skills", "seniority"}


def test_wishes_without_points_of_their_own_show_the_usual_ones() -> None:
    wishes = {"wishes": {"columns": ["wishes"]}}

    assert with_known(wishes)["wishes"]["points"] == [3000, 2000, 1000]
    assert rulebook_of(with_known(wishes)) == rulebook_of(wishes)


def test_what_is_off_is_checked_all_the_same() -> None:
    off = {"kind": "equal", "name": "place", "column": "location", "points": 5, "off": True}

    assert rulebook_from({"terms": [off]}).terms == ()
    assert rulebook_from({"wishes": {"columns": ["w"], "off": True}}).wishes is None
    with pytest.raises(Exception, match="points"):
        rulebook_from({"terms": [{**off, "points": -1}]})


def test_of_what_one_person_tries_the_newest_is_solved(house: MatchingHouse) -> None:
    programme, trials = house.a_full_programme(), house.matching.trials
    older = [trials.begin(programme.id, DEFAULT, by="carla") for _ in range(3)]
    house.clock.set(house.clock.now() + timedelta(seconds=1))
    newest, other = (trials.begin(programme.id, DEFAULT, by=one) for one in ("carla", "otto"))

    house.settle()

    assert {(trials.get(one.id).state, trials.get(one.id).why) for one in older} == {(TrialState.FAILED, "superseded")}
    assert [trials.get(one.id).attempts for one in (*older, newest, other)] == [0, 0, 0, 1, 1]
    assert {trials.get(one.id).state for one in (newest, other)} == {TrialState.SOLVED}


class Slow:
    """A matchmaker that looks around in between."""

    def __init__(self, inner: Matchmaker, meanwhile: Callable[[], object]) -> None:
        self.inner, self.meanwhile = inner, meanwhile

    def propose(self, problem: Problem, progress: Progress) -> Proposals:
        found = self.inner.propose(problem, progress)
        self.meanwhile()
        progress("explaining", 1.0)
        return found


def slow(trials: Trials, meanwhile: Callable[[], object]) -> Trials:
    matchmaker = cast(Matchmaker, Slow(trials.matchmaker, meanwhile))
    return replace(trials, matchmaker=matchmaker, seconds=count(0, 2).__next__)


def test_a_trial_that_is_solved_stops_for_a_newer_one(house: MatchingHouse) -> None:
    programme, trials = house.a_full_programme(), house.matching.trials
    trial = trials.begin(programme.id, DEFAULT, by="carla")
    house.clock.set(house.clock.now() + timedelta(seconds=1))

    slow(trials, lambda: trials.begin(programme.id, DEFAULT, by="carla")).ring(trial.id, house.clock.now())

    assert (trials.get(trial.id).why, trials.get(trial.id).difference) == ("superseded", None)


def test_a_trial_that_is_solved_tells_how_far_it_is_and_that_it_lives(house: MatchingHouse) -> None:
    programme, trials = house.a_full_programme(), house.matching.trials
    trial, told, beats = trials.begin(programme.id, DEFAULT, by="carla"), [], []

    with heard_by(lambda: beats.append(None)):
        slow(trials, lambda: told.append(trials.get(trial.id))).ring(trial.id, house.clock.now())

    assert [one.progress.part for one in told] == sorted(one.progress.part for one in told)
    assert 0 < told[0].progress.part <= 0.5 < told[1].progress.part
    assert told[0].timers["solve"] == house.clock.now() + LEASE
    assert len(beats) > 3


def test_an_attempt_that_was_taken_for_dead_writes_nothing(house: MatchingHouse) -> None:
    programme, trials = house.a_full_programme(), house.matching.trials
    trial = trials.begin(programme.id, DEFAULT, by="carla")

    def another_takes_over() -> None:
        trials.store.change(trial.id, lambda one: one.take("another", house.clock.now() + LEASE))

    slow(trials, another_takes_over).ring(trial.id, house.clock.now())

    assert (trials.get(trial.id).state, trials.get(trial.id).holder) == (TrialState.WAITING, "another")


def test_a_trial_keeps_the_locks_as_a_run_does(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.matching.rulings.lock(programme.id, person_id("m2"), person_id("e1"), by="carla")
    run = house.a_proposed_run(programme)

    difference = tried(house, programme, WISHES_ALONE).difference

    assert difference
    assert run.found
    assert (difference.now.matched, difference.now.total) == (run.found.matched, run.found.total)
    assert difference.tried.total == 0
