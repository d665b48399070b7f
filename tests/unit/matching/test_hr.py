"""The HR system tells of people by events, with the same effects as the directory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from services.matching.application.directory import Directory, Told
from services.matching.application.hr import HrChanges
from services.matching.contracts.hr_changes import (
    HR_CHANGES,
    HrLeaveBegun,
    HrLeaveEnded,
    HrPersonJoined,
    HrPersonLeft,
    HrPersonMoved,
)
from services.matching.contracts.pairs import CloseReason, PairState
from services.matching.contracts.people import PEOPLE, PersonState
from services.matching.domain.directory import Details, Leave
from services.matching.domain.hr_news import HrNews
from services.matching.domain.person import Person, person_id
from shared.kernel.events import Cause, Event, Sequence
from shared.messaging.consumer import MOST_PARKED_A_MINUTE
from shared.messaging.envelope import Outgoing, Received
from shared.store.repository import Repository
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_moves import an_active_pair

ADA = HrPersonJoined(directory_id="A-1", name="Ada Blum", email="ada@example.org", manager_id="M-1", grade="lead",
                     languages=("en", "de"), working_days=("mon", "tue"))


def test_who_joins_is_known_with_all_that_hr_says(house: MatchingHouse) -> None:
    house.tell(ADA)

    details = house.matching.people.get(person_id("a-1")).details
    assert (details.name, details.manager_id, details.languages) == ("Ada Blum", person_id("m-1"), ("en", "de"))
    assert house.told(PEOPLE.name) == ["person-added"]


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_manager_is_none(house: MatchingHouse, blank: str) -> None:
    house.tell(ADA)

    house.tell(HrPersonMoved(directory_id="a-1", manager_id=blank))
    house.tell(replace(ADA, directory_id="a-2", email="ada.2@example.org", manager_id=blank))

    assert [house.matching.people.get(person_id(one)).details.manager_id for one in ("a-1", "a-2")] == ["", ""]


def test_the_whole_topic_a_second_time_changes_nothing(house: MatchingHouse) -> None:
    for news in (ADA, HrPersonMoved(directory_id="a-1", department="Sales"), HrPersonLeft(directory_id="a-1"), ADA):
        house.tell(news)
    before = house.matching.people.get(person_id("a-1"))

    house.world.again()
    house.settle()

    assert house.matching.people.get(person_id("a-1")) == before
    assert (before.state, before.details.department) == (PersonState.ACTIVE, "Sales")


@pytest.mark.feature("O8")
def test_who_left_ends_their_pairs(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)

    house.tell(HrPersonLeft(directory_id="M1"))

    ended = house.matching.pairs.get(pair.id)
    assert (ended.state, ended.reason) == (PairState.CLOSED, CloseReason.MENTOR_LEFT)


@pytest.mark.feature("O8")
def test_a_leave_pauses_from_its_first_day_until_somebody_is_back(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)

    house.tell(HrLeaveBegun(directory_id="m1", starts_on="2027-03-10"))
    early = house.matching.pairs.get(pair.id).state
    house.pass_time(days=10)
    away = house.matching.pairs.get(pair.id).state
    house.tell(HrLeaveEnded(directory_id="m1", back_on="2027-03-11"))

    assert (early, away) == (PairState.ACTIVE, PairState.PAUSED)
    assert house.matching.pairs.get(pair.id).state is PairState.ACTIVE
    assert house.matching.people.get(pair.mentor_id).due_at is None


@pytest.mark.feature("O8")
def test_who_moves_under_their_mentor_is_a_task(house: MatchingHouse) -> None:
    programme, pair = an_active_pair(house)

    house.tell(HrPersonMoved(directory_id="e1", manager_id="m1"))

    assert [one.pair_id for one in house.matching.tasks.find(programme.id, 10, None).items] == [pair.id]


EVERYTHING = (
    HrPersonMoved(directory_id="Nobody", department="Sales", grade="E 4", manager_id="m-1"),
    HrLeaveBegun(directory_id="nobody", starts_on="2027-03-01", ends_on="2027-03-20"),
    HrLeaveBegun(directory_id="nobody", starts_on="2027-06-01"),
    HrLeaveEnded(directory_id="nobody", back_on="2027-03-12"),
)
TOLD = Told(directory_id="nobody", details=Details(
    name="N", email="n@example.org", language="en", time_zone="Europe/Berlin", department="Research"))


def a_cause(number: int) -> Cause:
    """The event of this number that HR told."""
    return Received(id=str(number), source="/hr", sequence=Sequence(1, number), type=HrPersonMoved.type,
                    topic=HR_CHANGES.name, key="nobody", time="", data={})


@pytest.mark.parametrize("news", [*EVERYTHING, HrPersonLeft(directory_id="nobody")])
def test_news_of_people_who_are_not_ours_wait_for_no_operator_and_lapse(
        house: MatchingHouse, news: Event, capfd: pytest.CaptureFixture[str]) -> None:
    house.tell(news)
    house.pass_time(days=7, seconds=1)

    told = capfd.readouterr().out
    assert ("hr_news_not_ours" in told, "obody" in told) == (True, False)
    assert list(house.matching.hr.store.each({})) == list(house.matching.people.store.each({})) == []


def test_who_is_entered_a_little_later_has_what_hr_told_before(house: MatchingHouse) -> None:
    for news in EVERYTHING:
        house.tell(news)
    house.pass_time(days=2)

    person = house.matching.directory.enter(TOLD)
    house.settle()

    known = house.matching.people.get(person.id)
    assert (known.details.department, known.details.grade) == ("Research", "E 4")
    assert known.details.manager_id == person_id("m-1")
    assert known.details.leaves == (Leave(starts_on="2027-03-01", ends_on="2027-03-11"),)
    assert known.state is PersonState.ON_LEAVE
    assert list(house.matching.hr.store.each({})) == []


def test_what_was_taken_up_is_not_told_again_by_a_repeat(house: MatchingHouse) -> None:
    house.tell(EVERYTHING[0])
    person = house.matching.directory.enter(TOLD)
    house.settle()
    house.matching.directory.follow(person.id, replace(TOLD, details=replace(TOLD.details, grade="E 5")))

    house.world.again()
    house.settle()

    assert house.matching.people.get(person.id).details.grade == "E 5"


def renamed(house: MatchingHouse, person_id: str, **said: str) -> Details:
    """After the directory calls them `nobody`, and says that of them."""
    known = house.matching.people.get(person_id)
    told = Told(directory_id="nobody", details=replace(known.details, **said))  # type: ignore[arg-type]
    house.matching.directory.follow(person_id, told)
    house.settle()
    return house.matching.people.get(person_id).details


def test_who_is_given_the_name_that_hr_told_of_has_what_it_told(house: MatchingHouse) -> None:
    person = house.matching.directory.enter(replace(TOLD, directory_id="maiden"))
    house.tell(HrLeaveBegun(directory_id="maiden", starts_on="2027-02-20"))
    for news in EVERYTHING:
        house.tell(news)

    details = renamed(house, person.id)

    assert (details.department, details.grade, details.manager_id) == ("Sales", "E 4", person_id("m-1"))
    assert [(one.starts_on, one.ends_on) for one in details.leaves] == [
        ("2027-02-20", "2027-03-11"), ("2027-03-01", "2027-03-11")]
    assert list(house.matching.hr.store.each({})) == []


def test_what_the_directory_says_with_a_new_name_is_newer(house: MatchingHouse) -> None:
    person = house.matching.directory.enter(replace(TOLD, directory_id="maiden"))
    house.tell(EVERYTHING[0])

    details = renamed(house, person.id, department="Legal")

    assert (details.department, details.grade) == ("Legal", "E 4")


def test_what_was_taken_up_with_a_new_name_is_not_told_again_by_a_repeat(house: MatchingHouse) -> None:
    person = house.matching.directory.enter(replace(TOLD, directory_id="maiden"))
    house.tell(HrPersonMoved(directory_id="maiden", grade="E 3"))
    house.tell(EVERYTHING[0])
    renamed(house, person.id)
    known = house.matching.people.get(person.id)
    house.matching.directory.follow(person.id, Told(directory_id="nobody", details=replace(known.details, grade="E 5")))

    house.world.again()
    house.settle()

    assert house.matching.people.get(person.id).details.grade == "E 5"


def test_what_hr_tells_before_older_news_are_taken_up_comes_after_them(house: MatchingHouse) -> None:
    person = house.matching.directory.enter(replace(TOLD, directory_id="maiden"))
    house.tell(EVERYTHING[0])
    house.matching.directory.follow(person.id, replace(TOLD, directory_id="nobody"))

    for number, grade in enumerate(("E 8", "E 9"), 100):
        house.matching.hr.moved("nobody", {"grade": grade}, a_cause(number))
    house.settle()

    known = house.matching.people.get(person.id).details
    assert (known.department, known.grade) == ("Sales", "E 9")


class Meanwhile:
    """A store in which something happens as soon as news are put aside."""

    def __init__(self, inner: Repository[HrNews], happens: Callable[[], object]) -> None:
        self.inner, self.happens = inner, happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def add(self, news: HrNews, cause: Cause) -> HrNews:
        added = self.inner.add(news, cause=cause)
        self.happens()
        return added


@pytest.mark.parametrize("is_taken_up", [False, True])
def test_to_who_comes_while_news_are_put_aside_they_are_the_later_word(house: MatchingHouse, is_taken_up: bool) -> None:
    hr = house.matching.hr

    def comes() -> None:
        house.matching.directory.enter(TOLD)
        if is_taken_up:
            hr.take_up(person_id("nobody"))

    slow = replace(hr, store=cast(Repository[HrNews], Meanwhile(hr.store, comes)))
    slow.moved("nobody", {"department": "Sales"}, a_cause(7))
    house.settle()

    known = house.matching.people.get(person_id("nobody"))
    assert (known.details.department, known.applied[f"{HR_CHANGES.name} /hr"].number) == ("Sales", 7)
    assert list(hr.store.each({})) == []


def taken_up(house: MatchingHouse, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Details:
    """Of somebody to whom news are told; what happens does so between the look at them and the decision."""
    person = house.matching.directory.enter(replace(TOLD, directory_id="maiden"))
    house.tell(EVERYTHING[0])
    settle = HrChanges._settle

    def slow(hr: HrChanges, *args: Any) -> None:
        monkeypatch.undo()
        happens()
        settle(hr, *args)

    monkeypatch.setattr(HrChanges, "_settle", slow)
    return renamed(house, person.id)


def test_what_hr_tells_while_older_news_are_taken_up_holds(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    hr = house.matching.hr

    known = taken_up(house, lambda: hr.moved("nobody", {"department": "Legal"}, a_cause(100)), monkeypatch)

    assert (known.department, known.grade) == ("Legal", "E 4")
    assert list(hr.store.each({})) == []


def test_news_that_another_worker_took_up_are_nobodys_business(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    hr = house.matching.hr

    known = taken_up(house, lambda: hr.take_up_name(person_id("maiden"), ()), monkeypatch)

    assert (known.department, known.grade) == ("Sales", "E 4")
    assert list(house.backbone.parked_keys.each({})) == []


@pytest.mark.feature("O8")
def test_whoever_the_directory_enters_while_hr_tells_that_they_join_has_what_both_say(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    enter = Directory.enter

    def late(directory: Directory, told: Told, cause: Cause | None = None) -> Person:
        monkeypatch.undo()
        enter(directory, replace(TOLD, directory_id="a-1"))
        return enter(directory, told, cause)

    monkeypatch.setattr(Directory, "enter", late)
    house.world.tell(ADA)
    house.worker.consumer.step(0)
    house.worker.consumer.step(0.1)
    house.worker.consumer.step(0.1)

    details = house.matching.people.get(person_id("a-1")).details
    assert (details.name, details.department, details.grade) == ("Ada Blum", "Research", "lead")
    assert list(house.backbone.parked_keys.each({})) == []


@pytest.mark.parametrize(("bad", "part"), [
    (HrPersonMoved(directory_id="nobody", grade="x" * 300, location="Oslo"), "grade"),
    (HrPersonMoved(directory_id="nobody", time_zone="Mars/Olympus", location="Oslo"), "time_zone"),
    (HrPersonMoved(directory_id="nobody", name=" ", location="Oslo"), "name"),
    (HrLeaveBegun(directory_id="nobody", starts_on="2027-05-03", ends_on="2027-05-01"), "leaves")])
def test_what_cannot_be_of_anybody_holds_nobody_up_and_takes_nothing_else_with_it(
        house: MatchingHouse, bad: Event, part: str, capfd: pytest.CaptureFixture[str]) -> None:
    for news in (HrLeaveBegun(directory_id="nobody", starts_on="2027-04-01", ends_on="2027-06-01"), bad,
                 HrPersonMoved(directory_id="nobody", location="Oslo")):
        house.tell(news)

    person = house.matching.directory.enter(TOLD)
    house.settle()

    known = house.matching.people.get(person.id).details
    assert (known.location, known.leaves) == ("Oslo", (Leave(starts_on="2027-04-01", ends_on="2027-06-01"),))
    assert (known.grade, known.time_zone, known.name) == ("", "Europe/Berlin", TOLD.details.name)
    said = [line for line in capfd.readouterr().out.splitlines() if "hr_fact_left_out" in line]
    assert said
    assert all(part in line and "nobody" not in line for line in said)
    assert list(house.matching.hr.store.each({})) == []


def test_who_was_forgotten_is_not_welcomed_again_and_keeps_nobody_waiting(house: MatchingHouse) -> None:
    house.tell(ADA)
    house.matching.erasures.ask(person_id("a-1"), by="office")
    for _ in range(5):
        house.pass_time(seconds=2)

    house.tell(ADA)

    assert list(house.worker.dead_letters.waiting()) == []
    assert not house.matching.people.store.exists(person_id("a-1"))


def test_whoever_left_before_they_came_is_here_all_the_same(house: MatchingHouse) -> None:
    for news in (*EVERYTHING, HrPersonLeft(directory_id="nobody")):
        house.tell(news)

    person = house.matching.directory.enter(TOLD)
    house.settle()

    assert house.matching.people.get(person.id).state is PersonState.ACTIVE
    assert house.matching.people.get(person.id).details.grade == ""


def test_who_is_forgotten_is_in_no_news_that_wait(house: MatchingHouse) -> None:
    boss = house.matching.directory.enter(replace(TOLD, directory_id="m-1"))
    house.tell(EVERYTHING[0])

    house.matching.erasures.ask(boss.id, by="office")
    for _ in range(5):
        house.pass_time(seconds=2)
    house.tell(HrPersonMoved(directory_id="m-1", grade="E 9"))

    [left] = house.matching.hr.store.each({})
    assert left.facts == {"department": "Sales", "grade": "E 4"}


def test_what_cannot_be_read_is_a_dead_letter(house: MatchingHouse) -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC).isoformat()
    broken = Outgoing(id="1", source="/hr", sequence=house.world._sequences["/hr"].next(1), type=HrLeaveBegun.type,
                      topic=HR_CHANGES.name, key="m1", time=now, data={"directory_id": "m1", "starts_on": "soon"})

    house.log.publish([broken])
    house.worker.settle()

    assert [parked.key for parked in house.worker.dead_letters.waiting()] == ["m1"]


BAD = [HrPersonMoved(directory_id="M1", name="x" * 300), HrPersonMoved(directory_id="M1", time_zone="Mars/Olympus"),
       HrLeaveBegun(directory_id="M1", starts_on="soon")]


@pytest.mark.feature("O8")
@pytest.mark.parametrize("bad", BAD, ids=["too long", "no time zone", "no day"])
def test_who_left_ends_their_pairs_though_news_before_were_refused(house: MatchingHouse, bad: Event) -> None:
    _, pair = an_active_pair(house)

    for news in (bad, HrPersonLeft(directory_id="M1")):
        house.world.tell(news)
    house.worker.settle()

    assert house.matching.people.get(pair.mentor_id).state is PersonState.LEFT
    assert house.matching.pairs.get(pair.id).reason is CloseReason.MENTOR_LEFT
    [refused] = house.worker.dead_letters.waiting()
    assert (refused.key, refused.refused, [one.type for one in refused.waiting]) == ("M1", True, [bad.type])


@pytest.mark.feature("O8")
def test_however_many_bad_news_hr_tells_all_else_goes_on(house: MatchingHouse) -> None:
    _, pair = an_active_pair(house)
    for number in range(MOST_PARKED_A_MINUTE + 2):
        house.world.tell(HrPersonJoined(directory_id=f"x{number}", name="N", email="n@example.org", time_zone="Mars/X"))

    house.matching.people.leave(pair.mentor_id)
    house.worker.settle()

    house.worker.ready()
    assert house.matching.pairs.get(pair.id).reason is CloseReason.MENTOR_LEFT
