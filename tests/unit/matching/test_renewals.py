"""Mentors whose last pair is complete are asked to go on, once; what they say changes their part, and is counted."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from services.matching.contracts.circles import CircleCloseReason
from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import ParticipantState, Role
from services.matching.contracts.renewals import RENEWALS, RenewalAnswer
from services.matching.domain.answering import BadAnswers
from services.matching.domain.circle import Shape
from services.matching.domain.default_forms import CAREER
from services.matching.domain.form import FieldKind, Form, FormField
from services.matching.domain.pair import Pair
from services.matching.domain.participant import BadCapacity, Participant, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.renewal import Renewal, RenewalDecided, Retention, Said, retention, standard
from services.matching.domain.suppression import Suppression
from tests.unit.matching.builders import told as recorded
from tests.unit.matching.house import MENTEES, MENTORS, MONDAY, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.matching.test_moves import on_leave

STAY, PAUSE, LEAVE = RenewalAnswer


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    found = house.a_full_programme(gates=())
    house.a_published_run(found)
    return found


def completed(house: MatchingHouse, pair: Pair) -> None:
    house.matching.pairs.store.change(pair.id, lambda one: one.complete(house.clock.now()))
    house.settle()


def a_last_pair(house: MatchingHouse, programme: Programme) -> Pair:
    """All pairs of one mentor are complete; one of them."""
    pair, *_rest = house.pairs(programme)
    for one in house.pairs(programme):
        if one.mentor_id == pair.mentor_id:
            completed(house, one)
    return pair


def told(house: MatchingHouse) -> list[str]:
    return house.told(RENEWALS.name)


def part(house: MatchingHouse, programme: Programme, mentor: str) -> Participant:
    return house.matching.participants.get(application_id(programme.id, mentor, Role.MENTOR))


def answered(house: MatchingHouse, programme: Programme, mentor: str, answer: RenewalAnswer, **more: Any) -> None:
    house.matching.renewals.decide(programme.id, mentor, Said(answer=answer, **more))
    house.settle()


@pytest.mark.feature("S2.11")
def test_a_mentor_is_asked_when_the_last_pair_is_complete_and_not_before(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS[:1], MENTEES[:2], gates=())
    house.a_published_run(programme)
    first, second = house.pairs(programme)

    completed(house, first)
    between = told(house)
    completed(house, second)

    assert first.mentor_id == second.mentor_id
    assert (between, told(house)) == ([], ["renewal-asked"])
    [event] = house.world.heard(RENEWALS.name)
    assert event.data == {"application_id": application_id(programme.id, first.mentor_id, Role.MENTOR),
                          "programme_id": programme.id, "person_id": first.mentor_id}


@pytest.mark.feature("S2.11")
def test_a_mentor_whose_last_pair_ends_early_is_asked_for_the_one_that_was_complete(house: MatchingHouse) -> None:
    programme = house.a_full_programme(MENTORS[:1], MENTEES[:2], gates=())
    house.a_published_run(programme)
    first, second = house.pairs(programme)

    completed(house, first)
    house.matching.pairs.close(second.id, CloseReason.ENDED_EARLY, by=second.mentor_id)
    house.settle()

    assert told(house) == ["renewal-asked"]


def test_a_mentor_who_leaves_their_last_circle_is_asked_for_a_pair_that_was_complete(house: MatchingHouse) -> None:
    programme = house.a_full_programme([{**MENTORS[0], "capacity": "3"}], MENTEES[:1], gates=())
    house.a_published_run(programme)
    [pair] = house.pairs(programme)
    circle = house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(pair.mentor_id,)))
    house.settle()
    completed(house, pair)
    assert told(house) == []

    house.matching.circles.close(circle.id, CircleCloseReason.ENDED_EARLY)
    house.settle()

    assert told(house) == ["renewal-asked"]


def test_the_end_of_a_programme_asks_every_mentor_once(house: MatchingHouse, programme: Programme) -> None:
    mentors = {pair.mentor_id for pair in house.pairs(programme)}

    house.pass_time(days=400)
    house.pass_time(days=40)

    assert told(house) == ["renewal-asked"] * len(mentors)


@pytest.mark.parametrize(("reason", "expected"), [
    (CircleCloseReason.COMPLETED, ["renewal-asked"]), (CircleCloseReason.ENDED_EARLY, [])])
def test_whoever_led_a_circle_to_its_end_is_asked_too(house: MatchingHouse, reason: CircleCloseReason,
                                                      expected: list[str]) -> None:
    programme = house.a_full_programme(gates=())
    circle = house.matching.circles.form(programme.id, Shape(
        name="Leading", mentor_ids=(person_id("m1"),), min_mentees=1, max_mentees=3))
    house.settle()
    house.matching.circles.join(circle.id, person_id("e1"), Role.MENTEE)
    house.settle()

    house.matching.circles.close(circle.id, reason)
    house.settle()

    assert told(house) == expected
    assert [one.data["person_id"] for one in house.world.heard(RENEWALS.name) if one.data] == [
        person_id("m1")] * len(expected)


def test_the_same_event_again_asks_nobody_again(house: MatchingHouse, programme: Programme) -> None:
    pair = a_last_pair(house, programme)
    event = house.world.heard("mentoring.pairs.v1")[-1]

    house.worker.handlers[event.type](event)
    answered(house, programme, pair.mentor_id, PAUSE)
    house.worker.handlers[event.type](event)
    house.settle()

    assert told(house) == ["renewal-asked", "renewal-answered"]


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 5))
def test_a_crash_after_any_write_asks_once_and_follows_the_answer_once(
        house: MatchingHouse, programme: Programme, writes: int) -> None:
    pair, *_rest = house.pairs(programme)
    for one in house.pairs(programme):
        if one.mentor_id == pair.mentor_id:
            house.matching.pairs.store.change(one.id, lambda pair: pair.complete(house.clock.now()))

    killed_after(house, writes, house.matching.renewals.store)
    revived(house)
    answered(house, programme, pair.mentor_id, PAUSE)

    assert told(house) == ["renewal-asked", "renewal-answered"]
    assert part(house, programme, pair.mentor_id).state is ParticipantState.PAUSED


def test_whoever_ends_early_or_has_left_is_not_asked(house: MatchingHouse, programme: Programme) -> None:
    early, gone = house.pairs(programme)[:2]
    house.matching.pairs.close(early.id, CloseReason.ENDED_EARLY, by=early.mentor_id)
    house.matching.pairs.close(gone.id, CloseReason.COMPLETED, by="carla")
    house.matching.people.leave(gone.mentor_id)  # before anybody hears that the pair is complete
    house.settle()

    assert told(house) == []


def test_whoever_leads_a_circle_there_is_not_asked_when_a_pair_is_complete(house: MatchingHouse) -> None:
    programme = house.a_full_programme([{**MENTORS[0], "capacity": "3"}], MENTEES[:1], gates=())
    house.a_published_run(programme)
    [pair] = house.pairs(programme)
    house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(pair.mentor_id,)))
    house.settle()

    completed(house, pair)

    assert told(house) == []


@pytest.mark.feature("S2.11")
@pytest.mark.parametrize(("answer", "more", "state", "capacity"), [
    (STAY, {"capacity": 1}, ParticipantState.ACTIVE, 1), (STAY, {}, ParticipantState.ACTIVE, 2),
    (PAUSE, {}, ParticipantState.PAUSED, 2), (LEAVE, {"capacity": 5}, ParticipantState.LEFT, 2)])
def test_the_answer_changes_their_part(house: MatchingHouse, answer: RenewalAnswer, more: dict[str, Any],
                                       state: ParticipantState, capacity: int) -> None:
    programme = house.a_full_programme([{**MENTORS[0], "capacity": "2"}], MENTEES[:1], gates=())
    house.a_published_run(programme)
    [pair] = house.pairs(programme)
    completed(house, pair)

    answered(house, programme, pair.mentor_id, answer, **more)

    after = part(house, programme, pair.mentor_id)
    assert (after.state, after.capacity) == (state, capacity)


def test_whoever_was_on_a_break_and_stays_is_back_but_a_leave_goes_on() -> None:
    one = Participant.approve("p", "m", Role.MENTOR, 2, {}, MONDAY)
    one.pause(MONDAY)
    one.go_on(2, MONDAY)
    back = one.state
    one.be_away(True, MONDAY)
    one.go_on(3, MONDAY)

    assert (back, one.state, one.capacity) == (ParticipantState.ACTIVE, ParticipantState.PAUSED, 3)


@pytest.mark.feature("O8")
def test_whoever_stays_while_on_leave_and_on_a_break_of_their_own_is_back_when_the_leave_is_over(
    house: MatchingHouse, programme: Programme,
) -> None:
    pair = a_last_pair(house, programme)
    its = application_id(programme.id, pair.mentor_id, Role.MENTOR)
    house.matching.participants.pause(its)
    on_leave(house, pair.mentor_id)
    answered(house, programme, pair.mentor_id, STAY)
    during = house.matching.participants.get(its)

    on_leave(house, pair.mentor_id, away=False)

    assert (during.state, during.misses(True)) == (ParticipantState.PAUSED, False)
    assert house.matching.participants.get(its).state is ParticipantState.ACTIVE


def test_whoever_stays_and_took_part_through_their_leave_goes_on_doing_so() -> None:
    one = Participant.approve("p", "m", Role.MENTOR, 2, {}, MONDAY)
    one.be_away(True, MONDAY)
    one.resume(MONDAY, away=True)
    one.take_a_break(MONDAY)
    one.go_on(2, MONDAY, away=True)

    assert one.state is ParticipantState.ACTIVE
    assert not one.misses(True)


def test_a_break_after_a_leave_lasts() -> None:
    one = Participant.approve("p", "m", Role.MENTOR, 2, {}, MONDAY)
    one.be_away(True, MONDAY)
    one.take_a_break(MONDAY)
    one.be_away(False, MONDAY)

    assert one.state is ParticipantState.PAUSED


def decide(said: Said, form: Form = CAREER) -> Renewal:
    one = Renewal.ask("p", "m", MONDAY)
    one.decide(said, form, 2, MONDAY)
    return one


def test_what_moves_and_hinders_them_is_in_no_event() -> None:
    one = decide(Said(answer=LEAVE, drivers=("learn",), hurdles=("time", "time")))

    assert recorded(one) == ["renewal-asked", "renewal-answered"]
    assert not any({"drivers", "hurdles"} & {*vars(told.event)} for told in one.recorded)
    assert (one.drivers, one.hurdles) == (("learn",), ("time",))


@pytest.mark.parametrize(("said", "error"), [
    (Said(answer=STAY, capacity=51), BadCapacity), (Said(answer=STAY, hurdles=("ghosts",)), BadAnswers)])
def test_what_cannot_be_answered_changes_nothing(said: Said, error: type[Exception]) -> None:
    one = Renewal.ask("p", "m", MONDAY)

    with pytest.raises(error):
        one.decide(said, CAREER, 2, MONDAY)

    assert (one.answer, recorded(one)) == (None, ["renewal-asked"])


def test_it_is_answered_once() -> None:
    one = decide(Said(answer=STAY))

    with pytest.raises(RenewalDecided):
        one.decide(Said(answer=LEAVE), CAREER, 2, MONDAY)


@pytest.mark.feature("B8")
@pytest.mark.parametrize("key", ["drivers", "hurdles"])
def test_the_two_standard_questions_are_asked_in_the_programmes_words_where_people_choose(key: str) -> None:
    own = FormField(key=key, kind=FieldKind.SEVERAL_OF, labels={"en": "Own"}, options=())
    words = FormField(key=key, kind=FieldKind.LONG_TEXT, labels={"en": "Own"})

    assert standard(Form(fields=(own,)), key) == own
    assert standard(Form(fields=(words,)), key).options == standard(CAREER, key).options != ()


# How many stay.


def stays(*counts: tuple[int, bool]) -> list[bool]:
    return [stay for count, stay in counts for _ in range(count)]


@pytest.mark.feature("S2.11")
@pytest.mark.parametrize(("said", "found"), [
    (stays((9, True)), Retention()), (stays((15, True), (5, False)), Retention(20, 15)),
    (stays((8, True), (8, False)), Retention(15, 5)), (stays((16, True), (4, False)), Retention(20, nearly_all=True)),
    (stays((4, True), (11, False)), Retention(15)), ([], Retention())])
def test_the_rate_counts_by_fives_and_shows_no_small_group(said: list[bool], found: Retention) -> None:
    assert retention(said, Suppression()) == found


def test_two_looks_do_not_tell_who_stayed_in_between() -> None:
    said = stays((12, True), (9, False), (3, True))

    found = [retention(said[:count], Suppression()) for count in range(len(said) + 1)]

    assert all(one == other or other.asked - one.asked in (5, 10) for one, other in pairwise(found))


def asked(house: MatchingHouse, programme: Programme, count: int, how: Callable[[int], Said | None]) -> None:
    """So many mentors, of whom each answers as `how` says."""
    house.bring(programme, Role.MENTOR, people(count))
    for number in range(count):
        mentor = person_id(f"r{number}")
        house.matching.renewals.store.add(Renewal.ask(programme.id, mentor, house.clock.now()))
        if said := how(number):
            house.matching.renewals.decide(programme.id, mentor, said)
    house.settle()


def people(count: int) -> list[dict[str, str]]:
    return [{"id": f"r{number}", "name": f"R {number}", "email": f"r{number}@example.org", "capacity": "1"}
            for number in range(count)]


def report(house: MatchingHouse, programme: Programme) -> Any:
    house.matching.motives.of(programme.id)
    house.settle()
    return house.matching.motives.of(programme.id)


@pytest.mark.feature("S2.11")
def test_whoever_says_so_or_comes_to_the_next_cohort_stays(house: MatchingHouse) -> None:
    programme = house.a_programme()
    following = house.matching.programmes.copy(programme.id, "Next", date(2028, 3, 1))
    house.matching.programmes.open(following.id)
    house.settle()
    house.bring(following, Role.MENTOR, people(5))
    asked(house, programme, 20, lambda number: Said(answer=STAY) if 5 <= number < 10 else
          Said(answer=LEAVE) if number < 15 else None)

    found = report(house, programme)

    assert (found.asked, found.stayed, found.nearly_all) == (20, 10, False)


@pytest.mark.feature("B8")
def test_the_report_ranks_what_is_said_at_renewal_apart_and_hides_what_few_say(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme()
    asked(house, programme, 15, lambda number: Said(
        answer=STAY, drivers=("learn",) if number < 10 else ("lead",),
        hurdles=("time",) if number < 8 else ("distance",) if number < 11 else ("none",)))
    report(house, programme)

    body = as_("carla").get(f"/programmes/{programme.id}/motives").json

    drivers, hurdles = body["renewals"]
    assert [(one["code"], one["count"]) for one in drivers["motives"]] == [("learn", 10), ("lead", 5)]
    assert [(one["code"], one["count"]) for one in hurdles["motives"]] == [("time", 5)]
    assert {"distance", "none", "support"} <= set(hurdles["few"])
    assert [one["answered"] for one in body["items"]] == [0, 0]


def test_a_mentor_is_shown_their_own_and_answers_it(house: MatchingHouse, programme: Programme, as_: As) -> None:
    pair = a_last_pair(house, programme)
    place = f"/me/renewals/{programme.id}/answer"
    mentor, other = as_(pair.mentor_id), as_(pair.mentee_id)

    [offer] = mentor.get("/me/renewals").json["items"]
    answers = [mentor("POST", place, {"answer": "stay", "capacity": 99}), other("POST", place, {"answer": "stay"}),
               mentor("POST", place, {"answer": "stay", "drivers": ["ghosts"]}),
               mentor("POST", place, {"answer": "stay", "capacity": 0}, Idempotency_Key="k"),
               mentor("POST", place, {"answer": "stay", "capacity": 0}, Idempotency_Key="k"),
               mentor("POST", place, {"answer": "leave"})]

    assert offer["programme"] == "Rising"
    assert [one["key"] for one in offer["questions"]] == ["drivers", "hurdles"]
    assert [one.status_code for one in answers] == [422, 404, 422, 200, 200, 409]
    assert not {"drivers", "hurdles"} & set(answers[3].json)
    assert mentor.get("/me/renewals").json["items"] == other.get("/me/renewals").json["items"] == []


def test_whoever_is_forgotten_leaves_no_answer_and_the_export_has_it(
        house: MatchingHouse, programme: Programme) -> None:
    pair = a_last_pair(house, programme)
    answered(house, programme, pair.mentor_id, STAY, hurdles=("time",))
    [exported] = house.matching.exporting.of(pair.mentor_id)["renewals"]

    assert house.matching.renewals.forget(pair.mentor_id) == 1

    kept = house.matching.renewals.store.get(exported["id"])
    assert (exported["hurdles"], kept.hurdles, kept.answer) == (["time"], (), STAY)
