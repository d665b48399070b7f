"""Who hears what of an application: the person alone, kindly, and never why."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.contracts.applications import (
    ApplicantInvited,
    ApplicantNominated,
    ApplicationDeclined,
    ApplicationEvent,
    ApplicationState,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    InvitationReminderDue,
    MentorInvited,
    ParticipantWaitlisted,
)
from services.matching.contracts.endorsements import (
    EndorsementAnswered,
    EndorsementAsked,
    EndorsementEvent,
    EndorsementReminderDue,
    EndorsementRevoked,
)
from services.matching.contracts.participants import ParticipantApproved, ParticipantState, Role
from services.matching.contracts.people import PersonState
from services.matching.contracts.renewals import RenewalAnswer, RenewalAnswered, RenewalAsked
from services.matching.contracts.taking_part import ConfirmationReminderDue, ParticipantConfirmed, ParticipantRemoved
from services.notifications.domain.message import MessageState
from shared.kernel.events import Event
from tests.unit.notifications.builders import a_changed_person, a_person
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_role_names import text

WHO: dict[str, Any] = {"application_id": "application", "programme_id": "programme", "person_id": "mentor",
                       "role": Role.MENTOR}


def news(kind: type[ApplicationEvent], state: ApplicationState) -> ApplicationEvent:
    return kind(**WHO, state=state)


def approved(**more: Any) -> ParticipantApproved:
    return ParticipantApproved(**{**WHO, "state": ParticipantState.ACTIVE, "capacity": 1, **more})


@pytest.mark.feature("B2")
@pytest.mark.parametrize(("event", "templates"), [
    (news(ApplicationSubmitted, ApplicationState.SUBMITTED), ["application-submitted"]),
    (news(ParticipantWaitlisted, ApplicationState.WAITING), ["application-waiting"]),
    (news(ApplicationDeclined, ApplicationState.DECLINED), ["application-declined"]),
    (news(ApplicationWithdrawn, ApplicationState.WITHDRAWN), []),
    (approved(by_application=True), ["application-approved"]),
    (approved(), []),
    (ConfirmationReminderDue(**WHO), ["confirmation-reminder"]),
    (ParticipantRemoved(**WHO), ["taken-out"]),
])
def test_the_person_alone_hears_of_each_answer_once(house: NotificationsHouse, event: Event,
                                                    templates: list[str]) -> None:
    house.know_everybody()

    house.tell(event)

    assert [(one.template, one.recipient) for one in house.messages()] == [(name, "mentor") for name in templates]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "You do not take part in Rising Engineers any more"),
    ("de", "Du nimmst an Rising Engineers nicht mehr teil")])
def test_whoever_is_taken_out_hears_that_and_nothing_more_about_what_waited(
        house: NotificationsHouse, language: str, said: str) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", language=language))

    for event in (approved(by_application=True), ParticipantRemoved(**WHO)):
        house.world.tell(event)
    house.worker.settle()

    assert [mail.subject for mail in house.mails()] == [said]


@pytest.mark.parametrize(("language", "said"), [("en", "You get this because you took part in Rising Engineers."),
                                                ("de", "weil du an Rising Engineers teilgenommen hast.")])
def test_whoever_is_taken_out_is_told_at_the_foot_that_they_took_part(
        house: NotificationsHouse, language: str, said: str) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", language=language))

    house.tell(ParticipantRemoved(**WHO))

    [mail] = house.mails("taken-out")
    assert said in text(mail)


@pytest.mark.feature("B2")
def test_a_no_is_kind_in_both_languages_and_names_whom_to_ask(house: NotificationsHouse) -> None:
    house.know_everybody()
    declined = news(ApplicationDeclined, ApplicationState.DECLINED)
    house.tell(declined)
    house.tell(a_changed_person("mentor", language="de"))
    house.tell(declined)

    german, english = sorted(house.mails("application-declined"), key=lambda mail: mail.subject)

    assert english.subject == "Rising Engineers: not this time"
    assert german.subject == "Rising Engineers: diesmal leider nicht"
    assert "Ilse Brandt" in english.raw
    assert "https://mentoring.caldera.example/my/applications" in german.raw


def test_whoever_withdraws_gets_no_letter_that_still_waits(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(news(ApplicationSubmitted, ApplicationState.SUBMITTED),
               news(ApplicationWithdrawn, ApplicationState.WITHDRAWN))

    assert [one.state for one in house.messages()] == [MessageState.SUPPRESSED]
    assert house.mails() == []


def test_whoever_is_invited_gets_one_mail_with_the_form_behind_it(house: NotificationsHouse) -> None:
    house.know_everybody()
    invited = news(ApplicantInvited, ApplicationState.INVITED)

    house.tell(invited, news(ApplicantNominated, ApplicationState.NOMINATED))

    [mail] = house.mails("application-invited")
    assert mail.subject == "Would you be a mentor in Rising Engineers?"
    assert "https://mentoring.caldera.example/programmes/programme/apply/mentor" in mail.raw.replace("=\r\n", "")
    assert [one.template for one in house.messages()] == ["application-invited"]


def test_an_invitation_that_waits_is_not_sent_to_somebody_who_applied(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(news(ApplicantInvited, ApplicationState.INVITED), news(ApplicationSubmitted, ApplicationState.SUBMITTED))

    assert {one.template: one.state for one in house.messages()} == {
        "application-invited": MessageState.SUPPRESSED, "application-submitted": MessageState.ACCEPTED}


def test_nobody_is_reminded_to_confirm_who_has_but_the_approval_is_told(house: NotificationsHouse) -> None:
    house.know_everybody()

    for event in (approved(by_application=True), ConfirmationReminderDue(**WHO), ParticipantConfirmed(**WHO)):
        house.world.tell(event)
    house.worker.settle()

    assert {one.template: one.state for one in house.messages()} == {
        "application-approved": MessageState.ACCEPTED, "confirmation-reminder": MessageState.SUPPRESSED}


def test_a_reminder_to_confirm_that_was_in_vain_is_not_said_again_to_whoever_has(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", email="mentor@moved.invalid"))
    house.tell(ConfirmationReminderDue(**WHO))
    house.tell(ParticipantConfirmed(**WHO))

    house.tell(a_changed_person("mentor"))

    assert house.mails() == []


@pytest.mark.feature("S2.12")
@pytest.mark.parametrize(("language", "said"), [("en", "Would you like to be a mentor now?"),
                                                ("de", "Möchtest du jetzt Mentor/in sein?")])
def test_a_mentee_whose_mentoring_ended_well_is_asked_by_one_mail(house: NotificationsHouse, language: str,
                                                                  said: str) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", language=language))

    house.tell(news(MentorInvited, ApplicationState.INVITED))

    [mail] = house.mails("mentor-invited")
    assert mail.subject == said
    assert "/my/applications" in mail.raw.replace("=\r\n", "")


def test_a_campaigns_mails_carry_its_codes_and_remind_once(house: NotificationsHouse) -> None:
    house.know_everybody()

    house.tell(ApplicantInvited(**WHO, state=ApplicationState.INVITED, campaign_code="K7Q2MXB-m"),
               InvitationReminderDue(**WHO, state=ApplicationState.INVITED, campaign_code="K7Q2MXB-r"))

    [first], [again] = house.mails("application-invited"), house.mails("invitation-reminder")
    assert "apply/mentor?code=K7Q2MXB-m" in unfolded(first.raw)
    assert "apply/mentor?code=K7Q2MXB-r" in unfolded(again.raw)
    assert again.subject == "A reminder: Rising Engineers"


def unfolded(raw: str) -> str:
    """Without the line breaks and signs of quoted-printable."""
    return raw.replace("=\r\n", "").replace("=3D", "=")


def test_a_mentor_whose_last_pair_is_complete_is_asked_to_go_on(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(RenewalAsked(application_id="a", programme_id="programme", person_id="mentor"))

    [mail] = house.mails("renewal-asked")
    assert mail.subject == "Will you go on, Amara?"
    assert "https://mentoring.caldera.example/my/renewals/programme" in mail.raw.replace("=\n", "").replace("=\r\n", "")


def test_a_mentor_who_is_away_is_asked_after_the_leave_and_not_once_they_answered(house: NotificationsHouse) -> None:
    house.know_everybody()
    house.tell(a_changed_person("mentor", state=PersonState.ON_LEAVE),
               RenewalAsked(application_id="a", programme_id="programme", person_id="mentor"))
    house.tell(RenewalAnswered(application_id="a", programme_id="programme", person_id="mentor",
                               decided=RenewalAnswer.STAY, capacity=1))
    house.tell(a_changed_person("mentor"))
    house.wait(timedelta(hours=24))

    assert house.mails("renewal-asked") == []


def endorsement(kind: type[EndorsementEvent]) -> EndorsementEvent:
    return kind(application_id="application", programme_id="programme", person_id="mentee", role=Role.MENTEE,
                endorser_id="sigrid")


@pytest.mark.parametrize(("language", "first", "second"), [
    ("en", "Do you endorse Jun-seo Park for Rising Engineers?", "A reminder: Jun-seo Park and Rising Engineers"),
    ("de", "Befürwortest du Jun-seo Park für Rising Engineers?", "Zur Erinnerung: Jun-seo Park und Rising Engineers")])
def test_whoever_is_asked_to_endorse_gets_a_mail_and_a_reminder_that_lead_to_their_page(
        house: NotificationsHouse, language: str, first: str, second: str) -> None:
    house.know_everybody()
    house.tell(a_person("sigrid", language=language))

    house.tell(endorsement(EndorsementAsked))
    house.tell(endorsement(EndorsementReminderDue))

    [asked], [again] = house.mails("endorsement-asked"), house.mails("endorsement-reminder")
    assert (asked.subject, again.subject) == (first, second)
    for mail in (asked, again):
        assert "https://mentoring.caldera.example/my/endorsements" in unfolded(mail.raw)
    assert {one.recipient for one in house.messages()} == {"sigrid"}


@pytest.mark.parametrize("over", [EndorsementAnswered, EndorsementRevoked])
def test_nobody_is_asked_to_endorse_what_is_settled(house: NotificationsHouse, over: type[EndorsementEvent]) -> None:
    house.know_everybody()
    house.tell(a_person("sigrid"))

    house.tell(news(ApplicationSubmitted, ApplicationState.SUBMITTED), endorsement(EndorsementAsked), endorsement(over))

    assert {one.template: one.state for one in house.messages()} == {
        "application-submitted": MessageState.ACCEPTED, "endorsement-asked": MessageState.SUPPRESSED}


@pytest.mark.parametrize(("events", "left"), [
    ([approved(by_application=True), ParticipantRemoved(**WHO)], ["taken-out"]),
    ([endorsement(EndorsementAsked), endorsement(EndorsementRevoked), endorsement(EndorsementAsked)],
     ["endorsement-asked"]),
    ([news(ApplicantInvited, ApplicationState.INVITED), news(ApplicationWithdrawn, ApplicationState.WITHDRAWN),
      news(ApplicantInvited, ApplicationState.INVITED)], ["application-invited"]),
])
def test_what_comes_again_settles_neither_its_own_letter_nor_a_later_one(
        house: NotificationsHouse, events: list[Event], left: list[str]) -> None:
    house.know_everybody()
    house.tell(a_person("sigrid"))

    for event in events:
        house.world.tell(event)
    house.world.again()
    house.worker.settle()

    assert [one.template for one in house.messages() if one.state is MessageState.ACCEPTED] == left
