"""Who hears of what, when, in which words: the whole service on the embedded engines."""

from collections import Counter
from datetime import timedelta
from email import message_from_string
from email.policy import default

import pytest

from services.community.contracts.training import TrainingAssigned
from services.matching.contracts.digests import Figure, SponsorDigestDue
from services.matching.contracts.pairs import CloseReason, PairClosing, PairPaused, PairResumed, PairState
from services.matching.contracts.people import PersonState
from services.matching.contracts.programmes import CoordinatorLeft, ProgrammeState, Queue, Route
from services.notifications.application.mailbox import SentMail
from services.notifications.contracts.messages import MessageSuppressed
from services.notifications.domain.message import MessageState
from services.notifications.domain.zones import zone_of
from services.surveys.contracts.check_ins import CheckInOpened
from tests.unit.notifications.builders import (
    a_case,
    a_changed_person,
    a_check_in,
    a_closed_pair,
    a_missed_check_in,
    a_pair,
    a_person,
    a_programme,
    a_reminder,
    an_answer,
    an_escalated_case,
)
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_letters import FIGURES


def addressees(house: NotificationsHouse, template: str) -> list[str]:
    return sorted(mail.to.partition("@")[0] for mail in house.mails(template))


def text(mail: SentMail) -> str:
    part = message_from_string(mail.raw, policy=default).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def training(person_id: str) -> TrainingAssigned:
    return TrainingAssigned(assignment_id=f"assignment-{person_id}", person_id=person_id, programme_id="programme",
                            pair_id="pair", module="joint-kick-off", due_on="2027-03-15")


@pytest.mark.feature("E3")
def test_each_side_is_introduced_in_its_role_once(house: NotificationsHouse) -> None:
    house.begin_pair()

    subjects = {mail.to: mail.subject for mail in house.mails("introduction")}

    assert subjects == {"mentor@caldera.example": "You are the mentor of Jun-seo Park",
                        "mentee@caldera.example": "Amara Diallo is your mentor"}
    assert [one.tries for one in house.messages("introduction")] == [1, 1]
    for words in (text(mail) for mail in house.mails("introduction")):
        assert "(Lisbon)" in words
        assert "(Seoul)" in words
        assert "See what is next: https://mentoring.caldera.example/my" in words


def test_an_introduction_waits_for_the_training_it_announces(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_pair())
    assert house.mails() == []

    house.tell(training("mentor"))

    assert addressees(house, "introduction") == ["mentor"]
    assert "15 March 2027" in house.mails("introduction")[0].raw


def test_a_training_that_is_known_already_is_not_waited_for(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(training("mentor"), training("mentee"))

    house.tell(a_pair())

    assert addressees(house, "introduction") == ["mentee", "mentor"]


def test_training_alone_makes_no_mail(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(training("mentor"))

    assert house.messages() == []


def test_whoever_is_not_known_yet_is_waited_for(house: NotificationsHouse) -> None:
    house.tell(a_programme(), a_person("mentor"), a_pair())
    assert house.messages() == []
    assert len(house.parked()) == 1

    house.tell(a_person("mentee"))

    assert house.parked() == []
    assert len(house.messages("introduction")) == 2


def test_a_check_in_is_asked_of_the_one_it_is_for(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_check_in())

    assert [mail.subject for mail in house.mails("check-in-opened")] == ["How is mentoring going with Jun-seo?"]


def test_surveys_hears_when_a_check_in_was_sent(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_check_in())

    told = house.told()[-1].data or {}
    assert told["about"] == "check-in-of-mentor"
    assert (told["about_kind"], told["person_id"], told["pair_id"]) == ("check-in", "mentor", "pair")


def test_the_ladder_speaks_to_one_then_both_then_coordinators_then_the_office(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_check_in(), a_reminder(), a_missed_check_in(1), a_missed_check_in(2), a_missed_check_in(3), a_case(),
               an_escalated_case())

    assert addressees(house, "check-in-reminder") == ["mentor"]
    assert addressees(house, "check-in-missed-once") == ["mentor"]
    assert addressees(house, "check-in-missed-twice") == ["mentor"]
    assert addressees(house, "quiet-partner") == ["mentee"]
    assert addressees(house, "case-raised") == ["coordinator"]
    assert addressees(house, "case-escalated") == ["office"]


def test_where_no_coordinator_can_be_written_to_the_office_is_told(house: NotificationsHouse) -> None:
    house.tell(a_person("mentor"), a_person("mentee"), a_programme(), a_pair())

    house.tell(a_case())

    assert addressees(house, "case-raised") == ["office"]
    assert house.parked() == []


def test_a_coordinator_reads_in_their_own_language(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_case(), an_escalated_case())

    assert house.mails("case-raised")[0].subject == "Ein Tandem in Rising Engineers braucht Unterstützung"
    assert house.mails("case-escalated")[0].subject == "A task in Rising Engineers is past its deadline"


def test_both_are_asked_once_to_prepare_their_farewell(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_changed_person("mentee", language="de"))

    house.tell(a_pair(PairClosing, PairState.CLOSING))
    for kind, state in ((PairPaused, PairState.PAUSED), (PairResumed, PairState.ACTIVE),
                        (PairClosing, PairState.CLOSING)):
        house.tell(a_pair(kind, state))
    house.wait(timedelta(days=2))

    assert {mail.person_id: mail.subject for mail in house.mails("last-weeks")} == {
        "mentor": "The last weeks with Jun-seo have begun",
        "mentee": "Die letzten Wochen mit Amara haben begonnen"}
    assert len(house.mails("last-weeks")) == 2


def test_nobody_is_woken_by_the_last_weeks_and_after_an_end_that_was_moved_on_they_begin_anew(
        house: NotificationsHouse) -> None:
    house.begin_pair()
    house.wait(timedelta(hours=13))  # past ten in the evening in Lisbon, past seven in the morning in Seoul

    house.tell(a_pair(PairClosing, PairState.CLOSING))
    at_once = house.mails("last-weeks")
    for _ in range(52):
        house.wait(timedelta(minutes=15))
    by_day = house.mails("last-weeks")
    house.tell(a_pair(PairResumed, PairState.ACTIVE))
    house.wait(timedelta(days=90))
    house.tell(a_pair(PairClosing, PairState.CLOSING))
    house.wait(timedelta(days=1))

    assert at_once == []
    zones = {"mentor": zone_of("Europe/Lisbon"), "mentee": zone_of("Asia/Seoul")}
    assert {one.person_id for one in by_day} == {*zones}
    assert all(9 <= one.sent_at.astimezone(zones[one.person_id or ""]).hour < 12 for one in by_day)
    assert len(house.mails("last-weeks")) == 4


def test_who_is_away_hears_of_the_last_weeks_afterwards_unless_the_pair_is_over(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_changed_person("mentor", state=PersonState.ON_LEAVE))
    house.tell(a_pair(PairClosing, PairState.CLOSING))
    house.wait(timedelta(days=1))
    away = [mail.person_id for mail in house.mails("last-weeks")]

    house.tell(a_closed_pair(CloseReason.COMPLETED), a_changed_person("mentor"))
    house.wait(timedelta(days=2))

    assert away == ["mentee"]
    assert [mail.person_id for mail in house.mails("last-weeks")] == ["mentee"]


@pytest.mark.parametrize(("reason", "mentor", "mentee"), [
    (CloseReason.MENTOR_LEFT, [], ["Amara can no longer be your mentor"]),
    (CloseReason.MENTEE_LEFT, ["Your mentoring with Jun-seo has ended"], []),
    (CloseReason.ENDED_EARLY, ["Your mentoring with Jun-seo has ended"], ["Your mentoring with Amara has ended"]),
    (CloseReason.COMPLETED, ["Well done: you and Jun-seo have completed Rising Engineers"],
     ["Well done: you and Amara have completed Rising Engineers"]),
    (CloseReason.DECLINED, [], []),
])
def test_whoever_stays_is_told_that_the_pair_has_ended(
    house: NotificationsHouse, reason: CloseReason, mentor: list[str], mentee: list[str]
) -> None:
    house.begin_pair()

    house.tell(a_closed_pair(reason))

    told = [mail for mail in house.mails() if mail not in house.mails("introduction")]
    assert [mail.subject for mail in told if mail.person_id == "mentor"] == mentor
    assert [mail.subject for mail in told if mail.person_id == "mentee"] == mentee


@pytest.mark.feature("C16")
@pytest.mark.parametrize(("how", "mentor", "mentee"), [
    ({}, "Your mentoring with Jun-seo has ended", "Your mentoring with Amara has ended"),
    ({"rematch_asked": True}, "Your mentoring with Jun-seo has ended", "We are looking for a new mentor for you"),
    ({"with_programme": True}, "You and Jun-seo: it did not begin", "You and Amara: it did not begin")])
def test_nobody_is_offered_another_mentor_who_is_sought_already_or_not_any_more(
        house: NotificationsHouse, how: dict[str, bool], mentor: str, mentee: str) -> None:
    house.begin_pair()
    before = house.mails()

    house.tell(a_closed_pair(CloseReason.ENDED_EARLY, **how))

    told = {mail.person_id: mail for mail in house.mails() if mail not in before}
    assert {who: mail.subject for who, mail in told.items()} == {"mentor": mentor, "mentee": mentee}
    assert ("Ask for a new mentor" in told["mentee"].raw) is (not how)


@pytest.mark.feature("O8")
@pytest.mark.parametrize(("reason", "stays", "offer"), [
    (CloseReason.MENTOR_LEFT, "mentee", "Ask for a new mentor"), (CloseReason.ENDED_EARLY, "mentee", "One press"),
    (CloseReason.MENTEE_LEFT, "mentor", "Your place is free again")])
@pytest.mark.parametrize("state", [ProgrammeState.RUNNING, ProgrammeState.CLOSING])
def test_nothing_is_offered_in_a_programme_that_matches_nobody_any_more(
        house: NotificationsHouse, reason: CloseReason, stays: str, offer: str, state: ProgrammeState) -> None:
    house.begin_pair()
    house.tell(a_programme(state=state))
    before = house.mails()

    house.tell(a_closed_pair(reason))

    [mail] = [one for one in house.mails() if one not in before and one.person_id == stays]
    assert (offer in mail.raw) is (state is ProgrammeState.RUNNING)
    assert "https://mentoring.caldera.example/my" in mail.raw


def test_the_mentee_whose_mentor_left_is_offered_another(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_closed_pair(CloseReason.MENTOR_LEFT))

    assert "https://mentoring.caldera.example/my" in house.mails("mentor-left")[0].raw


def test_whoever_has_left_gets_no_mail(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_changed_person("mentor", state=PersonState.LEFT))

    house.tell(a_check_in())

    assert [(event.data or {})["why"] for event in house.told(MessageSuppressed)] == ["left"]


def test_somebody_on_leave_is_not_asked_how_it_goes(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_changed_person("mentor", state=PersonState.ON_LEAVE))

    house.tell(a_check_in())

    assert house.messages("check-in-opened")[0].why == "on-leave"


def test_a_closed_pair_is_not_asked_any_more(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_closed_pair(CloseReason.COMPLETED))

    house.tell(a_check_in())

    assert house.messages("check-in-opened")[0].why == "pair-closed"


def test_only_the_silent_are_reminded(house: NotificationsHouse) -> None:
    house.begin_pair()
    held = house.notifications.messages.store
    house.tell(a_check_in())
    reminder = house.messages("check-in-opened")[0]
    held.change(reminder.id, lambda one: (setattr(one, "state", MessageState.QUEUED), one.set_timer(
        "send", house.clock.now() + timedelta(hours=1))))

    house.tell(an_answer())

    assert held.get(reminder.id).why == "answered"


def test_what_came_too_late_is_suppressed_and_said(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.world.tell(a_check_in(), at=house.clock.now() - timedelta(hours=72))
    house.worker.settle()

    assert house.messages("check-in-opened")[0].why == "stale"
    assert house.mails("check-in-opened") == []


def test_everything_delivered_twice_is_told_once(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_check_in(), a_missed_check_in(2), a_case(), a_closed_pair(CloseReason.MENTOR_LEFT))
    before = [one.id for one in house.messages()]

    house.world.again()
    house.worker.settle()

    assert [one.id for one in house.messages()] == before
    told = {event.id: (event.data or {})["message_id"] for event in house.told()}
    assert set(Counter(told.values()).values()) == {1}


def test_two_periods_are_two_mails(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_check_in(), a_check_in(CheckInOpened, check_in_id="second", period=2))

    assert len(house.mails("check-in-opened")) == 2


def test_no_event_and_no_log_line_names_anybody(
    house: NotificationsHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    house.begin_pair()
    house.tell(a_check_in(), a_missed_check_in(2), a_case(), an_escalated_case(), a_closed_pair(CloseReason.COMPLETED))

    events = "".join(str(event.data) for event in house.world.heard("mentoring.messages.v1"))
    said = events + "".join(capfd.readouterr())

    assert not [word for word in ("Amara", "Diallo", "Jun-seo", "Ilse", "caldera.example") if word in said]


def test_cases_go_to_those_whom_they_are_put_before(house: NotificationsHouse) -> None:
    house.begin_pair()
    house.tell(a_person("deputy"), a_programme(
        coordinator_ids=("coordinator", "deputy"), routes=(Route(Queue.CASES, ("deputy",)),)))

    house.tell(a_case())

    assert addressees(house, "case-raised") == ["deputy"]


def test_a_mail_that_waits_for_a_substitute_is_not_sent_afterwards(house: NotificationsHouse) -> None:
    house.begin_pair()

    house.tell(a_person("deputy"), a_programme(coordinator_ids=("coordinator", "deputy")))
    for event in (a_case(), a_programme(coordinator_ids=("coordinator",))):
        house.world.tell(event)
        while house.worker.consumer.step():
            pass
    house.tell()

    assert addressees(house, "case-raised") == ["coordinator"]
    assert [(one.person_id, one.why) for one in house.messages("case-raised")
            if one.state is MessageState.SUPPRESSED] == [("deputy", "not-in-charge")]


def test_the_office_hears_of_a_coordinator_who_left_and_is_not_replaced(house: NotificationsHouse) -> None:
    house.begin_pair()
    facts = vars(a_programme(coordinator_ids=()))

    house.tell(CoordinatorLeft(**facts, replaced=True), CoordinatorLeft(**facts))

    assert addressees(house, "coordinator-left") == ["office"]
    assert house.mails("coordinator-left")[0].subject == "Rising Engineers needs a coordinator"


@pytest.mark.parametrize(("language", "least", "told"), [
    ("en", 5, ["As mentor: 1,240 applied", "fewer than 5 were matched", "in steps of 5"]),
    ("de", 3, ["Als Mentor/in: 1.240 beworben", "weniger als 3 zugeordnet", "in Schritten von 3"])])
def test_the_sponsor_gets_the_figures_of_a_month_once(house: NotificationsHouse, language: str, least: int,
                                                      told: list[str]) -> None:
    house.know_everybody()
    figures = tuple(Figure(code=code, count=count or None) for code, count in FIGURES.items())
    due = SponsorDigestDue(programme_id="programme", sponsor_id="sigrid", month="2027-03", figures=figures,
                           least=least)

    house.tell(due)
    nobody_known = addressees(house, "sponsor-digest")
    house.tell(a_person("sigrid", language=language))
    house.wait(timedelta(minutes=5))

    assert nobody_known == []
    assert addressees(house, "sponsor-digest") == ["sigrid"]
    plain = " ".join(text(house.mails("sponsor-digest")[0]).split())
    for words in (*told, "/programmes/programme/sponsor"):
        assert words in plain


@pytest.mark.parametrize(("language", "told"), [
    ("en", ["Together: 15 completed", "fewer than 5 ended otherwise", "the last"]),
    ("de", ["Zusammen: 15 abgeschlossen", "weniger als 5 anders beendet", "die letzte Mail"])])
def test_the_sponsor_hears_how_the_programme_ended(house: NotificationsHouse, language: str, told: list[str]) -> None:
    house.know_everybody()
    house.tell(a_person("sigrid", language=language))
    counts = {**FIGURES, "pairs-completed": 15, "pairs-ended-otherwise": 0}
    figures = tuple(Figure(code=code, count=count or None) for code, count in counts.items())

    house.tell(SponsorDigestDue(programme_id="programme", sponsor_id="sigrid", month="2027-04", figures=figures,
                                last=True))
    house.wait(timedelta(minutes=5))

    assert (addressees(house, "sponsor-farewell"), addressees(house, "sponsor-digest")) == (["sigrid"], [])
    plain = " ".join(text(house.mails("sponsor-farewell")[0]).split())
    for words in (*told, "/programmes/programme/sponsor"):
        assert words in plain
