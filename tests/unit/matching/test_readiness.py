"""What to mend before a run, and whom it is about."""

from typing import Any

from services.matching.contracts.participants import Role
from services.matching.domain.matchmaking.readiness import Concern, Weighed
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.ready import Ready
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.matchmaking.builders import a_person, a_problem
from tests.unit.surveys.calling import Caller

M1, M2, E1, E2, E3 = (person_id(name) for name in ("m1", "m2", "e1", "e2", "e3"))


def ready(house: MatchingHouse, programme: Programme) -> Ready:
    """As somebody sees it who looks twice."""
    house.pass_time(seconds=10)
    house.matching.readiness.of(programme.id)
    house.settle()
    found = house.matching.readiness.of(programme.id).found
    assert found
    return found


def concerns(found: Ready) -> dict[str, set[str]]:
    return {one.key: set(one.people) for one in found.concerns}


def test_each_concern_names_exactly_its_people(house: MatchingHouse) -> None:
    mentors = [{**MENTORS[0], "skills": ""}, MENTORS[1],
               {**MENTORS[1], "id": "m3", "email": "m3@example.org", "capacity": "0"}]
    mentees = [{**MENTEES[0], "wishes": "m2; ghost", "manager": "m2"}, {**MENTEES[1], "languages": "fr"},
               {**MENTEES[2], "goals": "", "wishes": "m1"}]
    programme = house.a_full_programme(mentors=mentors, mentees=mentees)
    house.matching.rulings.lock(programme.id, M1, E3, by="carla")
    house.matching.participants.pause(application_id(programme.id, M1, Role.MENTOR))

    found = concerns(ready(house, programme))

    assert found["nobody-allowed-mentee"] == {E1, E2}
    assert found["wish-barred-mentee"] == {E1}
    assert found["wish-unknown-mentee"] == {E1, E3}
    assert found["no-wish-mentee"] == {E2}
    assert found["lock-mentee"] == {E3}
    assert found["no-seat-mentor"] == {person_id("m3")}
    assert (found["blank-mentee-goals"], "blank-mentor-skills" in found) == ({E3}, False)


def test_figures_are_those_of_the_run(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}], mentees=MENTEES)

    before = ready(house, programme)
    run = house.a_proposed_run(programme)

    assert (before.mentees, before.seats, before.unmatched, before.looked_at) == (3, 1, 2, 3)
    assert run.unmatched == before.unmatched


def test_pairs_count_no_more_and_a_mended_concern_is_gone(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[*MENTEES[:2], {**MENTEES[2], "languages": "fr"}])
    assert "nobody-allowed-mentee" in concerns(ready(house, programme))

    house.bring(programme, Role.MENTEE, [MENTEES[2]])
    mended = ready(house, programme)
    house.a_published_run(programme)
    after = ready(house, programme)

    assert "nobody-allowed-mentee" not in concerns(mended)
    assert (after.mentees, after.seats, after.unmatched) == (0, 0, 0)


def test_the_rule_that_removes_most_is_named(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[{**MENTEES[0], "languages": "fr"}])

    [one] = [one for one in ready(house, programme).concerns if one.code == "nobody-allowed"]

    assert one.facts == {"rule": "common-language"}


def test_only_so_many_pairs_are_judged_while_somebody_waits() -> None:
    mentors = [a_person(f"m{number}", 1, languages="en") for number in range(10)]
    mentees = [a_person(f"e{number}", 1, languages="en") for number in range(10)]
    problem = a_problem(mentors, mentees, Rulebook())

    assert [Weighed(problem, looks).looked_at for looks in (1, 4, 11)] == [0, 3, 10]


def test_a_programme_without_anybody_is_no_error(house: MatchingHouse) -> None:
    found = ready(house, house.a_programme())

    assert (found.mentees, found.seats, found.concerns, found.unmatched) == (0, 0, (), 0)


def test_concerns_of_one_code_are_told_apart_by_side_and_column() -> None:
    assert [Concern("blank", Role.MENTOR, (), {"column": "goals"}).key, Concern("lock", Role.MENTEE, ()).key] == [
        "blank-mentor-goals", "lock-mentee"]


def test_a_coordinator_reads_what_to_mend(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[{**MENTEES[0], "languages": "fr"}])
    app = app_of(house)
    place = f"/programmes/{programme.id}/readiness"

    carla = Caller(app, "carla", ())
    assert carla("GET", place).json["as_of"] is None
    house.settle()
    found: Any = carla("GET", place).json

    assert (found["mentees"], found["seats"], found["undecided"]) == (1, 3, 0)
    assert found["concerns"][0] == {
        "key": "nobody-allowed-mentee", "code": "nobody-allowed", "role": "mentee", "count": 1,
        "facts": {"rule": "common-language"}, "people": [E1]}
    assert Caller(app, "otto", ())("GET", place).status_code == 404


def test_looking_often_counts_once_and_a_dead_worker_is_followed_by_another(house: MatchingHouse) -> None:
    programme, readiness = house.a_full_programme(), house.matching.readiness
    for _ in range(3):
        readiness.of(programme.id)
    readiness.store.change(programme.id, lambda one: one.tick(house.clock.now()))  # and then it died
    house.settle()
    assert readiness.of(programme.id).found is None

    house.pass_time(minutes=2)
    counted = readiness.of(programme.id)
    house.pass_time(seconds=9)
    readiness.of(programme.id)
    house.settle()

    assert counted.found
    assert readiness.of(programme.id).counted_at == counted.counted_at


def test_nobody_is_forgotten_while_a_worker_that_has_read_them_may_still_write(house: MatchingHouse) -> None:
    programme, readiness = house.a_full_programme(), house.matching.readiness
    readiness.of(programme.id)
    readiness.store.change(programme.id, lambda one: one.take("a slow worker", house.clock.now()))

    house.matching.erasures.ask(E1, by="hr")
    for _ in range(9):
        house.pass_time(seconds=1)
    before = house.matching.people.store.exists(E1)
    readiness.store.change(programme.id, lambda one: one.count(house.clock.now()))
    for _ in range(9):
        house.pass_time(seconds=1)

    assert (before, house.matching.people.store.exists(E1)) == (True, False)


def test_nobody_who_is_erased_is_named(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[{**MENTEES[0], "languages": "fr"}])
    assert concerns(ready(house, programme))["nobody-allowed-mentee"] == {E1}

    house.matching.erasures.ask(E1, by="hr")
    for _ in range(9):
        house.pass_time(seconds=1)

    assert not house.matching.readiness.store.get(programme.id).names(E1)
