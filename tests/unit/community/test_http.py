"""Community over HTTP: who sees what, what may be changed, and what strangers are told."""

from dataclasses import replace

import pytest

from services.community.entrypoints.http import make_app
from tests.unit.community.house import CommunityHouse
from tests.unit.surveys.calling import PUBLIC_KEY, Caller


class Callers:
    """Everybody who may want something of pair 1."""

    def __init__(self, house: CommunityHouse) -> None:
        app = make_app(house.community, replace(house.settings, token_key=PUBLIC_KEY), house.backbone)
        self.mentor, self.mentee = Caller(app, "mentor-1"), Caller(app, "mentee-1")
        self.coordinator, self.stranger = Caller(app, "coordinator-1"), Caller(app, "stranger-1")
        self.office, self.machine = Caller(app, "office-1", ("programme-office",)), Caller(app)
        self.anonymous = app.test_client()


@pytest.fixture
def callers(house: CommunityHouse) -> Callers:
    return Callers(house)


@pytest.fixture
def assignment(house: CommunityHouse) -> str:
    house.create_pair("1")
    house.create_pair("2")
    return house.assignment("mentee-1").id


GETS = ("/programmes/programme-1/space", "/programmes/programme-1/space/members", "/assignments/{assignment}",
        "/programmes/programme-1/assignments", "/programmes/programme-1/training/summary", "/pairs/pair-1/timeline")


@pytest.mark.parametrize("path", GETS)
def test_a_foreign_id_is_answered_like_a_wrong_one(callers: Callers, assignment: str, path: str) -> None:
    foreign = callers.stranger.get(path.format(assignment=assignment))
    wrong = callers.stranger.get(path.replace("-1", "-9").format(assignment="none"))

    assert (foreign.status_code, foreign.data) == (404, wrong.data)


@pytest.mark.parametrize("path", GETS)
def test_coordinator_and_office_see_everything(callers: Callers, assignment: str, path: str) -> None:
    for caller in (callers.coordinator, callers.office):
        assert caller.get(path.format(assignment=assignment)).status_code == 200


@pytest.mark.parametrize("path", GETS)
def test_nobody_comes_in_without_a_token(callers: Callers, path: str) -> None:
    assert callers.anonymous.get("/v1" + path).status_code == 401


def test_a_member_sees_the_space_and_who_is_in_it(callers: Callers, assignment: str) -> None:
    space = callers.mentee.get("/programmes/programme-1/space").json
    first = callers.mentee.get("/programmes/programme-1/space/members?limit=1")
    rest = callers.mentee.get(first.headers["Link"].partition("<")[2].partition(">")[0].removeprefix("/v1"))

    assert (space["state"], space["audience"], space["members"]) == ("open", "cohort", {"mentors": 2, "mentees": 2})
    assert [seat["person_id"] for seat in first.json["items"] + rest.json["items"]] == [
        "mentor-1", "mentee-1", "mentor-2", "mentee-2"]


def test_my_assignments_have_their_titles(callers: Callers, assignment: str) -> None:
    [mine] = callers.mentee.get("/me/assignments?state=assigned").json["items"]

    assert (mine["id"], mine["module"], mine["due_on"]) == (assignment, "joint-kick-off", "2027-03-15")
    assert set(mine["titles"]) == {"en", "de"}
    assert callers.machine.get("/me/assignments").status_code == 403


@pytest.mark.parametrize("who", ["mentee", "coordinator", "office"])
def test_the_person_or_the_coordinator_completes_it(
        house: CommunityHouse, callers: Callers, assignment: str, who: str) -> None:
    caller: Caller = getattr(callers, who)

    answer = caller("POST", f"/assignments/{assignment}/completion")
    again = caller("POST", f"/assignments/{assignment}/completion")
    house.settle()

    assert (answer.json["state"], answer.json["completed_by"]) == ("completed", caller.person_id)
    assert again.status_code == 200
    assert [told for told in house.told() if told[0] == "completed"] == [("completed", "mentee-1")]


@pytest.mark.parametrize("who", ["mentor", "stranger", "machine"])
def test_nobody_else_completes_it(callers: Callers, assignment: str, who: str) -> None:
    caller: Caller = getattr(callers, who)

    assert caller("POST", f"/assignments/{assignment}/completion").status_code == 404


def test_a_completion_under_a_key_is_answered_again(callers: Callers, assignment: str) -> None:
    first = callers.mentee("POST", f"/assignments/{assignment}/completion", Idempotency_Key="key-1")
    again = callers.mentee("POST", f"/assignments/{assignment}/completion", Idempotency_Key="key-1")

    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")


def test_what_was_withdrawn_cannot_be_completed(house: CommunityHouse, callers: Callers, assignment: str) -> None:
    house.world.close_pair("1")
    house.settle()

    assert callers.mentee("POST", f"/assignments/{assignment}/completion").status_code == 409


def test_the_summary_is_the_coordinators(callers: Callers, assignment: str) -> None:
    answer = callers.coordinator.get("/programmes/programme-1/training/summary")

    assert answer.json["states"] == {"assigned": 4, "completed": 0, "withdrawn": 0}
    assert callers.mentee.get("/programmes/programme-1/training/summary").status_code == 404


def test_both_of_the_pair_see_what_happened(callers: Callers, assignment: str) -> None:
    callers.mentee("POST", f"/assignments/{assignment}/completion")

    for caller in (callers.mentor, callers.mentee, callers.coordinator):
        kinds = [entry["kind"] for entry in caller.get("/pairs/pair-1/timeline").json["items"]]
        assert kinds == ["training-assigned", "training-assigned", "training-completed"]


def test_coordinators_wait_while_it_is_not_known_who_they_are(house: CommunityHouse) -> None:
    answer = Callers(house).coordinator.get("/programmes/programme-1/training/summary")

    assert (answer.status_code, answer.json["code"]) == (503, "authority-stale")


def test_anybody_signed_in_reads_what_can_close_a_gap(callers: Callers) -> None:
    found = callers.stranger.get("/modules").json["items"]

    assert {"id": "active-listening", "days": 30}.items() <= next(
        one for one in found if one["id"] == "active-listening").items()
    assert "joint-kick-off" not in [one["id"] for one in found]
    assert callers.anonymous.get("/v1/modules").status_code == 401
