"""A request: ranked choices, asked one after the other, each once."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from services.matching.adapters.holidays import is_holiday, is_known
from services.matching.contracts.requests import PairRequested, RequestReminderDue, RequestState, WithdrawnBecause
from services.matching.domain.choice import BadChoices, ChoiceState, DeclineReason, Prospects
from services.matching.domain.directory import Weekday
from services.matching.domain.pair import AlreadyDecided
from services.matching.domain.request import MailedToday, MenteesTurn, Request, pair_id_of
from services.matching.domain.request_views import seen_by
from services.matching.domain.seats import NoFreeSeat
from services.matching.domain.working_days import Workday, Workdays
from shared.kernel.errors import NotFound
from tests.unit.matching.builders import told
from tests.unit.matching.house import MONDAY

TUESDAY, WEDNESDAY, THURSDAY = MOMENTS = tuple(MONDAY + timedelta(days=days) for days in (1, 2, 3))


def except_for(*busy: str, over: WithdrawnBecause | None = None) -> Prospects:
    """Everybody can be asked but these."""
    return Prospects(lambda mentor_id: () if mentor_id in busy else MOMENTS, over)


ALL = except_for()
BERLIN = ZoneInfo("Europe/Berlin")


def in_berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def a_request(*mentors: str, prospects: Prospects = ALL) -> Request:
    return Request.open("r", "p", "mentee", mentors or ("a", "b", "c"), prospects, MONDAY)


def states(request: Request) -> list[str]:
    return [one.state.value for one in request.choices]


def asked(request: Request) -> list[str]:
    return [one.event.mentor_id for one in request.recorded if isinstance(one.event, PairRequested)]


@pytest.mark.feature("C4")
def test_the_first_choice_is_asked_and_the_others_wait() -> None:
    request = a_request()

    assert states(request) == ["asked", "waiting", "waiting"]
    assert (asked(request), request.timers["answer"]) == (["a"], THURSDAY)


@pytest.mark.feature("C4")
def test_a_no_asks_the_next_and_is_told_first() -> None:
    request = a_request()

    request.decline("a", DeclineReason.NO_TIME, "too much", ALL, MONDAY)

    assert told(request) == ["pair-requested", "request-declined", "pair-requested"]
    assert (states(request), request.asked_id) == (["declined", "asked", "waiting"], "b")


@pytest.mark.feature("C4")
def test_silence_asks_the_next_when_the_time_is_over_and_not_before() -> None:
    request = a_request()

    request.expire(ALL, THURSDAY - timedelta(milliseconds=1))
    assert states(request) == ["asked", "waiting", "waiting"]

    request.expire(Prospects(lambda _: (THURSDAY + timedelta(days=5),)), THURSDAY)
    request.expire(ALL, THURSDAY)
    assert states(request) == ["expired", "asked", "waiting"]
    assert asked(request) == ["a", "b"]


@pytest.mark.feature("C4")
def test_the_silent_are_reminded_twice_and_nobody_else() -> None:
    request, quick, asking = a_request(), a_request(), a_request()
    quick.decline("a", DeclineReason.OTHER, "", Prospects(lambda _: (THURSDAY,)), MONDAY)
    asking.ask_for_more("a", "Why?", MOMENTS, MONDAY)

    for now in (TUESDAY - timedelta(seconds=1), TUESDAY, TUESDAY, WEDNESDAY, WEDNESDAY, THURSDAY):
        for one in (request, quick, asking):
            one.remind(now)

    assert told(request) == ["pair-requested", "request-reminder-due", "request-reminder-due"]
    assert "request-reminder-due" not in told(quick) + told(asking)


def a_day(at: datetime) -> Workday:
    return Workday(at - timedelta(hours=8), at + timedelta(hours=16))


@pytest.mark.feature("C4")
def test_nobody_is_reminded_twice_on_a_working_day_by_whomever() -> None:
    request, noon = a_request(), TUESDAY + timedelta(hours=4)

    with pytest.raises(MailedToday):
        request.remind_now(a_day(MONDAY), MONDAY)
    request.remind_now(a_day(TUESDAY), TUESDAY - timedelta(hours=1))
    request.remind(TUESDAY)
    with pytest.raises(MailedToday):
        request.remind_now(a_day(TUESDAY), noon)
    request.remind(WEDNESDAY)

    reminded = [one.event.key for one in request.recorded if isinstance(one.event, RequestReminderDue)]
    assert (len(reminded), request.choices[0].reminded_at) == (2, WEDNESDAY)
    with pytest.raises(MailedToday):
        request.remind_now(a_day(WEDNESDAY), WEDNESDAY)


@pytest.mark.feature("C4")
def test_nobody_is_reminded_who_has_answered_or_waits_for_a_reply() -> None:
    over, asking = a_request("a"), a_request()
    over.decline("a", DeclineReason.OTHER, "", ALL, MONDAY)
    asking.ask_for_more("a", "Why?", MOMENTS, MONDAY)

    with pytest.raises(AlreadyDecided):
        over.remind_now(a_day(TUESDAY), TUESDAY)
    with pytest.raises(MenteesTurn):
        asking.remind_now(a_day(TUESDAY), TUESDAY)


@pytest.mark.feature("C4")
def test_nobody_is_reminded_on_the_day_of_the_mentees_reply() -> None:
    request = a_request()
    request.ask_for_more("a", "Why?", MOMENTS, MONDAY)
    request.reply("Since.", MOMENTS, TUESDAY)

    with pytest.raises(MailedToday):
        request.remind_now(a_day(TUESDAY), TUESDAY + timedelta(hours=1))
    request.remind_now(a_day(WEDNESDAY), WEDNESDAY)


@pytest.mark.feature("C4")
def test_nobody_is_reminded_when_the_time_to_answer_is_over() -> None:
    request = a_request()

    with pytest.raises(AlreadyDecided):
        request.remind_now(a_day(THURSDAY), THURSDAY)
    request.remind_now(a_day(THURSDAY), THURSDAY - timedelta(milliseconds=1))


@pytest.mark.feature("C4")
def test_whoever_cannot_be_asked_is_skipped() -> None:
    request = a_request(prospects=except_for("a"))

    request.decline("b", DeclineReason.OTHER, "", except_for("c"), MONDAY)

    assert (states(request), request.state) == (["skipped", "declined", "skipped"], RequestState.EXHAUSTED)
    assert told(request) == ["pair-requested", "request-declined"]
    assert request.due_at is None


@pytest.mark.feature("C2")
def test_a_mentee_who_asks_nobody_any_more_leaves_no_task_behind() -> None:
    paired = except_for("a", "b", "c", over=WithdrawnBecause.PAIRED)
    silent, declined, taken = (a_request() for _ in range(3))

    silent.expire(paired, THURSDAY)
    declined.decline("a", DeclineReason.OTHER, "", paired, MONDAY)
    taken.look_again(paired, MONDAY)

    assert {one.state for one in (silent, declined, taken)} == {RequestState.WITHDRAWN}
    assert [told(one)[1:] for one in (silent, declined, taken)] == [
        ["request-withdrawn"], ["request-declined"], ["request-withdrawn"]]


@pytest.mark.feature("C2")
def test_a_no_after_requests_were_ended_says_why_nobody_is_asked() -> None:
    request, goes_on = a_request(), a_request()

    request.decline("a", DeclineReason.OTHER, "", except_for(over=WithdrawnBecause.REQUESTS_ENDED), MONDAY)
    goes_on.decline("a", DeclineReason.OTHER, "", ALL, MONDAY)

    said = [one.recorded[1].event for one in (request, goes_on)]
    assert [getattr(one, "because", "") for one in said] == [WithdrawnBecause.REQUESTS_ENDED, None]


def test_nobody_who_can_be_asked_is_no_request() -> None:
    with pytest.raises(NoFreeSeat):
        a_request(prospects=except_for("a", "b", "c"))


@pytest.mark.parametrize("mentors", [("a", "a"), ("a", "b", "c", "d"), ("mentee",)])
def test_choices_are_one_to_three_others_each_once(mentors: tuple[str, ...]) -> None:
    with pytest.raises(BadChoices):
        a_request(*mentors)


def test_choices_change_behind_those_who_were_asked() -> None:
    request = a_request()

    request.choose(["d"])

    assert [one.mentor_id for one in request.choices] == ["a", "d"]
    with pytest.raises(BadChoices):
        request.choose(["a"])
    with pytest.raises(BadChoices):
        request.choose(["b", "c", "d"])


@pytest.mark.feature("C2")
def test_a_question_is_replied_to_and_both_have_the_whole_time() -> None:
    request, later = a_request(), (THURSDAY + timedelta(days=4),)

    request.ask_for_more("a", "What do you hope for?", later, MONDAY)
    assert (states(request)[0], request.due_at) == ("asked-for-more", later[0])
    request.reply("A new field.", later, MONDAY)

    assert states(request)[0] == "asked"
    assert told(request)[1:] == ["request-question-asked", "request-question-answered"]
    with pytest.raises(AlreadyDecided):
        request.ask_for_more("a", "And?", later, MONDAY)
    with pytest.raises(AlreadyDecided):
        request.reply("Again.", later, MONDAY)


def test_whoever_waits_in_the_list_knows_nothing_and_whose_turn_is_over_is_told_so() -> None:
    request = a_request()

    with pytest.raises(NotFound):
        request.decline("b", DeclineReason.OTHER, "", ALL, MONDAY)
    request.decline("a", DeclineReason.OTHER, "", ALL, MONDAY)
    with pytest.raises(AlreadyDecided):
        request.decline("a", DeclineReason.OTHER, "", ALL, MONDAY)


@pytest.mark.feature("C2")
def test_the_pair_that_a_request_became_ends_it() -> None:
    request = a_request()

    request.become(pair_id_of("r"), "a", MONDAY)
    request.become(pair_id_of("r"), "a", MONDAY)

    assert (request.state, request.pair_id, request.due_at) == (RequestState.ACCEPTED, pair_id_of("r"), None)
    assert told(request) == ["pair-requested", "request-accepted"]


@pytest.mark.feature("C4")
def test_a_question_without_a_reply_is_not_the_mentor_s_silence() -> None:
    request, silent = a_request(), a_request()
    request.ask_for_more("a", "Why me?", MOMENTS, MONDAY)

    for one in (request, silent):
        one.expire(ALL, THURSDAY)

    assert [states(one)[0] for one in (request, silent)] == ["unreplied", "expired"]


def test_a_yes_at_the_moment_of_going_on_counts_and_the_next_is_let_go() -> None:
    request = a_request()
    request.expire(ALL, THURSDAY)

    request.become(pair_id_of("r"), "a", THURSDAY)

    assert states(request) == ["accepted", "withdrawn", "waiting"]
    assert told(request)[-2:] == ["request-withdrawn", "request-accepted"]


@pytest.mark.parametrize("end", ["exhausted", "withdrawn"])
def test_a_yes_at_the_moment_of_the_end_counts_too(end: str) -> None:
    request = a_request("a")
    if end == "withdrawn":
        request.withdraw(WithdrawnBecause.BY_MENTEE, MONDAY)
    else:
        request.expire(ALL, THURSDAY)

    request.become(pair_id_of("r"), "a", THURSDAY)

    assert (request.state, states(request)) == (RequestState.ACCEPTED, ["accepted"])


def test_a_mentor_who_cannot_take_anybody_any_more_makes_room() -> None:
    request = a_request()

    request.look_again(ALL, MONDAY)
    request.look_again(except_for("a"), MONDAY)

    assert states(request) == ["skipped", "asked", "waiting"]
    assert told(request)[1:] == ["request-withdrawn", "pair-requested"]


@pytest.mark.feature("C17")
def test_a_refusal_is_seen_by_the_mentor_alone() -> None:
    request = a_request()
    request.ask_for_more("a", "Why me?", MOMENTS, MONDAY)
    request.decline("a", DeclineReason.TOO_CLOSE, "we are neighbours", ALL, MONDAY)

    of_mentor, of_next, of_mentee, of_others = (seen_by(request, one) for one in ("a", "b", "mentee", None))

    assert [(one.reason, one.note) for one in of_mentor.choices] == [(DeclineReason.TOO_CLOSE, "we are neighbours")]
    assert [one.mentor_id for one in of_next.choices] == ["b"]
    assert next((one.reason, one.note, one.question) for one in of_mentee.choices) == (None, "", "Why me?")
    assert {(one.reason, one.note, one.question) for one in of_others.choices} == {(None, "", "")}
    assert "neighbours" not in repr(request.recorded)


def test_a_mentor_learns_nothing_of_another_s_yes() -> None:
    request = a_request()
    request.decline("a", DeclineReason.OTHER, "", ALL, MONDAY)
    request.become(pair_id_of("r"), "b", MONDAY)

    assert (seen_by(request, "a").pair_id, seen_by(request, "b").pair_id) == (None, pair_id_of("r"))


def test_forgetting_leaves_no_word() -> None:
    request = a_request()
    request.ask_for_more("a", "Why me?", MOMENTS, MONDAY)
    request.reply("Because.", MOMENTS, MONDAY)
    request.decline("a", DeclineReason.OTHER, "no", ALL, MONDAY)

    request.forget()

    assert {(one.note, one.question, one.reply) for one in request.choices} == {("", "", "")}
    assert request.choices[0].state is ChoiceState.DECLINED


@pytest.mark.feature("C4")
@pytest.mark.parametrize(("start", "days", "worked", "last"), [
    ("2027-03-01T09:00", 3, (), "2027-03-04"),
    ("2027-03-04T09:00", 3, (), "2027-03-09"),
    ("2027-03-05T00:01", 3, (), "2027-03-09"),
    ("2027-03-06T16:00", 3, (), "2027-03-10"),
    ("2027-03-01T09:00", 3, (Weekday.MON, Weekday.WED), "2027-03-10"),
    ("2027-03-26T09:00", 1, (), "2027-03-29"),
    ("2027-03-28T08:30", 1, (Weekday.SUN, Weekday.MON), "2027-03-29"),
    ("2027-10-31T07:30", 1, (Weekday.SUN, Weekday.MON), "2027-10-31"),
])
def test_there_are_so_many_whole_working_days_to_answer(start: str, days: int, worked: tuple[Weekday, ...],
                                                        last: str) -> None:
    over = Workdays(BERLIN.key, worked).end_of(in_berlin(start), days)

    assert over == in_berlin(f"{last}T23:59:59.999")


@pytest.mark.feature("C4")
def test_reminders_come_at_the_same_time_of_later_working_days() -> None:
    friday = in_berlin("2027-03-26T09:00")

    assert Workdays(BERLIN.key).after(friday, 1) == in_berlin("2027-03-29T09:00"), "the clock was put forward meanwhile"


@pytest.mark.feature("C4")
def test_nobody_has_to_answer_on_a_holiday() -> None:
    berlin = Workdays(BERLIN.key, is_holiday=partial(is_holiday, ["de-be"]))

    over = berlin.end_of(in_berlin("2027-03-05T09:00"), 1)

    assert over == in_berlin("2027-03-09T23:59:59.999"), "on Monday was the International Women's Day"
    assert berlin.after(in_berlin("2027-12-23T09:00"), 2) == in_berlin("2027-12-27T09:00")


@pytest.mark.parametrize(("calendar", "is_free"), [
    ("DE", True), ("de-by", True), (" DE-BE ", True), ("FR", False), ("DE-XX", False), ("Berlin", False), ("", False)])
def test_holidays_are_those_of_a_country_or_a_part_of_one(calendar: str, is_free: bool) -> None:
    assert is_holiday([calendar], date(2027, 10, 3)) is is_free
    assert is_holiday([calendar, "DE"], date(2027, 10, 3)) is (calendar != "FR"), "the first that is known counts"
    assert is_known(calendar) is (is_free or calendar == "FR")


@pytest.mark.parametrize(("now", "asked"), [
    ("2027-03-05T09:00", "2027-03-02T09:00"), ("2027-03-08T09:00", "2027-03-03T09:00"),
    ("2027-03-07T09:00", "2027-03-02T09:00")])
def test_three_days_worked_before_a_moment_are_those_after_another(now: str, asked: str) -> None:
    """A Friday, a Monday, a Sunday."""
    berlin = Workdays(BERLIN.key)

    assert berlin.before(in_berlin(now), 3) == in_berlin(asked)
    assert berlin.after(in_berlin(asked), 3) <= in_berlin(now)


def test_a_holiday_before_a_moment_is_no_day_worked() -> None:
    berlin = Workdays(BERLIN.key, is_holiday=lambda day: day == date(2027, 3, 4))

    assert berlin.before(in_berlin("2027-03-05T09:00"), 3) == in_berlin("2027-03-01T09:00")


@pytest.mark.parametrize(("now", "began", "over"), [
    ("2027-03-05T09:00", "2027-03-05", "2027-03-08"), ("2027-03-07T09:00", "2027-03-05", "2027-03-08"),
    ("2027-03-08T00:00", "2027-03-08", "2027-03-09"), ("2027-03-26T23:59", "2027-03-26", "2027-03-29")])
def test_a_weekend_belongs_to_the_working_day_before_it(now: str, began: str, over: str) -> None:
    assert Workdays(BERLIN.key).around(in_berlin(now)) == (in_berlin(f"{began}T00:00"), in_berlin(f"{over}T00:00"))
