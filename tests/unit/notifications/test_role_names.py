"""Mails call the two roles what their programme calls them."""

from email import message_from_string, policy

import pytest

from services.matching.contracts.digests import Figure, SponsorDigestDue
from services.matching.contracts.programmes import ProgrammeChanged, ProgrammeState, RoleNames
from services.matching.contracts.requests import PairRequested, RequestState
from services.matching.domain.role_names import BUDDIES, PEERS, REVERSED
from services.notifications.application.mailbox import SentMail
from services.notifications.domain.role_words import with_article
from services.notifications.entrypoints.seen import ProgrammeSeen
from tests.unit.notifications.builders import MONDAY, a_check_in, a_pair, a_person, a_programme
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_letters import FIGURES


def know(house: NotificationsHouse, names: RoleNames, language: str) -> None:
    people = [a_person(one, language=language) for one in ("mentor", "mentee", "coordinator")]
    house.tell(*people, a_programme(role_names=names))


def introduced(house: NotificationsHouse, names: RoleNames, language: str) -> dict[str, str]:
    know(house, names, language)
    house.tell(a_pair())
    house.wait_for_training()
    return {one.to: f"{one.subject} {text(one)}" for one in house.mails("introduction")}


def text(mail: SentMail) -> str:
    part = message_from_string(mail.raw, policy=policy.default).get_body(("plain",))
    assert part
    return str(part.get_content())


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("language", "to_mentor", "to_mentee"), [
    ("en", "You are the buddy of Jun-seo Park", "Amara Diallo is your buddy"),
    ("de", "Jun-seo freut sich auf dich als Pate/Patin", "Amara Diallo begleitet dich als Pate/Patin"),
])
def test_an_introduction_calls_both_what_the_programme_does(house: NotificationsHouse, language: str, to_mentor: str,
                                                            to_mentee: str) -> None:
    said = introduced(house, BUDDIES, language)

    assert to_mentor in said["mentor@caldera.example"]
    assert to_mentee in said["mentee@caldera.example"]
    assert not any("your mentor" in one or "Mentor/in" in one for one in said.values())


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("language", "sides"), [
    ("en", ["As peer (mentor):", "As peer (mentee):"]), ("de", ["Als Peer (Mentor/in):", "Als Peer (Mentee):"])])
def test_a_sponsor_can_tell_the_two_sides_of_peers_apart(house: NotificationsHouse, language: str,
                                                         sides: list[str]) -> None:
    house.tell(a_person("sigrid", language=language), a_programme(role_names=PEERS))
    house.tell(SponsorDigestDue(programme_id="programme", sponsor_id="sigrid", month="2027-03", figures=tuple(
        Figure(code=code, count=count) for code, count in FIGURES.items())))

    plain = text(house.mails("sponsor-digest")[0])

    assert [one for one in sides if one not in plain] == []


@pytest.mark.feature("C15")
@pytest.mark.parametrize(("language", "asks"), [
    ("en", "would like you as a buddy"), ("de", "hätte dich gern als Pate/Patin")])
def test_so_do_a_request_and_a_check_in(house: NotificationsHouse, language: str, asks: str) -> None:
    know(house, BUDDIES, language)
    house.tell(a_pair(), PairRequested(
        request_id="request", programme_id="programme", mentor_id="mentor", mentee_id="mentee", rank=1,
        state=RequestState.OPEN, answer_by=MONDAY), a_check_in())

    assert asks in text(house.mails("request-received")[0])
    assert {"en": "Jun-seo, your newcomer", "de": "Jun-seo (Neue/r)"}[language] in text(
        house.mails("check-in-opened")[0])


@pytest.mark.feature("C13")
@pytest.mark.parametrize(("language", "to_mentor", "to_mentee"), [
    ("en", "You are the junior mentor of Jun-seo Park", "Amara Diallo is your junior mentor"),
    ("de", "Jun-seo freut sich auf dich als Junior-Mentor/in", "Amara Diallo begleitet dich als Junior-Mentor/in"),
])
def test_a_reverse_programme_tells_who_is_the_junior(house: NotificationsHouse, language: str, to_mentor: str,
                                                     to_mentee: str) -> None:
    said = introduced(house, REVERSED, language)

    assert to_mentor in said["mentor@caldera.example"]
    assert to_mentee in said["mentee@caldera.example"]


def test_mails_go_by_the_names_as_they_are_when_they_leave(house: NotificationsHouse) -> None:
    know(house, BUDDIES, "en")
    house.tell(a_pair())

    house.tell(ProgrammeChanged(**{**vars(a_programme()), "state": ProgrammeState.RUNNING, "role_names": REVERSED}))
    house.wait_for_training()

    assert {one.subject for one in house.mails("introduction")} == {
        "You are the junior mentor of Jun-seo Park", "Amara Diallo is your junior mentor"}


def test_without_names_of_its_own_a_programme_has_mentors_and_mentees(house: NotificationsHouse) -> None:
    house.begin_pair()

    assert {one.subject for one in house.mails("introduction")} == {
        "You are the mentor of Jun-seo Park", "Amara Diallo is your mentor"}


def test_a_copy_that_an_earlier_release_kept_has_mentors_and_mentees(house: NotificationsHouse) -> None:
    house.begin_pair()
    rows = house.notifications.directory.programmes
    [event] = house.world.heard("mentoring.programmes.v1")
    kept = {name: value for name, value in vars(ProgrammeSeen.of(event)).items() if name != "role_names"}
    rows.put("old", {**kept, "programme_id": "old", "coordinator_ids": []}, event)

    assert house.notifications.directory.programme("old").role_names == {}


@pytest.mark.parametrize(("name", "language", "said"), [
    ("buddy", "en", "a buddy"), ("adviser", "en", "an adviser"), ("user", "en", "a user"), ("Peer", "de", "Peer")])
def test_english_says_it_with_an_article(name: str, language: str, said: str) -> None:
    assert with_article(name, language) == said
