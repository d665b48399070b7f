"""A mentor's room and breaks: changed by themselves or a coordinator, whatever pairs there are."""

from typing import Any

import pytest

from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.domain.circle import Shape
from services.matching.domain.participant import BadCapacity, NotTakingPart, Participant, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import NoFreeSeat
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_audit import told as audited
from tests.unit.matching.test_capacity import MENTOR, many
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_requests import E1, M1, a_request, states
from tests.unit.matching.test_requests import a_programme as a_programme_with_requests

M = person_id("m")


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """One mentor with three pairs and no room for more."""
    found = house.a_full_programme([{**MENTOR, "capacity": "3"}], many(4))
    house.a_published_run(found)
    return found


def part(programme: Programme, mentor: str = M) -> str:
    return f"/participants/{application_id(programme.id, mentor, Role.MENTOR)}"


def last_told(house: MatchingHouse) -> dict[str, Any]:
    event = house.world.heard(PARTICIPANTS.name)[-1]
    return {"type": event.type, **(event.data or {})}


@pytest.mark.feature("B3")
@pytest.mark.parametrize("who", [M, "carla"])
def test_a_capacity_is_changed_with_if_match_and_once_a_key(house: MatchingHouse, as_: As, programme: Programme,
                                                            who: str) -> None:
    shown = as_(who).get(part(programme))
    etag = shown.headers["ETag"]

    unsaid = as_(who)("PATCH", part(programme), {"capacity": 4})
    changed, again = (as_(who)("PATCH", part(programme), {"capacity": 4}, If_Match=etag, Idempotency_Key="once")
                      for _ in range(2))
    late = as_(who)("PATCH", part(programme), {"capacity": 9}, If_Match=etag)
    house.settle()

    assert (shown.json["capacity"], shown.json["taken"], unsaid.status_code) == (3, 3, 428)
    assert (changed.json["capacity"], again.json, late.status_code) == (4, changed.json, 412)
    assert last_told(house).items() >= {"type": "mentoring.participant-approved.v1", "capacity": 4, "state": "active",
                                        "role": "mentor", "person_id": M, "by_application": False}.items()
    entry = audited(house, changed.json["id"])[-1]
    assert (entry.who, entry.values) == (who, {"capacity": [3, 4]})


@pytest.mark.feature("B3")
def test_less_room_than_pairs_ends_none_and_gives_no_seat_until_enough_have_ended(
        house: MatchingHouse, as_: As, programme: Programme) -> None:
    carla, free = as_("carla"), next(one for one in (person_id(f"e{n}") for n in range(4))
                                     if one not in {pair.mentee_id for pair in house.pairs(programme)})

    carla("PATCH", part(programme), {"capacity": 0}, If_Match="*")
    house.settle()

    assert [pair.live for pair in house.pairs(programme)] == [True] * 3
    assert carla.get(part(programme)).json["taken"] == 3
    for room, ended in ((0, 3), (1, 0)):
        carla("PATCH", part(programme), {"capacity": room}, If_Match="*")
        if not room:
            with pytest.raises(NoFreeSeat):
                house.matching.pairs.propose(programme.id, M, free, "carla")
        for pair in house.pairs(programme)[:ended]:
            carla("POST", f"/pairs/{pair.id}/closure", {"reason": "ended-early"})
    assert house.matching.pairs.agree(house.matching.pairs.propose(programme.id, M, free, "carla").id, "carla").live


@pytest.mark.parametrize(("body", "code"), [({"capacity": -1}, "bad-capacity"), ({"capacity": 51}, "bad-capacity"),
                                            ({"capacity": "2"}, None), ({}, None), ({"state": "left"}, None)])
def test_what_is_no_capacity_is_refused(as_: As, programme: Programme, body: dict[str, Any], code: str | None) -> None:
    refused = as_("carla")("PATCH", part(programme), body, If_Match="*")

    assert refused.status_code == 422
    assert code in (None, refused.json["code"])
    assert as_("carla").get(part(programme)).json["capacity"] == 3


def test_a_break_goes_on_whatever_the_room_and_whoever_left_has_none(house: MatchingHouse, as_: As,
                                                                      programme: Programme) -> None:
    as_(M)("POST", f"{part(programme)}/pause")
    as_(M)("PATCH", part(programme), {"capacity": 1}, If_Match="*")
    house.settle()
    on_a_break = last_told(house)
    house.matching.people.leave(M)
    house.settle()

    refused = as_("carla")("PATCH", part(programme), {"capacity": 2}, If_Match="*")

    assert (on_a_break["state"], on_a_break["capacity"]) == ("paused", 1)
    assert (refused.status_code, refused.json["code"]) == (409, "not-taking-part")


def test_the_same_room_again_is_no_news(house: MatchingHouse, programme: Programme) -> None:
    before = house.told(PARTICIPANTS.name)
    house.matching.participants.make_room(application_id(programme.id, M, Role.MENTOR), 3, None)
    house.settle()

    assert house.told(PARTICIPANTS.name) == before


def test_a_mentor_without_room_is_not_asked_any_more(house: MatchingHouse) -> None:
    programme = a_programme_with_requests(house)
    request = a_request(house, programme, E1)

    house.matching.participants.make_room(application_id(programme.id, M1, Role.MENTOR), 0, None)
    house.settle()

    assert states(house, request) == ["skipped", "asked", "waiting"]


def test_everybody_sees_where_they_take_part_and_seats_in_circles_count(house: MatchingHouse, as_: As,
                                                                        programme: Programme) -> None:
    other = house.a_full_programme([{**MENTOR, "capacity": "2"}])
    house.matching.circles.form(other.id, Shape(name="Leading", mentor_ids=(M,)))
    house.settle()

    mine = as_(M).get("/me/participants").json["items"]
    listed = as_("carla").get(f"/programmes/{programme.id}/participants?role=mentor").json["items"]

    assert {(one["programme_id"], one["capacity"], one["taken"]) for one in mine} == {
        (programme.id, 3, 3), (other.id, 2, 1)}
    assert [one["taken"] for one in listed] == [3]
    assert as_("otto").get("/me/participants").json["items"] == []


def test_strangers_find_nobody(as_: As, programme: Programme) -> None:
    for who in ("otto", person_id("e1")):
        assert as_(who).get(part(programme)).status_code == 404
        assert as_(who)("PATCH", part(programme), {"capacity": 1}, If_Match="*").status_code == 404


def test_a_participant_alone_says_the_same(programme: Programme, house: MatchingHouse) -> None:
    one: Participant = house.matching.participants.get(application_id(programme.id, M, Role.MENTOR))
    now = house.clock.now()

    with pytest.raises(BadCapacity):
        one.make_room(51, now)
    one.leave(now)
    with pytest.raises(NotTakingPart):
        one.make_room(1, now)


def test_how_many_mentors_a_mentee_has_is_not_theirs_to_say(as_: As, programme: Programme) -> None:
    place = f"/participants/{application_id(programme.id, person_id('e1'), Role.MENTEE)}"

    refused = as_(person_id("e1"))("PATCH", place, {"capacity": 5}, If_Match="*")
    allowed = as_("carla")("PATCH", place, {"capacity": 2}, If_Match="*")

    assert (refused.status_code, refused.json["code"]) == (422, "room-of-mentee")
    assert allowed.json["capacity"] == 2


def test_where_a_programme_is_over_nobody_changes_their_place(house: MatchingHouse, as_: As,
                                                             programme: Programme) -> None:
    for _ in range(2):
        house.pass_time(days=400)

    for method, place in (("PATCH", part(programme)), ("POST", f"{part(programme)}/pause")):
        refused = as_(M)(method, place, {"capacity": 1} if method == "PATCH" else None, If_Match="*")
        assert (refused.status_code, refused.json["code"]) == (409, "programme-not-open")
    assert as_(M).get("/me/participants").json["items"] == []
