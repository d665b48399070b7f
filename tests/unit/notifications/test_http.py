"""Notifications over HTTP: who sees what, and what strangers are told."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from joserfc.jwk import ECKey

from services.notifications.application import Notifications
from services.notifications.entrypoints.http import make_app
from shared.web.tokens import TokenIssuer
from tests.unit.notifications.builders import SETTINGS, a_case, a_changed_person, a_check_in, a_pair
from tests.unit.notifications.house import NotificationsHouse
from tests.unit.notifications.test_codes import link

KEY = ECKey.generate_key("P-256")
KEY.ensure_kid()
PUBLIC_KEY = orjson.dumps(KEY.as_dict(private=False)).decode()


@dataclass(frozen=True)
class Callers:
    """Calls as this person, with these roles or scopes."""

    app: Flask

    def get(self, path: str, person_id: str | None = None, **rights: tuple[str, ...]) -> Any:
        return self._call("GET", path, None, person_id, **rights)

    def post(self, path: str, body: Any, person_id: str | None = None, **rights: tuple[str, ...]) -> Any:
        return self._call("POST", path, body, person_id, **rights)

    def _call(self, method: str, path: str, body: Any, person_id: str | None, **rights: tuple[str, ...]) -> Any:
        token = TokenIssuer(KEY).mint(person_id or "machine", person_id=person_id, **rights)
        return self.app.test_client().open("/v1" + path, method=method, json=body,
                                           headers={"Authorization": f"Bearer {token}"})


def callers_of(house: NotificationsHouse, service: Notifications | None = None) -> Callers:
    settings = replace(SETTINGS, token_key=PUBLIC_KEY)
    return Callers(make_app(service or house.notifications, settings, house.backbone))


@pytest.fixture
def callers(house: NotificationsHouse) -> Callers:
    house.begin_pair()
    house.tell(a_check_in(), a_case())
    return callers_of(house)


OFFICE = {"roles": ("programme-office",)}
PORTAL = {"scopes": ("codes",)}


def test_the_portal_learns_what_a_link_is_for(callers: Callers, house: NotificationsHouse) -> None:
    answer = callers.post("/codes/resolution", {"code": link(house, "check-in-opened")}, **PORTAL)

    assert (answer.status_code, answer.json) == (200, {
        "purpose": "check-in", "subject_id": "check-in-of-mentor", "person_id": "mentor", "attempt": 0, "open": True})


@pytest.mark.parametrize("more", [{}, {"purpose": "rematch"}])
def test_forged_and_misused_codes_are_answered_alike(
    callers: Callers, house: NotificationsHouse, more: dict[str, str]
) -> None:
    code = link(house, "check-in-opened") if more else "A" * 22
    never_made = callers.post("/codes/resolution", {"code": "B" * 22}, **PORTAL)

    answer = callers.post("/codes/resolution", {"code": code, **more}, **PORTAL)

    assert (answer.status_code, answer.json) == (404, never_made.json)
    assert code not in answer.text


@pytest.mark.parametrize("body", [{}, {"code": 5}, {"code": "x", "more": 1}, {"code": "x" * 201}, []])
def test_what_is_no_code_is_refused_with_a_reason(callers: Callers, body: Any) -> None:
    answer = callers.post("/codes/resolution", body, **PORTAL)

    assert answer.status_code == 422
    assert answer.json["code"] == "invalid-input"


@pytest.mark.parametrize("rights", [{}, OFFICE])
def test_only_the_portal_resolves_codes(callers: Callers, rights: Any) -> None:
    assert callers.post("/codes/resolution", {"code": "x"}, "coordinator", **rights).status_code == 403


def test_a_coordinator_sees_how_mail_fares(callers: Callers) -> None:
    answer = callers.get("/programmes/programme/messages/summary", "coordinator")

    assert (answer.status_code, answer.json) == (200, {
        "programme_id": "programme", "queued": 0, "accepted": 4, "failed": 0, "bounced": 0, "unreachable": 0,
        "suppressed": 0, "last_sent_at": "2027-03-01T09:11:00.000Z", "as_of": "2027-03-01T09:11:00.000Z"})


def test_a_coordinator_sees_each_message_but_not_which_pair_a_case_is_about(callers: Callers) -> None:
    answer = callers.get("/programmes/programme/messages?state=accepted", "coordinator")

    told = {one["template"]: one["pair_id"] for one in answer.json["items"]}
    assert told == {"introduction": "pair", "check-in-opened": "pair", "case-raised": None}
    assert callers.get("/programmes/programme/messages?state=failed", "coordinator").json == {"items": []}
    assert callers.get("/programmes/programme/messages?state=lost", "coordinator").status_code == 422


def test_a_coordinator_sees_whose_mail_bounced_and_why(house: NotificationsHouse, callers: Callers) -> None:
    house.tell(a_changed_person("mentor", email="mentor@moved.invalid"))
    house.tell(a_check_in(check_in_id="the next", period=2))
    house.tell(a_check_in(check_in_id="the third", period=3))

    [bounced] = callers.get("/programmes/programme/messages?bounced=true", "coordinator").json["items"]

    assert (bounced["person_id"], bounced["state"], bounced["why"]) == ("mentor", "failed", "recipient-refused")
    assert not {"subject", "text", "to", "email"} & set(bounced)
    counts = callers.get("/programmes/programme/messages/summary", "coordinator").json
    assert (counts["failed"], counts["bounced"], counts["suppressed"]) == (1, 1, 1)


def test_whoever_no_mail_reaches_is_one_row_until_mail_arrives_again(house: NotificationsHouse, callers: Callers
                                                                     ) -> None:
    """The rows are as many as the number, and both are gone when somebody has put the address right."""
    def seen() -> tuple[int, list[str]]:
        rows = callers.get("/programmes/programme/messages?unreachable=true", "coordinator").json["items"]
        counted = callers.get("/programmes/programme/messages/summary", "coordinator").json["unreachable"]
        return counted, [one["person_id"] for one in rows]

    house.tell(a_changed_person("mentor", email="mentor@moved.invalid"))
    house.tell(a_check_in(check_in_id="the next", period=2))
    house.tell(a_check_in(check_in_id="the third", period=3))
    assert seen() == (1, ["mentor"])

    house.tell(a_changed_person("mentor", email="mentor@example.com"))
    house.tell(a_check_in(check_in_id="the fourth", period=4))
    assert seen() == (0, [])
    assert callers.get("/programmes/programme/messages/summary", "coordinator").json["bounced"] == 1


PATHS = ("/programmes/{}/messages/summary", "/programmes/{}/messages", "/pairs/{}/timeline")


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_id_is_answered_like_a_wrong_one(callers: Callers, path: str) -> None:
    foreign = callers.get(path.format(path.split("/")[1].rstrip("s")), "stranger")
    wrong = callers.get(path.format("wrong"), "stranger")

    assert (foreign.status_code, foreign.json) == (wrong.status_code, wrong.json)
    assert foreign.status_code == 404


@pytest.mark.parametrize("path", [*PATHS, "/mailbox", "/mailbox/{}"])
def test_nobody_sees_anything_without_a_token(callers: Callers, path: str) -> None:
    assert callers.app.test_client().get("/v1" + path.format("pair")).status_code == 401


TWO = {"mentor": {"name": "Amara Diallo", "email": "mentor@caldera.example", "time_zone": "Europe/Lisbon",
                  "location": "Lisbon"},
       "mentee": {"name": "Jun-seo Park", "email": "mentee@caldera.example", "time_zone": "Asia/Seoul",
                  "location": "Seoul"}}
PREVIEW = "/programmes/programme/previews/introduction"


def test_a_preview_reads_as_the_mail_that_is_sent(house: NotificationsHouse) -> None:
    house.know_everybody()
    before = callers_of(house).post(PREVIEW, {"language": "en", **TWO}, "coordinator").json
    assert house.messages() == []

    house.tell(a_pair())
    house.wait_for_training()

    office = callers_of(house)
    sent = {mail.person_id: office.get(f"/mailbox/{mail.id}", "somebody", **OFFICE).json
            for mail in house.mails("introduction")}
    assert set(sent) == {"mentor", "mentee"}
    for role, mail in sent.items():
        assert {name: " ".join(before[str(role)][name].split()) for name in ("subject", "text", "html")} == {
            name: " ".join(mail[name].split()) for name in ("subject", "text", "html")}


def test_a_preview_comes_in_the_language_that_was_asked_for(callers: Callers) -> None:
    answer = callers.post(PREVIEW, {"language": "de", **TWO}, "coordinator")

    assert answer.json["mentee"]["subject"] == "Amara Diallo begleitet dich als Mentor/in"
    assert '<html lang="de">' in answer.json["mentor"]["html"]


def test_whatever_somebody_is_called_is_text_in_a_preview(callers: Callers) -> None:
    evil = {**TWO["mentor"], "name": "<script>alert(1)</script>\nBcc: x@y.example", "time_zone": "Mars/Olympus"}

    answer = callers.post(PREVIEW, {"language": "en", **TWO, "mentor": evil}, "coordinator")

    assert answer.status_code == 200
    assert "<script" not in answer.json["mentee"]["html"]
    assert "\n" not in answer.json["mentee"]["subject"]


@pytest.mark.parametrize("body", [
    {}, {"language": "fr", **TWO}, {"language": "en", "mentor": TWO["mentor"]}, {"language": "en", **TWO, "more": 1},
    {"language": "en", **TWO, "mentee": {**TWO["mentee"], "name": " "}}, {"language": "en", **TWO, "mentee": "mentee"},
    {"language": "en", **TWO, "mentee": {**TWO["mentee"], "name": "x" * 321}}, []])
def test_a_preview_of_what_is_no_pair_is_refused_with_a_reason(callers: Callers, body: Any) -> None:
    answer = callers.post(PREVIEW, body, "coordinator")

    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")


@pytest.mark.parametrize("body", [{"language": "en", **TWO}, {}])
def test_a_preview_in_a_foreign_programme_is_answered_like_one_in_a_wrong_one(callers: Callers, body: Any) -> None:
    foreign = callers.post(PREVIEW, body, "mentor")
    wrong = callers.post("/programmes/wrong/previews/introduction", body, "mentor")

    assert (foreign.status_code, foreign.json) == (404, wrong.json)


def templates(answer: Any) -> list[str]:
    return [entry["facts"]["template"] for entry in answer.json["items"]]


def test_the_timeline_holds_what_was_sent_but_nothing_of_cases(callers: Callers) -> None:
    answer = callers.get("/pairs/pair/timeline", "coordinator")

    assert templates(answer) == ["introduction", "introduction", "check-in-opened"]
    assert {entry["kind"] for entry in answer.json["items"]} == {"message-sent"}


def test_one_of_the_two_does_not_see_what_the_other_was_sent(callers: Callers) -> None:
    assert templates(callers.get("/pairs/pair/timeline", "mentee")) == ["introduction"]


def test_the_mailbox_shows_the_newest_first(callers: Callers) -> None:
    answer = callers.get("/mailbox?limit=3", "somebody", **OFFICE)

    assert len(answer.json["items"]) == 3
    assert 'rel="next"' in answer.headers["Link"]


def test_the_mailbox_finds_what_was_sent_to_one_address(callers: Callers) -> None:
    answer = callers.get("/mailbox?to=mentee@caldera.example", "somebody", **OFFICE)

    assert [mail["subject"] for mail in answer.json["items"]] == ["Amara Diallo is your mentor"]


def test_a_mail_is_shown_as_it_was_sent(callers: Callers, house: NotificationsHouse) -> None:
    mail = callers.get(f"/mailbox/{house.mails('introduction')[0].id}", "somebody", **OFFICE).json

    assert mail["headers"]["Auto-Submitted"] == "auto-generated"
    assert "Hello" in mail["text"]
    assert mail["html"].startswith("<!doctype html>")
    assert [one["content_type"] for one in mail["attachments"]] == ["text/calendar; method=PUBLISH"]


@pytest.mark.feature("A1")
def test_people_see_their_own_mail_and_the_office_and_operators_all(
    house: NotificationsHouse, callers: Callers
) -> None:
    foreign = house.mails("case-raised")[0].id

    assert {mail["to"] for mail in callers.get("/mailbox", "mentor").json["items"]} == {"mentor@caldera.example"}
    assert callers.get("/mailbox?to=mentee@caldera.example", "mentor").json["items"] == []
    assert callers.get(f"/mailbox/{foreign}", "mentor").status_code == 404
    assert callers.get(f"/mailbox/{foreign}", "somebody", **OFFICE).status_code == 200
    assert callers.get(f"/mailbox/{foreign}", "somebody", roles=("operator",)).status_code == 200
    assert callers.get("/mailbox").status_code == 403


def test_where_mails_leave_there_is_no_mailbox(house: NotificationsHouse) -> None:
    without = replace(house.notifications, mailbox=None)

    answer = callers_of(house, without).get("/mailbox", "mentor")

    assert answer.status_code == 404


def in_vain(house: NotificationsHouse) -> None:
    """The mentor's address takes no mail; what was to be said last is about their check-in."""
    house.tell(a_changed_person("mentor", email="mentor@moved.invalid"))
    house.tell(a_check_in(check_in_id="the next", period=2))
    house.wait(timedelta(minutes=1))
    house.tell(a_check_in(check_in_id="the third", period=3))


RETRY = "/programmes/programme/contacts/mentor/retry"


@pytest.mark.feature("N1")
def test_an_address_is_tried_again_by_the_last_mail_that_was_in_vain(house: NotificationsHouse, callers: Callers
                                                                     ) -> None:
    def states() -> list[tuple[str, str]]:
        return sorted((one.about, one.state) for one in house.messages("check-in-opened") if one.why)
    in_vain(house)

    first = callers.post(RETRY, None, "coordinator")
    house.worker.settle()
    still = callers.get("/programmes/programme/messages?unreachable=true", "coordinator").json["items"]

    assert (first.status_code, first.json["reachable"], set(first.json)) == (200, True, {"id", "version", "reachable"})
    assert states() == [("the next", "failed"), ("the third", "failed"), ("the third", "suppressed")]
    assert [one["person_id"] for one in still] == ["mentor"], "it still takes none"
    assert callers.post(RETRY, None, "coordinator").status_code == 200


@pytest.mark.feature("N1")
def test_whoever_has_another_address_gets_what_was_last_in_vain(house: NotificationsHouse, callers: Callers) -> None:
    in_vain(house)
    house.tell(a_changed_person("mentor", email="mentor@example.com"))

    assert ("the third", "accepted") in [(one.about, one.state) for one in house.messages("check-in-opened")]
    answer = callers.post(RETRY, None, "coordinator")
    assert (answer.status_code, answer.json["code"]) == (409, "mail-arrives")


@pytest.mark.feature("A1")
def test_nobody_is_tried_again_by_strangers_or_where_nothing_was_in_vain(house: NotificationsHouse, callers: Callers
                                                                         ) -> None:
    in_vain(house)
    answers = [callers.post(RETRY, None, who) for who in ("stranger", "mentor")]
    answers += [callers.post(RETRY.replace("mentor", one), None, "coordinator") for one in ("mentee", "nobody")]

    assert [one.status_code for one in answers] == [404] * 4
    assert len({one.data for one in answers}) == 1
