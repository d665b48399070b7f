"""Who looks after a programme: substitutes from a day to a day, work put before some, and coordinators who leave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.matching.contracts.programmes import PROGRAMMES, Queue, Route
from services.matching.domain.charge import BadSubstitute, Charge, OnlyStandsIn, Substitute
from services.matching.domain.choice import DeclineReason
from services.matching.domain.person import person_id
from services.matching.domain.plan import plan_after
from services.matching.domain.programme import NotOpen, Programme
from services.matching.domain.task import TaskKind, TaskState
from shared.audit.trail import Wanted
from shared.kernel.errors import Invalid, NotFound
from tests.unit.matching.builders import a_programme, told
from tests.unit.matching.house import MONDAY, MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller

CARLA, SUNNY = person_id("m1"), person_id("m2")
OTHER = person_id("m3")


def a_charge(*, day: str = "2027-03-01", **more: Any) -> Charge:
    return Charge(**{"coordinator_ids": ("carla", "otto"), "day": day, **more})


def stands_in(first: str = "2027-03-02", last: str | None = "2027-03-04", **more: Any) -> Substitute:
    return Substitute(**{"coordinator_id": "carla", "person_id": "sunny", "from_on": first, "until_on": last, **more})


@pytest.mark.parametrize(("day", "there"), [
    ("2027-03-01", False), ("2027-03-02", True), ("2027-03-04", True), ("2027-03-05", False)])
def test_a_substitute_is_in_charge_from_the_first_day_to_the_last(day: str, there: bool) -> None:
    charge = a_charge().named(stands_in()).as_of(("carla", "otto"), day)

    assert charge.ids == (("carla", "sunny", "otto") if there else ("carla", "otto"))
    assert charge.stand_ins == (("sunny",) if there else ())


def test_without_a_last_day_it_holds_until_it_is_taken_back() -> None:
    charge = a_charge(day="2027-03-02").named(stands_in(last=None))
    later = charge.as_of(charge.coordinator_ids, "2030-01-01")

    assert "sunny" in later.ids
    assert "sunny" not in later.taken_back("carla").ids


@pytest.mark.parametrize(("bad", "error"), [
    (stands_in(person_id="carla"), BadSubstitute), (stands_in("2027-03-05", "2027-03-04"), BadSubstitute),
    (stands_in("2027-02-01", "2027-02-28"), BadSubstitute), (stands_in(coordinator_id="stranger"), NotFound)])
def test_who_cannot_stand_in_is_not_named(bad: Substitute, error: type[Exception]) -> None:
    with pytest.raises(error):
        a_charge().named(bad)


def test_work_is_put_before_those_chosen_and_their_substitutes_else_before_all() -> None:
    charge = a_charge(day="2027-03-02").named(stands_in()).put_before([Route(Queue.CASES, ("carla",))])

    assert charge.routed == (Route(Queue.CASES, ("carla", "sunny")),)
    assert charge.queues_of("otto") == set(Queue) - {Queue.CASES}
    assert charge.queues_of("sunny") == charge.queues_of("carla") == set(Queue)
    assert charge.queues_of("a stranger") == set()
    assert charge.as_of(("otto",), "2027-03-02").queues_of("otto") == set(Queue)


@pytest.mark.parametrize("routes", [
    [Route(Queue.CASES, ("a stranger",))], [Route(Queue.CASES, ("otto",)), Route(Queue.CASES, ("carla",))]])
def test_work_is_put_before_coordinators_alone_and_once(routes: list[Route]) -> None:
    with pytest.raises(Invalid):
        a_charge().put_before(routes)


def test_midnight_in_the_programmes_zone_begins_and_ends_it_and_every_service_hears() -> None:
    programme = a_programme(coordinator_ids=("carla",), time_zone="America/New_York")
    programme.open(MONDAY)

    programme.entrust(lambda charge: charge.named(stands_in()), "carla", MONDAY)
    begins = programme.timers["charge"]
    programme.tick(begins)
    within = programme.recorded[-1].event
    ends = programme.timers["charge"]
    programme.tick(ends)

    assert (begins, ends) == (datetime(2027, 3, 2, 5, tzinfo=UTC), datetime(2027, 3, 5, 5, tzinfo=UTC))
    assert told(programme) == ["programme-opened", "programme-changed", "programme-changed"]
    assert getattr(within, "coordinator_ids", ()) == ("carla", "sunny")
    assert getattr(within, "substitute_ids", ()) == ("sunny",)
    assert getattr(programme.recorded[-1].event, "coordinator_ids", ()) == ("carla",)
    assert programme.substitutes == ()
    assert "charge" not in programme.timers


def test_a_second_ring_changes_nothing() -> None:
    programme = a_programme(coordinator_ids=("carla",))
    programme.open(MONDAY)
    programme.entrust(lambda charge: charge.named(stands_in("2027-03-01")), None, MONDAY)
    heard = told(programme)

    programme.on_charge(MONDAY + timedelta(hours=1))

    assert told(programme) == heard == ["programme-opened", "programme-changed"]


def test_whoever_only_stands_in_does_not_decide_who_is_in_charge() -> None:
    programme = a_programme(coordinator_ids=("carla",))
    programme.entrust(lambda charge: charge.named(stands_in("2027-03-01")), "carla", MONDAY)
    plan = a_programme(coordinator_ids=("sunny",)).plan

    with pytest.raises(OnlyStandsIn):
        programme.entrust(lambda charge: charge.taken_back("carla"), "sunny", MONDAY)
    with pytest.raises(OnlyStandsIn):
        programme.change(plan, MONDAY, by="sunny")
    programme.change(plan, MONDAY, by="carla")
    assert programme.charge.ids == ("sunny",)


def test_nothing_is_changed_of_a_programme_that_is_over() -> None:
    programme = a_programme(coordinator_ids=("carla",))
    programme.open(MONDAY)
    programme.on_close(MONDAY)

    with pytest.raises(NotOpen):
        programme.entrust(lambda charge: charge.named(stands_in()), None, MONDAY)


def test_the_next_cohort_has_no_substitutes_of_the_last_one() -> None:
    last = a_programme(coordinator_ids=("carla",))
    last.entrust(lambda charge: charge.named(stands_in(last=None)), None, MONDAY)

    following = Programme.draft("q", last.kind, plan_after(last.plan, "2028", MONDAY.date()))

    assert following.charge.ids == ("carla",)


# Over HTTP, and what becomes of it when somebody leaves.


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """Carla coordinates it; she, Sunny and another are people of the directory."""
    found = house.a_full_programme(requests_allowed=True)
    house.matching.programmes.change(found.id, {"coordinator_ids": (CARLA,)}, None)
    house.settle()
    return found


def name(caller: Caller, programme: Programme, **term: Any) -> Any:
    return caller("PUT", f"/programmes/{programme.id}/substitutes/{CARLA}",
                  {"person_id": SUNNY, "from_on": "2027-03-02", "until_on": "2027-03-03", **term})


def test_a_substitute_may_do_the_same_while_it_holds_and_not_afterwards(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    place = f"/programmes/{programme.id}/tasks"
    named = name(as_(CARLA), programme)
    seen = [as_(SUNNY).get(place).status_code]
    for _ in range(3):
        house.pass_time(days=1)
        seen.append(as_(SUNNY).get(place).status_code)

    assert (named.status_code, named.json["in_charge"]) == (200, [CARLA])
    assert named.json["substitutes"] == [
        {"coordinator_id": CARLA, "person_id": SUNNY, "from_on": "2027-03-02", "until_on": "2027-03-03"}]
    assert seen == [404, 200, 200, 404]
    assert as_(CARLA).get(place).status_code == 200


def test_a_substitute_is_taken_back_at_once(house: MatchingHouse, programme: Programme, as_: As) -> None:
    name(as_(CARLA), programme, from_on="2027-03-01", until_on=None)
    place = f"/programmes/{programme.id}/charge"
    before = as_(SUNNY).get(place)
    refused = as_(SUNNY)("DELETE", f"/programmes/{programme.id}/substitutes/{CARLA}")

    taken = as_(CARLA)("DELETE", f"/programmes/{programme.id}/substitutes/{CARLA}")

    assert (before.status_code, before.json["in_charge"]) == (200, [CARLA, SUNNY])
    assert (refused.status_code, refused.json["code"]) == (409, "only-stands-in")
    assert (taken.status_code, taken.json["in_charge"]) == (200, [CARLA])
    assert as_(SUNNY).get(place).status_code == 404
    house.settle()
    trail = house.backbone.trail.each(Wanted(document=programme.id, who=CARLA))
    assert [list(one.values) for one in trail] == [["substitutes"], ["substitutes"]]


@pytest.mark.parametrize("term", [
    {"person_id": "nobody"}, {"person_id": CARLA}, {"until_on": "2027-03-01"}, {"from_on": "soon"}, {"until_on": ""}])
def test_what_makes_no_substitute_is_refused(programme: Programme, as_: As, term: dict[str, Any]) -> None:
    answer = name(as_(CARLA), programme, **term)

    assert answer.status_code == 422


def test_strangers_and_wrong_coordinators_find_nothing(programme: Programme, as_: As) -> None:
    assert name(as_(OTHER), programme).status_code == 404
    wrong = as_(CARLA)("PUT", f"/programmes/{programme.id}/substitutes/{OTHER}",
                       {"person_id": SUNNY, "from_on": "2027-03-02"})
    assert wrong.status_code == 404


def test_a_list_shows_what_is_put_before_the_reader_and_on_request_all(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    house.matching.programmes.change(programme.id, {"coordinator_ids": (CARLA, OTHER)}, None)
    a_task(house, programme)
    place = f"/programmes/{programme.id}"
    routed = as_(CARLA)("PUT", f"{place}/routes", {"routes": [{"queue": "requests", "person_ids": [OTHER]}]},
                        If_Match="*")

    def listed(caller: Caller, query: str) -> int:
        return len(caller.get(f"{place}/tasks{query}").json["items"])

    assert "requests" not in routed.json["mine"]
    assert "requests" in as_(OTHER).get(f"{place}/charge").json["mine"]
    assert [listed(as_(CARLA), "?mine=true"), listed(as_(CARLA), ""), listed(as_(OTHER), "?mine=true")] == [0, 1, 1]
    office = as_("ophelia", "programme-office")
    assert listed(office, "?mine=true") == 1
    assert "office" in office.get(f"{place}/charge").json["mine"]
    assert "office" not in as_(OTHER).get(f"{place}/charge").json["mine"]


def a_task(house: MatchingHouse, programme: Programme) -> None:
    """A mentee whose only choice says no."""
    request = house.matching.requests.open(programme.id, person_id("e1"), [person_id("m1")])
    house.settle()
    house.matching.requests.decline(request.id, person_id("m1"), DeclineReason.OTHER, "")
    house.settle()


def test_routes_are_kept_for_the_version_that_was_seen(programme: Programme, as_: As) -> None:
    place = f"/programmes/{programme.id}/routes"
    body = {"routes": [{"queue": "cases", "person_ids": [CARLA]}]}

    answers = [as_(CARLA)("PUT", place, body), as_(CARLA)("PUT", place, body, If_Match='"0"'),
               as_(CARLA)("PUT", place, {"routes": [{"queue": "tea", "person_ids": [CARLA]}]}, If_Match="*"),
               as_(CARLA)("PUT", place, {"routes": [{"queue": "cases", "person_ids": [OTHER]}]}, If_Match="*")]

    assert [one.status_code for one in answers] == [428, 412, 422, 422]


def test_whoever_was_named_takes_the_place_of_a_coordinator_who_leaves(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    name(as_(CARLA), programme)
    as_(CARLA)("PUT", f"/programmes/{programme.id}/routes", {"routes": [{"queue": "cases", "person_ids": [CARLA]}]},
               If_Match="*")

    house.matching.people.leave(CARLA)
    house.settle()

    now = house.matching.programmes.get(programme.id)
    assert now.plan.coordinator_ids == (SUNNY,)
    assert (now.substitutes, now.routes) == ((), (Route(Queue.CASES, (SUNNY,)),))
    assert house.told(PROGRAMMES.name).count("coordinator-left") == 1
    assert not tasks(house, programme)


def test_where_nobody_stands_in_the_office_has_a_task_once(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    house.matching.people.leave(CARLA)
    house.settle()
    [task] = tasks(house, programme)
    again = house.matching.programmes.get(programme.id)

    assert (task.state, again.plan.coordinator_ids) == (TaskState.OPEN, ())
    house.matching.programmes.change(programme.id, {"coordinator_ids": (OTHER,)}, None)
    assert as_(OTHER).get(f"/programmes/{programme.id}/tasks").json["items"] == []
    assert as_(OTHER)("POST", f"/tasks/{task.id}/completion").status_code == 404
    items = as_(OTHER).get(f"/programmes/{programme.id}/checklist").json["items"]
    assert [one["done"] for one in items if one["id"] == "tasks-done"] == [True], "nothing that they could finish"
    office = as_("ophelia", "programme-office")
    assert [one["kind"] for one in office.get(f"/programmes/{programme.id}/tasks").json["items"]] == [
        "coordinator-left"]
    assert office("POST", f"/tasks/{task.id}/completion").status_code == 200
    left = [one for one in house.world.heard(PROGRAMMES.name) if one.type.endswith("coordinator-left.v1")]
    house.worker.handlers["mentoring.coordinator-left.v1"](left[-1])
    assert tasks(house, programme)[0].state is TaskState.DONE


def test_a_substitute_who_leaves_stands_in_no_longer(house: MatchingHouse, programme: Programme, as_: As) -> None:
    name(as_(CARLA), programme, from_on="2027-03-01")

    house.matching.people.leave(SUNNY)
    house.settle()

    now = house.matching.programmes.get(programme.id)
    assert (now.plan.coordinator_ids, now.substitutes) == ((CARLA,), ())
    assert not tasks(house, programme)


def tasks(house: MatchingHouse, programme: Programme) -> list[Any]:
    return list(house.matching.tasks.store.each({"programme_id": programme.id, "kind": TaskKind.COORDINATOR_LEFT}))


def test_a_copy_of_a_cohort_whose_coordinator_left_waits_for_another_one(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    office = as_("ophelia", "programme-office")
    house.matching.programmes.change(programme.id, {"sponsor_id": SUNNY, "ends_on": "2027-03-02"}, None)
    for _ in range(3):
        house.pass_time(days=20)
    assert house.matching.programmes.get(programme.id).state == "closed"
    for who in (CARLA, SUNNY):
        house.matching.people.leave(who)
    house.settle()
    copied = office("POST", f"/programmes/{programme.id}/copies", {"name": "Next", "starts_on": "2028-01-01"}).json
    now = house.matching.programmes.get(copied["id"])
    assert (now.plan.coordinator_ids, now.plan.sponsor_id, tasks(house, now)) == ((), None, [])

    office("POST", f"/programmes/{now.id}/opening")
    house.settle()

    [task] = tasks(house, now)
    assert task.state is TaskState.OPEN


def test_a_copy_of_a_cohort_that_was_left_alone_is_so_too(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    office = as_("ophelia", "programme-office")
    house.matching.people.leave(CARLA)
    house.settle()
    copied = office("POST", f"/programmes/{programme.id}/copies", {"name": "Next", "starts_on": "2028-01-01"}).json

    office("POST", f"/programmes/{copied['id']}/opening")
    house.settle()

    assert len(tasks(house, house.matching.programmes.get(copied["id"]))) == 1


def test_whoever_leaves_while_a_copy_is_a_draft_opens_nothing(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    office = as_("ophelia", "programme-office")
    copied = office("POST", f"/programmes/{programme.id}/copies", {"name": "Next", "starts_on": "2028-01-01"}).json
    house.matching.people.leave(CARLA)
    house.settle()
    house.matching.programmes.change(copied["id"], {"coordinator_ids": (CARLA, OTHER)}, None)

    opened = office("POST", f"/programmes/{copied['id']}/opening").json
    house.settle()

    assert opened["coordinator_ids"] == [OTHER]
    assert tasks(house, house.matching.programmes.get(copied["id"])) == []


def test_a_sponsor_who_leaves_is_named_no_longer_and_another_one_is_to_be(
        house: MatchingHouse, programme: Programme, as_: As) -> None:
    house.matching.programmes.change(programme.id, {"sponsor_id": SUNNY}, None)
    house.settle()

    house.matching.people.leave(SUNNY)
    house.settle()

    items = as_(CARLA).get(f"/programmes/{programme.id}/checklist").json["items"]
    assert [one["done"] for one in items if one["id"] == "sponsor"] == [False]
    told = [one for one in house.world.heard(PROGRAMMES.name) if one.type.endswith("programme-changed.v1")]
    assert told[-1].data["sponsor_id"] is None
