"""Surveys over HTTP: who sees what, what may be changed, and what strangers are told."""

from dataclasses import replace

import pytest

from services.matching.contracts.programmes import Queue, Route
from services.surveys.contracts.cases import CaseEvent
from services.surveys.domain.check_in import CheckIn
from services.surveys.entrypoints.http import make_app
from tests.unit.surveys.calling import PUBLIC_KEY, Caller
from tests.unit.surveys.house import SurveysHouse
from tests.unit.surveys.test_ladder import cases, climb


class Callers:
    """Everybody who may want something of pair 1."""

    def __init__(self, house: SurveysHouse) -> None:
        app = make_app(house.surveys, replace(house.settings, token_key=PUBLIC_KEY), house.backbone)
        self.mentor, self.mentee = Caller(app, "mentor-1"), Caller(app, "mentee-1")
        self.coordinator, self.stranger = Caller(app, "coordinator-1"), Caller(app, "mentee-2")
        self.office, self.machine = Caller(app, "office-1", ("programme-office",)), Caller(app)
        self.anonymous = app.test_client()


@pytest.fixture
def callers(house: SurveysHouse) -> Callers:
    return Callers(house)


@pytest.fixture
def journey(house: SurveysHouse) -> str:
    house.start_pair("1")
    house.start_pair("2")
    return house.surveys.journeys.of_pair("pair-1").id


@pytest.fixture
def check_in(house: SurveysHouse, journey: str) -> CheckIn:
    house.pass_days(13)
    house.send_all()
    return house.open_one("mentee-1")


def test_the_two_and_the_coordinator_see_the_journey(callers: Callers, journey: str) -> None:
    for caller in (callers.mentor, callers.mentee, callers.coordinator, callers.office):
        answer = caller.get("/pairs/pair-1/journey")
        assert (answer.status_code, answer.json["id"]) == (200, journey)
    assert answer.json["state"] == "under-way"
    assert answer.json["started_at"] == "2027-03-01T08:00:00.000Z"


GETS = ("/pairs/pair-1/journey", "/pairs/pair-1/timeline", "/journeys/{journey}/check-ins", "/journeys/{journey}/goals",
        "/check-ins/{check_in}", "/programmes/programme-1/check-ins", "/programmes/programme-1/check-ins/summary",
        "/programmes/programme-1/cases")


@pytest.mark.parametrize("path", GETS)
def test_a_foreign_id_is_answered_like_a_wrong_one(callers: Callers, check_in: CheckIn, path: str) -> None:
    foreign = callers.stranger.get(path.format(journey=check_in.journey_id, check_in=check_in.id))
    wrong = callers.stranger.get(path.replace("-1", "-9").format(journey="none", check_in="none"))

    assert (foreign.status_code, foreign.data) == (404, wrong.data)


@pytest.mark.parametrize("path", GETS)
def test_nobody_comes_in_without_a_token(callers: Callers, path: str) -> None:
    assert callers.anonymous.get("/v1" + path).status_code == 401


def test_the_partner_does_not_see_the_others_check_in(callers: Callers, check_in: CheckIn) -> None:
    assert callers.mentor.get(f"/check-ins/{check_in.id}").status_code == 404
    assert callers.mentee.get(f"/check-ins/{check_in.id}").status_code == 200

    items = callers.mentor.get(f"/journeys/{check_in.journey_id}/check-ins").json["items"]
    assert {item["person_id"] for item in items} == {"mentor-1"}


def test_a_coordinator_who_is_one_of_the_two_sees_what_a_party_sees(
        house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    house.world.open_programme(coordinator_ids=("coordinator-1", "mentor-1"))
    house.settle()

    assert callers.mentor.get(f"/check-ins/{check_in.id}").status_code == 404


def test_an_answer_is_recorded_once_and_stays_changeable(
        house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    path = f"/check-ins/{check_in.id}/answer"

    first = callers.mentee("PUT", path, {"rating": 4, "met": True})
    again = callers.mentee("PUT", path, {"rating": 2, "comment": "We did not meet."})
    house.settle()

    assert (first.json["state"], first.json["answer"]["rating"]) == ("answered", 4)
    assert again.json["answer"] == {"rating": 2, "met": True, "progress": None, "comment": "We did not meet.",
                                    "comment_visible": None}
    assert house.told().count("check-in-answered") == 1


@pytest.mark.parametrize("body", [{}, {"rating": 0}, {"rating": 6}, {"rating": "5"}, {"rating": 5, "mood": 1},
                                  {"rating": 5, "progress": 9}, {"rating": 5, "met": "yes"}])
def test_an_answer_of_another_form_is_refused(callers: Callers, check_in: CheckIn, body: object) -> None:
    assert callers.mentee("PUT", f"/check-ins/{check_in.id}/answer", body).status_code == 422


def test_an_answer_to_an_older_version_is_refused_when_asked_to(callers: Callers, check_in: CheckIn) -> None:
    path = f"/check-ins/{check_in.id}/answer"
    tag = callers.mentee("PUT", path, {"rating": 4}).headers["ETag"]
    callers.mentee("PUT", path, {"rating": 3})

    assert callers.mentee("PUT", path, {"rating": 5}, If_Match=tag).status_code == 412


def test_nobody_answers_for_another(callers: Callers, check_in: CheckIn) -> None:
    for caller in (callers.mentor, callers.coordinator, callers.office, callers.machine):
        assert caller("PUT", f"/check-ins/{check_in.id}/answer", {"rating": 4}).status_code == 404


def test_a_closed_check_in_says_so(house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    house.clock.set(check_in.closes_at)

    answer = callers.mentee("PUT", f"/check-ins/{check_in.id}/answer", {"rating": 4})

    assert (answer.status_code, answer.json["code"]) == (409, "wrong-state")


@pytest.mark.parametrize(("visible", "read"), [(False, None), (True, "We did not meet.")])
def test_a_coordinator_reads_the_rating_and_the_comment_only_when_it_says_so(
        callers: Callers, check_in: CheckIn, visible: bool, read: str | None) -> None:
    callers.mentee("PUT", f"/check-ins/{check_in.id}/answer",
                   {"rating": 2, "comment": "We did not meet.", "comment_visible": visible})

    one = callers.coordinator.get(f"/check-ins/{check_in.id}").json["answer"]
    listed = callers.coordinator.get(f"/journeys/{check_in.journey_id}/check-ins").json["items"]

    assert (one["rating"], one["comment"]) == (2, read)
    assert [item["answer"]["comment"] for item in listed if item["answer"]] == [read]


def test_my_open_check_ins_come_page_by_page(house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    house.pass_days(19)

    first = callers.mentee.get("/me/check-ins?limit=1")
    rest = callers.mentee.get(first.headers["Link"].partition("<")[2].partition(">")[0].removeprefix("/v1"))
    open_ones = callers.mentee.get("/me/check-ins?state=open").json["items"]

    assert [item["period"] for item in first.json["items"] + rest.json["items"]] == [1, 2]
    assert [item["period"] for item in open_ones] == [2]


def test_machines_have_no_check_ins_of_their_own(callers: Callers, check_in: CheckIn) -> None:
    assert callers.machine.get("/me/check-ins").status_code == 403


def test_a_wrong_filter_is_refused(callers: Callers, check_in: CheckIn) -> None:
    assert callers.mentee.get("/me/check-ins?state=opened").status_code == 422


def test_either_of_the_two_sets_the_terms(house: SurveysHouse, callers: Callers, journey: str) -> None:
    path = f"/journeys/{journey}/agreement-terms"

    answer = callers.mentee("PUT", path, {"meetings_every_days": 14, "ends_on": "2027-12-31"})
    house.settle()

    assert answer.json["terms"]["meetings_every_days"] == 14
    [told] = house.world.heard("mentoring.journeys.v1")
    assert told.data
    assert (told.data["set_by"], told.data["ends_on"]) == ("mentee-1", "2027-12-31")
    assert callers.coordinator("PUT", path, {"meetings_every_days": 14}).status_code == 404


@pytest.mark.parametrize("body", [{"meetings_every_days": 0}, {"meetings_every_days": 14, "ends_on": "2027-02-30"},
                                  {"meetings_every_days": 14, "ends_on": "soon"}, {}])
def test_terms_of_another_form_are_refused(callers: Callers, journey: str, body: object) -> None:
    assert callers.mentee("PUT", f"/journeys/{journey}/agreement-terms", body).status_code == 422


def test_a_goal_is_added_once_under_its_key(house: SurveysHouse, callers: Callers, journey: str) -> None:
    path, wish = f"/journeys/{journey}/goals", {"title": "Speak up", "due_on": "2027-09-30"}

    first = callers.mentee("POST", path, wish, Idempotency_Key="key-1")
    again = callers.mentee("POST", path, wish, Idempotency_Key="key-1")
    other = callers.mentee("POST", path, {"title": "Listen"}, Idempotency_Key="key-1")
    house.settle()

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json == first.json
    assert callers.mentor.get(first.headers["Location"].removeprefix("/v1")).json["title"] == "Speak up"
    assert len(callers.mentee.get(path).json["items"]) == 1
    assert len(house.world.heard("mentoring.goals.v1")) == 1


def test_the_summary_is_the_coordinators(callers: Callers, check_in: CheckIn) -> None:
    answer = callers.coordinator.get("/programmes/programme-1/check-ins/summary")

    assert (answer.json["sent"], answer.json["delivered"], answer.json["answered"]) == (4, 4, 0)
    assert answer.json["states"]["open"] == 4
    assert callers.mentee.get("/programmes/programme-1/check-ins/summary").status_code == 404


def test_each_round_counts_its_own_rows(house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    callers.mentee("PUT", f"/check-ins/{check_in.id}/answer", {"rating": 4})
    house.pass_days(17)
    house.send_all()
    rounds = callers.coordinator.get("/programmes/programme-1/check-ins/summary").json["rounds"]
    listed = "/programmes/programme-1/check-ins?delivered=true"

    assert [(one["period"], one["answered"]) for one in rounds] == [(1, 1), (2, 0)]
    for one in rounds:
        place = f"{listed}&period={one['period']}&limit=200"
        assert len(callers.coordinator.get(place).json["items"]) == one["delivered"]
        assert len(callers.coordinator.get(f"{place}&state=answered").json["items"]) == one["answered"]
    assert callers.coordinator.get(f"{listed}&period=0").status_code == 422


def test_a_coordinator_sees_who_may_still_answer(house: SurveysHouse, callers: Callers, check_in: CheckIn) -> None:
    callers.mentee("PUT", f"/check-ins/{check_in.id}/answer", {"rating": 2, "comment": "between us"})
    house.pass_days(8)
    listed = "/programmes/programme-1/check-ins"

    overdue = callers.coordinator.get(f"{listed}?overdue=yes").json["items"]
    [answered] = callers.coordinator.get(f"{listed}?state=answered").json["items"]

    assert {one["state"] for one in overdue} == {"missed"}
    assert len(overdue) == callers.coordinator.get(f"{listed}/summary").json["overdue"] == 3
    assert (answered["answer"]["rating"], answered["answer"].get("comment")) == (2, None)
    house.pass_days(30)
    later = callers.coordinator.get(f"{listed}?overdue=yes").json["items"]
    assert not {one["id"] for one in overdue} & {one["id"] for one in later}


def test_a_coordinator_resolves_a_case(house: SurveysHouse, callers: Callers) -> None:
    climb(house)
    [case] = cases(house)
    listed = callers.coordinator.get("/programmes/programme-1/cases?state=raised").json["items"]
    assert [(item["topic"], item["person_id"], item["state"]) for item in listed] == [("silence", "mentee-1", "raised")]

    answer = callers.coordinator("POST", f"/cases/{case.id}/resolution", {"note": "We spoke."})
    house.settle()

    assert (answer.json["state"], answer.json["reason"], answer.json["note"]) == ("resolved", "handled", "We spoke.")
    assert callers.coordinator("POST", f"/cases/{case.id}/resolution", {}).status_code == 409
    assert not [event for event in house.world.heard(CaseEvent.topic) if "We spoke." in str(event.data)]


@pytest.mark.parametrize("who", ["mentor", "mentee", "stranger"])
def test_a_case_is_not_for_the_two(house: SurveysHouse, callers: Callers, who: str) -> None:
    climb(house)
    [case] = cases(house)
    caller: Caller = getattr(callers, who)

    assert caller.get(f"/cases/{case.id}").status_code == 404
    assert caller("POST", f"/cases/{case.id}/resolution", {}).status_code == 404


def test_the_timeline_shows_the_two_their_own_and_coordinators_all(house: SurveysHouse, callers: Callers) -> None:
    climb(house)

    of_coordinator = callers.coordinator.get("/pairs/pair-1/timeline").json["items"]
    of_mentor = callers.mentor.get("/pairs/pair-1/timeline").json["items"]

    assert {entry["kind"] for entry in of_coordinator} >= {
        "journey-begun", "journey-started", "check-in-opened", "check-in-reminder-due", "check-in-answered",
        "check-in-missed", "case-raised"}
    assert [entry["at"] for entry in of_coordinator] == sorted(entry["at"] for entry in of_coordinator)
    assert {entry["person_id"] for entry in of_mentor} == {None, "mentor-1"}
    assert "case-raised" not in {entry["kind"] for entry in of_mentor}


def test_cases_are_put_before_the_chosen_coordinators(house: SurveysHouse, callers: Callers) -> None:
    climb(house)
    place = "/programmes/programme-1/cases"
    before = callers.coordinator.get(f"{place}?mine=true").json["items"]

    house.world.open_programme(coordinator_ids=("coordinator-1", "other"), routes=(Route(Queue.CASES, ("other",)),))
    house.settle()

    listed = [len(caller.get(place + query).json["items"]) for caller, query in (
        (callers.coordinator, "?mine=true"), (callers.coordinator, ""), (callers.office, "?mine=true"))]
    assert (len(before), listed) == (1, [0, 1, 1])


def test_coordinators_wait_while_it_is_not_known_who_they_are(house: SurveysHouse) -> None:
    answer = Callers(house).coordinator.get("/programmes/programme-1/cases")

    assert (answer.status_code, answer.json["code"]) == (503, "authority-stale")


def test_the_published_api_lists_every_route(callers: Callers) -> None:
    paths = (callers.anonymous.get("/v1/openapi.json").json or {})["paths"]

    assert {f"/v1{path.format(journey='{journey_id}', check_in='{check_in_id}')}"
            .replace("pair-1", "{pair_id}").replace("programme-1", "{programme_id}") for path in GETS} <= set(paths)
