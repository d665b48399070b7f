"""One person: what the directory says, and when they are away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.contracts.people import PersonState
from services.matching.domain.directory import BadDetails, Details, External, Leave
from services.matching.domain.person import Person, person_id
from shared.store.documents import Write
from tests.unit.matching.builders import told
from tests.unit.matching.house import MONDAY, MatchingHouse

DETAILS = Details(name="Ada Blum", email="ada@example.org", language="en", time_zone="Europe/Berlin")
OF_SHAPE_1 = {
    "_id": person_id("m1"), "version": 3, "shape": 1, "due_at": None, "sequence": "000001.000000000004", "timers": {},
    "applied": [], "answered": [], "directory_id": "m1", "state": "active",
    "details": {"name": "Mia Torres", "email": "mia@example.org", "language": "en", "time_zone": "Europe/Berlin",
                "department": "Sales", "location": "", "manager_id": "boss"},
}


def a_person(**more: object) -> Person:
    person = Person.add("ada", replace(DETAILS, **more), MONDAY)  # type: ignore[arg-type]
    person.recorded.clear()
    return person


def test_a_stored_person_of_the_first_shape_still_loads(house: MatchingHouse) -> None:
    people = house.matching.people
    people.store.documents.insert([Write(OF_SHAPE_1, ())])

    person = people.get(person_id("m1"))

    assert (person.details.manager_id, person.details.languages, person.entry.user_name) == (person_id("boss"), (), "")
    assert (person.address, people.called(["Mia@example.org"])) == ("mia@example.org", {"Mia@example.org": [person]})
    assert (person.called, person.surname, person.middle) == ("mia torres", "torres mia", "")
    boss = people.store.add(Person.add("boss", DETAILS, MONDAY))
    assert people.reporting_to(boss.id) == [person.id]


def test_a_leave_begins_and_ends_at_midnight_of_the_persons_own_zone() -> None:
    person = a_person(leaves=(Leave(starts_on="2027-03-03", ends_on="2027-03-04"),))

    due = []
    while person.due_at:
        due.append(person.due_at)
        person.tick(person.due_at)
        due.append(person.state)

    assert due == [MONDAY + timedelta(days=1, hours=15), PersonState.ON_LEAVE,
                   MONDAY + timedelta(days=3, hours=15), PersonState.ACTIVE]
    assert told(person) == ["person-changed", "person-changed"]


def test_a_leave_that_has_begun_takes_effect_at_once() -> None:
    person = a_person(leaves=(Leave(starts_on="2027-02-01"),))

    person.tick(MONDAY)

    assert (person.state, person.due_at) == (PersonState.ON_LEAVE, None)


def test_an_external_leaves_after_the_last_day() -> None:
    person = a_person(external=External(sponsor_id="s", ends_on="2027-03-05"))

    person.tick(MONDAY + timedelta(days=6))

    assert (person.state, told(person)) == (PersonState.LEFT, ["person-left"])


def test_whoever_has_left_is_away_no_more() -> None:
    person = a_person(leaves=(Leave(starts_on="2027-03-03", ends_on="2027-03-04"),))

    person.leave(MONDAY)

    assert person.due_at is None


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"grade": "x" * 201}, {"time_zone": "Mars"},
    {"leaves": (Leave(starts_on="soon", ends_on="2027-01-01"),)},
    {"leaves": (Leave(starts_on="2027-03-02", ends_on="2027-03-01"),)}, {"external": External(ends_on="never")},
], ids=str)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadDetails):
        replace(DETAILS, **wrong).require_sound()  # type: ignore[arg-type]
