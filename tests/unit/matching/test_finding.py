"""Lists of a programme by a name: the rows of whoever is called so, by any filter, a page at a time."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from services.matching.application import people
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.called import searched, turned, within
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from shared.store.documents import Write
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import COORDINATOR, MENTORS, MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, OFFERED, WANTED
from tests.unit.matching.test_applications import people as people_of
from tests.unit.surveys.calling import Caller

MIA, MO, EVA, ELI, ELA = (person_id(one) for one in ("m1", "m2", "e1", "e2", "e3"))


@pytest.fixture
def carla(house: MatchingHouse) -> Caller:
    return Caller(app_of(house), COORDINATOR, ())


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    """With everybody, and nobody in a pair."""
    return house.a_full_programme()


def found(carla: Caller, place: str, *fields: str) -> list[Any]:
    answer = carla("GET", place)
    assert answer.status_code == 200, answer.json
    return [tuple(one[field] for field in fields) if len(fields) > 1 else one[fields[0]]
            for one in answer.json["items"]]


@pytest.mark.parametrize(("q", "who"), [
    ("Eva", {EVA}), ("lund", {EVA}), ("eva lund", {EVA}), ("Lund, Eva", {EVA}), ("eva@", {EVA}), ("e", {EVA, ELI, ELA}),
    ("novák", {ELI}), ("El", {ELI, ELA}), ("lu ev", {EVA}), ("va", set()), ("eva novak", set()), (",", set())])
def test_a_name_a_part_of_it_or_an_address_finds_who_takes_part(
        carla: Caller, programme: Programme, q: str, who: set[str]) -> None:
    assert set(found(carla, f"/programmes/{programme.id}/participants?q={q}", "person_id")) == who


def test_a_middle_word_is_found_beside_another() -> None:
    assert people.names("maria lop", "Ana María López")
    assert not people.names("", "Ana María López")
    assert (searched(" Nguyễn  Thị Hạnh"), turned("nguyen thi hanh")) == ("nguyen thi hanh", "hanh nguyen thi")


@pytest.mark.parametrize(("name", "words"), [
    ("Maria Luisa Rossi", ("luisa", "")), ("José de la Cruz García", ("cruz", "de")), ("Mia Torres", ("", "")),
    ("Plato", ("", "")), ("Ana María del Carmen López", ("carmen", "maria")), ("", ("", ""))])
def test_the_longest_words_within_a_name_are_looked_for(name: str, words: tuple[str, str]) -> None:
    assert within(searched(name)) == words


@pytest.mark.parametrize("q", ["Luisa", "lui", "luisa rossi", "LUISA R", "sofía", "maria", "rossi", "sofia lui"])
def test_somebody_is_found_by_any_word_of_a_long_name(house: MatchingHouse, carla: Caller, programme: Programme,
                                                      q: str) -> None:
    everybody, ela = house.matching.people, house.matching.people.get(ELA)
    named = replace(ela.details, name="Maria Luisa Sofia Rossi")
    everybody.store.change(ELA, lambda one: one.change(named, house.clock.now()))

    assert found(carla, f"/programmes/{programme.id}/participants?q={q}", "person_id") == [ELA]
    everybody.store.change(ELA, lambda one: one.change(replace(named, name="Ela Ito"), house.clock.now()))
    assert found(carla, f"/programmes/{programme.id}/participants?q={q}", "person_id") == []


def test_whoever_was_stored_before_is_found_by_a_word_within_the_name_from_the_next_start_on(tmp_path: Path) -> None:
    with closing(MatchingHouse(tmp_path)) as before:
        people_of(before, "anna")
        documents = before.matching.people.store.documents
        [one] = documents.get_many([ANNA])
        old = {name: value for name, value in one.items() if name not in ("middle", "other_middle")}
        old |= {"shape": 5, "called": "anna maria lopez", "surname": "lopez anna maria",
                "details": {**one["details"], "name": "Anna María López"}}
        assert documents.replace(Write(old, ()), one["version"])
    with closing(sqlite3.connect(tmp_path / "matching.db")) as database:
        for name in ("middle", "other_middle"):
            database.execute(f"DROP INDEX people_{name}__id")

    with closing(MatchingHouse(tmp_path)) as after:
        assert after.matching.people.answering("mari").ids == {ANNA}


def test_people_are_narrowed_by_role_state_and_whether_they_have_a_mentor(
        house: MatchingHouse, carla: Caller, programme: Programme) -> None:
    place = f"/programmes/{programme.id}/participants"
    pair = house.matching.pairs.propose(programme.id, MIA, EVA, COORDINATOR)
    house.matching.pairs.agree(pair.id, COORDINATOR)

    assert found(carla, f"{place}?q=m&role=mentee", "person_id") == []
    assert set(found(carla, f"{place}?q=m&role=mentor&state=active", "person_id")) == {MIA, MO}
    assert set(found(carla, f"{place}?q=e&alone=true", "person_id")) == {ELI, ELA}
    assert found(carla, f"{place}?q=e&matched=true", "person_id") == [EVA]


def test_pairs_are_found_by_either_name_in_their_programme_alone(
        house: MatchingHouse, carla: Caller, programme: Programme) -> None:
    one = house.matching.pairs.propose(programme.id, MIA, EVA, COORDINATOR)
    two = house.matching.pairs.propose(programme.id, MO, ELI, COORDINATOR)
    other = house.a_programme()
    place = f"/programmes/{programme.id}/pairs"

    assert found(carla, f"{place}?q=torres", "id") == found(carla, f"{place}?q=eva", "id") == [one.id]
    assert set(found(carla, f"{place}?q=m", "id")) == {one.id, two.id}
    assert found(carla, f"{place}?q=m&state=active", "id") == []
    assert found(carla, f"/programmes/{other.id}/pairs?q=eva", "id") == []


def test_applications_are_found_by_name_but_for_what_was_never_sent(house: MatchingHouse, carla: Caller) -> None:
    people_of(house, "anna", "ben")
    programme, applications = house.a_programme(), house.matching.applications
    sent = applications.submit(applications.write(programme.id, ANNA, Role.MENTEE, WANTED).id)
    applications.write(programme.id, BEN, Role.MENTEE, WANTED)
    anna, ben = (house.matching.people.get(one).details.name for one in (ANNA, BEN))
    place = f"/programmes/{programme.id}/applications"

    assert found(carla, f"{place}?q={anna}", "id") == [sent.id]
    assert found(carla, f"{place}?q={anna}&state=submitted&role=mentee", "id") == [sent.id]
    assert found(carla, f"{place}?q={anna}&state=declined", "id") == []
    assert found(carla, f"{place}?q={ben}", "id") == []


def test_a_name_changes_neither_the_order_of_the_waiting_list_nor_what_a_score_is_for(
        house: MatchingHouse, carla: Caller) -> None:
    people_of(house, "anna", "annika")
    programme, applications = house.a_programme(), house.matching.applications
    place = f"/programmes/{programme.id}/applications?state=waiting"
    for name, turn in (("anna", "2"), ("annika", "1")):
        one = applications.submit(applications.write(programme.id, person_id(name), Role.MENTEE, WANTED).id)
        applications.store.change(one.id, partial(wait, turn=turn))

    listed = found(carla, place, "person_id")

    assert listed == found(carla, f"{place}&q=ann", "person_id") == [person_id("annika"), person_id("anna")]
    assert found(carla, f"{place}&q=ann&order=score", "id") == found(carla, f"{place}&order=score", "id") == []


def wait(one: Application, turn: str) -> None:
    one.state, one.turn = ApplicationState.WAITING, turn


def test_a_place_in_another_order_is_refused(house: MatchingHouse, carla: Caller) -> None:
    people_of(house, "anna", "annika")
    programme, applications = house.a_programme(), house.matching.applications
    for name in ("anna", "annika"):
        applications.submit(applications.write(programme.id, person_id(name), Role.MENTOR, OFFERED).id)
    place = f"/programmes/{programme.id}/applications?state=submitted"
    link = carla("GET", f"{place}&limit=1&q=ann").headers["Link"].partition("/v1")[2].partition(">")[0]

    assert carla("GET", f"{link}&order=score").status_code == 422


def test_requests_are_found_by_who_asks_and_by_who_has_to_answer(house: MatchingHouse, carla: Caller) -> None:
    programme = house.a_full_programme(requests_allowed=True)
    requests = house.matching.requests
    one = requests.open(programme.id, EVA, [MIA, MO])
    house.pass_time(days=7)
    two = requests.open(programme.id, ELI, [MO])
    requests.withdraw(two.id)
    three = requests.open(programme.id, ELI, [MO])
    other = house.a_programme()
    place = f"/programmes/{programme.id}/requests"
    asked = house.matching.requests.get(one.id).asked_id

    assert found(carla, f"{place}?q=lund", "id") == [one.id]
    assert set(found(carla, f"{place}?q=e", "id")) == {one.id, two.id, three.id}
    assert one.id in found(carla, f"{place}?q={'mia' if asked == MIA else 'becker'}", "id")
    assert found(carla, f"{place}?q=eli&state=open", "id") == [three.id]
    assert found(carla, f"{place}?q=e&unanswered=true", "id") == [one.id]
    assert found(carla, f"/programmes/{other.id}/requests?q=e", "id") == []
    assert found(carla, f"{place}?q=nobody", "id") == []
    page = carla("GET", f"{place}?q=e&limit=2")
    assert (len(page.json["items"]), page.json["cut"], "Link" in page.headers) == (2, False, True)


def test_what_a_run_found_is_found_by_both_names_also_after_a_swap(
        house: MatchingHouse, carla: Caller, programme: Programme) -> None:
    run = house.a_proposed_run(programme)
    place = f"/runs/{run.id}/proposals"
    everything = found(carla, place, "mentor_id", "mentee_id", "id")
    [(mentor_id, _eva, proposal_id)] = [one for one in everything if one[1] == EVA]
    other = MO if mentor_id == MIA else MIA

    assert found(carla, f"{place}?q=eva", "id") == [proposal_id]
    names = {MIA: "mia", MO: "becker"}
    assert proposal_id in found(carla, f"{place}?q={names[mentor_id]}", "id")

    house.matching.runs.swap(run.id, proposal_id, other, COORDINATOR)

    assert proposal_id in found(carla, f"{place}?q={names[other]}", "id")
    assert proposal_id not in found(carla, f"{place}?q={names[mentor_id]}", "id")


def test_whom_a_run_left_alone_is_found_by_name(house: MatchingHouse, carla: Caller) -> None:
    run = house.a_proposed_run(house.a_full_programme(mentors=MENTORS[1:])).id
    alone = found(carla, f"/runs/{run}/unmatched", "person_id")
    assert len(alone) == 2

    names = {EVA: "lund", ELI: "eli", ELA: "ito"}
    for one in alone:
        assert found(carla, f"/runs/{run}/unmatched?q={names[one]}", "person_id") == [one]
    assert found(carla, f"/runs/{run}/unmatched?q=becker", "person_id") == []
    mentees = found(carla, f"/runs/{run}/unmatched?role=mentee", "person_id")
    assert sorted([*mentees, *found(carla, f"/runs/{run}/unmatched?role=mentor", "person_id")]) == sorted(alone)
    assert found(carla, f"/runs/{run}/unmatched?q={names[alone[0]]}&role=mentor", "person_id") == [
        one for one in alone[:1] if one not in mentees]


def test_pages_go_on_where_the_last_one_ended(house: MatchingHouse, carla: Caller, programme: Programme) -> None:
    place = f"/programmes/{programme.id}/participants?q=e&limit=2"
    first = carla("GET", place)
    [link] = [first.headers["Link"].split(">")[0].strip("<").removeprefix("/v1")]
    rest = carla("GET", link)

    assert "q=e" in link
    assert "Link" not in rest.headers
    assert {one["person_id"] for one in (*first.json["items"], *rest.json["items"])} == {EVA, ELI, ELA}
    assert (len(first.json["items"]), first.json["cut"]) == (2, False)


def test_of_too_many_of_a_name_the_first_are_shown_and_it_is_said(
        house: MatchingHouse, carla: Caller, programme: Programme) -> None:
    with patch.object(people, "MOST_ANSWERING", 2):
        answer = carla("GET", f"/programmes/{programme.id}/participants?q=e").json

    assert answer["cut"]
    assert len(answer["items"]) == 2


def test_whoever_has_another_name_is_found_by_it_and_whoever_is_forgotten_by_none(
        house: MatchingHouse, programme: Programme) -> None:
    everybody, ela = house.matching.people, house.matching.people.get(ELA)
    sato = replace(ela.details, name="Ela Luisa Maria Sato")
    everybody.store.change(ELA, lambda one: one.change(sato, house.clock.now()))

    assert (everybody.answering("ito").ids, everybody.answering("sato").ids) == (frozenset(), {ELA})

    everybody.leave(ELA)
    everybody.store.change(ELA, lambda one: one.erase("erased/x", house.clock.now()))
    assert [everybody.answering(one).ids for one in ("sato", "luisa", "maria")] == [frozenset()] * 3
    assert ELA not in everybody.answering("e").ids
