"""From the match to the first session: whoever still waits is counted as long as they have waited."""

from datetime import timedelta
from random import Random

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.first_session import FirstSessions, Point, first_sessions
from services.matching.domain.funnel import Funnel
from services.matching.domain.way import Step, Way
from services.surveys.contracts.journeys import Milestone, MilestoneReached, Traveller
from tests.unit.matching.house import MENTEES, MENTORS, MONDAY, MatchingHouse
from tests.unit.matching.test_funnel import counted
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

MENTEE = Role.MENTEE


def shares(found: FirstSessions) -> list[tuple[int, float, int]]:
    return [(one.day, round(one.share, 4), one.at_risk) for one in found.points]


def test_the_curve_of_a_textbook() -> None:
    """Remission of leukaemia under 6-MP, Freireich and others 1963, as every course on survival prints it."""
    found = first_sessions({6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1},
                           {6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1})

    assert [(day, round(1 - share, 3)) for day, share, _ in shares(found)] == [
        (6, 0.857), (7, 0.807), (10, 0.753), (13, 0.69), (16, 0.627), (22, 0.538), (23, 0.448)]
    assert [at_risk for *_, at_risk in shares(found)] == [21, 17, 15, 12, 11, 7, 6]
    assert (found.median_days, found.met, found.waiting) == (23, 9, 12)


def test_those_who_wait_make_the_wait_longer_than_those_who_met_alone() -> None:
    assert first_sessions({5: 2, 9: 1}, {}).median_days == 5
    assert first_sessions({5: 2, 9: 1}, {40: 3}).median_days == 9
    assert first_sessions({5: 2, 9: 1}, {40: 4}).median_days is None
    assert first_sessions({5: 2, 9: 1}, {3: 40}).median_days == 5, "who left before the first met says nothing of it"


@pytest.mark.parametrize(("met", "waiting", "marks"), [
    ({}, {}, (None, None)), ({}, {3: 2}, (None, None)), ({14: 1, 30: 1}, {}, (0.5, 1.0)),
    ({15: 1}, {}, (0.0, 1.0)), ({15: 1}, {20: 1}, (0.0, None)), ({}, {14: 1}, (0.0, None)),
    ({3: 1}, {30: 1}, (0.5, 0.5)), ({3: 1}, {2: 4}, (1.0, 1.0))])
def test_marks_say_who_has_met_by_then(met: dict[int, int], waiting: dict[int, int],
                                       marks: tuple[float | None, float | None]) -> None:
    found = first_sessions(met, waiting)

    assert (found.by(14), found.by(30)) == marks


def a_way(id: str, matched: int, met: int | None = None, parted: int | None = None) -> Way:
    way = Way(id=id, programme_id="p", role=MENTEE)
    told = [lambda: way.reach(Step.MATCHED, MONDAY + timedelta(days=matched))]
    if met is not None:
        told.append(lambda: way.reach(Step.MET, MONDAY + timedelta(days=met)))
    if parted is not None:
        told.append(lambda: way.part(MONDAY + timedelta(days=parted)))
    for tell in Random(id).sample(told * 2, len(told) * 2):
        tell()
    return way


def test_it_is_a_fold_of_events_in_any_order() -> None:
    funnel = counted(Funnel(id="p"), a_way("a", 0, met=12), a_way("b", 3, met=12), a_way("c", 5),
                     a_way("d", 2, parted=6))

    found = funnel.first_sessions(MENTEE, (MONDAY + timedelta(days=25)).date())

    assert shares(found) == [(9, round(1 / 3, 4), 3), (12, round(2 / 3, 4), 2)]
    assert (found.met, found.waiting, found.median_days, found.followed_days) == (2, 2, 12, 20)
    assert funnel.first_sessions(Role.MENTOR, MONDAY.date()) == FirstSessions(
        met=0, waiting=0, median_days=None, followed_days=None, points=())


def test_who_completes_has_met_by_then_and_is_no_loss() -> None:
    silent, told_late, told = a_way("a", 0), a_way("b", 0), a_way("c", 0)
    for way in (silent, told_late, told):
        way.part(MONDAY + timedelta(days=90))
        way.reach(Step.COMPLETED, MONDAY + timedelta(days=90))
    told_late.reach(Step.MET, MONDAY + timedelta(days=95))
    told.reach(Step.MET, MONDAY + timedelta(days=12))
    funnel = counted(Funnel(id="p"), silent, told_late, told)

    found = funnel.first_sessions(MENTEE, (MONDAY + timedelta(days=100)).date())

    assert (found.met, found.waiting) == (3, 0)
    assert shares(found) == [(12, round(1 / 3, 4), 3), (90, 1.0, 2)]
    met, completed = funnel.steps(MENTEE)[-2:]
    assert (met.count, met.came, met.lost) == (completed.count, completed.came, completed.lost) == (3, 3, 0)
    assert completed.days == 78, "of whom it is known when they had met"


def test_who_meets_after_all_waits_no_more_and_who_finds_another_waits_on() -> None:
    late, again = a_way("a", 0, parted=10), a_way("b", 0, parted=10)
    funnel = counted(Funnel(id="p"), late, again)
    late.reach(Step.MET, MONDAY + timedelta(days=9))
    again.reach(Step.MATCHED, MONDAY + timedelta(days=20))
    counted(funnel, late, again)

    found = funnel.first_sessions(MENTEE, (MONDAY + timedelta(days=100)).date())

    assert found.points == (Point(day=9, share=0.5, at_risk=2),)
    assert not any(name.endswith("waited 10") for name in funnel.counts)
    assert f"mentee waits {MONDAY.date()}" in funnel.counts


def test_a_first_session_is_heard_of_once_and_counted_for_both(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme(coordinator="carla")
    house.a_published_run(programme)
    pair, place = house.pairs(programme)[0], f"/programmes/{programme.id}"
    house.pass_time(days=8)
    for _ in range(2):
        house.tell(MilestoneReached(
            journey_id="j", pair_id=pair.id, programme_id=programme.id, milestone=Milestone.FIRST_SESSION,
            parties=(Traveller(pair.mentor_id, "mentor"), Traveller(pair.mentee_id, "mentee"))))
    house.pass_time(days=12)

    found = as_("carla").get(f"{place}/first-sessions").json
    assert (found["met"], found["waiting"], found["median_days"]) == (1, len(MENTEES) - 1, None)
    assert found["points"] == [{"day": 8, "share": pytest.approx(1 / 3), "at_risk": 3}]
    assert [one["share"] for one in found["marks"]] == [pytest.approx(1 / 3), None]
    [row] = as_("carla").get(f"{place}/funnel/people?role=mentor&step=met").json["items"]
    assert row["person_id"] == pair.mentor_id
    assert as_("a-stranger").get(f"{place}/first-sessions").status_code == 404


def test_rows_are_whom_a_figure_counts_a_page_at_a_time(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme(coordinator="carla")
    place = f"/programmes/{programme.id}/funnel"
    carla = as_("carla")

    for side in carla.get(place).json["sides"]:
        for step in side["steps"]:
            rows = carla.get(f"{place}/people?role={side['role']}&step={step['step']}").json["items"]
            assert len(rows) == step["count"], step
            assert all(one["person_id"] for one in rows)
    first = carla.get(f"{place}/people?role=mentor&step=approved&limit=1")
    assert len(first.json["items"]) == 1 < len(MENTORS)
    assert 'rel="next"' in first.headers["Link"]
    assert carla.get(f"{place}/people?role=mentor").status_code == 422
    assert as_("a-stranger").get(f"{place}/people?role=mentor&step=approved").status_code == 404
