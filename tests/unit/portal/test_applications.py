"""Applying on the pages: the form, one's own applications, the coordinator's list and editor. All without scripts."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.wrappers import Request

from services.portal.pages.form_fields import asked, faults, shown_answers
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import APPLICATIONS, CALLS, FORM, FakeServices, problem

PLACE = "/programmes/rising"


@pytest.fixture
def person(browser: Browser) -> Browser:
    """Somebody who may apply, signed in."""
    browser.sign_in("hanh")
    return browser


def test_one_finds_programmes_to_join_and_ones_own_applications(person: Browser) -> None:
    page = person.get("/my/applications").text

    for words in ("Rising Engineers 2026", "Waits for an answer", "Please say yes once more", "apply by 30 June 2026"):
        assert words in page
    assert 'href="/programmes/rising/apply/mentee"' not in page
    assert 'href="/programmes/first-bridge/apply/mentee"' in page


def test_the_form_asks_each_role_for_its_own_in_the_readers_language(person: Browser) -> None:
    page = person.get("/programmes/first-bridge/apply/mentor", headers={"Accept-Language": "en"}).text
    mentee = person.get("/programmes/first-bridge/apply/mentee").text
    person.send("/language", {"language": "de", "next": "/"})
    german = person.get("/programmes/first-bridge/apply/mentor").text

    assert "Do you volunteer?" in page
    assert "Do you volunteer?" not in mentee
    assert "Machst du das freiwillig?" in german
    assert 'name="a-ready" type="radio" value="" checked' in page
    assert 'name="a-voluntary" type="radio" value=""' not in page
    for control in ('type="radio" value="yes"', 'type="checkbox" value="en"', 'type="date"', 'inputmode="numeric"',
                    "<textarea", 'value="5"'):
        assert control in page


@pytest.mark.feature("B1")
def test_a_draft_is_kept_as_it_is_and_submitting_shows_every_flaw_beside_its_field(person: Browser,
                                                                                   fakes: FakeServices) -> None:
    flaws = [{"key": "capacity", "code": "too-large", "text": "10 at most", "number": 10},
             {"key": "voluntary", "code": "missing", "text": "an answer is needed", "number": None}]
    fakes.answer("matching", "PUT /programmes/first-bridge/draft", {
        "id": "new", "flaws": flaws, "answers": {"capacity": "99"}})
    where = "/programmes/first-bridge/apply/mentor"
    values = {"a-capacity": "99", "a-languages": ["en", "de"], "a-skills": "python\r\nsql"}

    kept = person.send(where, {**values, "do": "keep"}, page=where)
    sent = fakes.last()
    wrong = person.send(where, {**values, "do": "submit"}, page=where)

    assert (kept.status_code, sent.method, sent.body["role"]) == (303, "PUT", "mentor")
    assert {"capacity": "99", "languages": "en; de", "voluntary": "", "skills": "python\r\nsql"}.items() <= (
        sent.body["answers"].items())
    assert (wrong.status_code, fakes.last().method) == (422, "PUT")
    assert 'href="#a-capacity"' in wrong.text
    assert "10 at most" in wrong.text
    assert 'value="99"' in wrong.text


def test_a_whole_form_is_submitted(person: Browser, fakes: FakeServices) -> None:
    where = "/programmes/first-bridge/apply/mentee"

    told = person.send(where, {"do": "submit"}, page=where, follow_redirects=True).text

    assert (fakes.last().path, fakes.last().key) == ("/v1/applications/new/submission", "key-1")
    assert "Thank you. You hear from us by mail." in told


def test_a_programme_that_takes_none_any_more_says_so(person: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PUT /programmes/first-bridge/draft", problem(409, "no-applications"))
    where = "/programmes/first-bridge/apply/mentee"

    told = person.send(where, {"do": "submit", "a-why": "Long thought about"}, page=where)

    assert told.status_code == 422
    assert "takes no applications now" in told.text
    assert "Long thought about" in told.text


def test_what_is_sent_already_is_not_filled_in_again(person: Browser) -> None:
    assert person.get(f"{PLACE}/apply/mentee").status_code == 303
    assert person.get(f"{PLACE}/apply/friend").status_code == 404


def test_whoever_took_part_and_left_may_apply_again(person: Browser, fakes: FakeServices) -> None:
    gone = {**APPLICATIONS["ap-3"], "state": "confirmed", "left": True}
    fakes.answer("matching", "GET /me/applications", [gone])

    page = person.get("/my/applications").text

    assert re.search(r'href="/programmes/rising/apply/mentor">Apply again', page)
    assert "You take part." not in page
    assert "/my/applications/ap-3/withdrawal" not in page
    assert person.get(f"{PLACE}/apply/mentor").status_code == 200


@pytest.mark.parametrize("what", ["withdrawal", "confirmation"])
def test_one_says_yes_or_withdraws(person: Browser, fakes: FakeServices, what: str) -> None:
    person.send(f"/my/applications/ap-3/{what}", page="/my/applications")

    assert fakes.last().path == f"/v1/applications/ap-3/{what}"
    assert person.send("/my/applications/ap-3/else", page="/my/applications").status_code == 404


@pytest.mark.feature("B7")
def test_whoever_waits_sees_their_own_place(person: Browser) -> None:
    page = person.get("/my/applications").text

    for words in ("number 4 on the waiting list", "number 2 of those who wait for a mentor",
                  "One round of matching went by"):
        assert words in page


@pytest.mark.feature("B2")
def test_the_coordinator_reads_answers_in_words(office: Browser) -> None:
    page = office.get(f"{PLACE}/applications").text

    for words in ("Nguyễn Thị Hạnh", "What would you like to learn?", "English, German", "All 2 shown"):
        assert words in page
    assert "waited 2 rounds" in office.get(f"{PLACE}/applications?state=waiting").text
    declined = office.get(f"{PLACE}/applications?state=declined").text
    assert "There are no places left" in declined
    assert "asked late" in declined


@pytest.mark.feature("B2")
@pytest.mark.parametrize(("values", "sent"), [
    ({"all": "1", "shown": ["ap-1", "ap-2"], "outcome": "approve", "read_until": "2026-06-02T09:00:00.000Z"},
     {"outcome": "approve", "application_ids": ["ap-1", "ap-2"], "read_until": "2026-06-02T09:00:00.000Z"}),
    ({"one": "ap-1", "outcome": "wait", "reason": "other", "note": ""},
     {"outcome": "wait", "application_ids": ["ap-1"], "reason": "other"}),
    ({"one": "ap-2", "shown": ["ap-1", "ap-2"], "outcome": "decline", "reason": "no-places", "note": "asked late"},
     {"outcome": "decline", "application_ids": ["ap-2"], "reason": "no-places", "note": "asked late"}),
])
def test_all_shown_or_some_get_one_answer(office: Browser, fakes: FakeServices, values: dict[str, Any],
                                          sent: dict[str, Any]) -> None:
    where = f"{PLACE}/applications"

    told = office.send(f"{PLACE}/decisions", {"state": "submitted", **values}, page=where, follow_redirects=True).text

    assert (fakes.last().body, fakes.last().key) == (sent, "key-1")
    assert "1 of 2 have their answer. One stays as it was: its row says why." in told


def test_enter_in_the_note_answers_nobody_and_the_form_says_what_was_read(office: Browser) -> None:
    page = office.get(f"{PLACE}/applications").text
    form = page[page.index(f'action="{PLACE}/decisions"'):]

    first = re.search(r"<button[^>]*>", form)
    assert first
    assert {"hidden", "disabled"} <= set(first[0].strip("<>").split())
    assert 'name="read_until" value="20' in form


def test_the_next_applications_are_a_page_away(office: Browser, fakes: FakeServices) -> None:
    link = '</v1/programmes/rising/applications?after=more>; rel="next"'
    one = {**APPLICATIONS["ap-1"], "answers": {"voluntary": "yes"}}
    fakes.answer("matching", f"GET {PLACE}/applications", (200, {"items": [one]}, {"Link": link}))

    page = office.get(f"{PLACE}/applications").text

    assert 'href="?after=more">The next ones' in page
    assert "<dd>Yes</dd>" in page
    assert "The first ones" in office.get(f"{PLACE}/applications?after=more").text


@pytest.mark.feature("S2.3")
def test_one_role_is_shown_the_best_first_and_all_of_the_view_answered_at_once(office: Browser,
                                                                            fakes: FakeServices) -> None:
    place = f"{PLACE}/applications"
    link = '</v1/programmes/rising/applications?after=more>; rel="next"'
    asked: list[dict[str, str]] = []

    def found(request: Request) -> Any:
        asked.append(request.args.to_dict())
        return 200, {"items": [APPLICATIONS["ap-1"]]}, {"Link": link}

    fakes.answer("matching", f"GET {place}", found)
    page = office.get(f"{place}?state=submitted-mentor&order=score").text

    assert asked == [{"state": "submitted", "role": "mentor", "order": "score"}]
    assert "All 120 of this view" in page
    assert 'href="?state=submitted-mentee&amp;order=score"' in page
    assert 'href="?state=submitted-mentor&amp;order=score"' in office.get(place).text
    assert "The best profile first" not in office.get(f"{place}?state=submitted-mentee").text

    answered = office.send(f"{PLACE}/decisions", {
        "state": "submitted-mentor", "order": "score", "whole": "120", "as_of": "2026-06-03T09:00:00.000Z",
        "shown": ["ap-1"], "read_until": "2026-06-02T09:00:00.000Z", "outcome": "approve"}, page=place)

    assert fakes.last().body == {"outcome": "approve", "read_until": "2026-06-03T09:00:00.000Z", "all_of": {
        "state": "submitted", "role": "mentor", "count": 120}}
    assert "state=submitted-mentor&order=score" in answered.location


def test_all_of_the_view_is_offered_only_where_there_is_more_than_is_shown(office: Browser,
                                                                        fakes: FakeServices) -> None:
    assert "of this view" not in office.get(f"{PLACE}/applications").text

    link = '</v1/programmes/rising/applications?after=more>; rel="next"'
    fakes.answer("matching", f"GET {PLACE}/applications", (200, {"items": [APPLICATIONS["ap-1"]]}, {"Link": link}))
    fakes.answer("matching", f"GET {PLACE}/applications/count", {"count": 5001, "as_of": "2026-06-03T09:00:00.000Z"})

    assert "of this view" not in office.get(f"{PLACE}/applications").text


def test_nobody_chosen_or_no_reason_is_said(office: Browser, fakes: FakeServices) -> None:
    where, to = f"{PLACE}/applications", f"{PLACE}/decisions"
    nobody = office.send(to, {"outcome": "approve"}, page=where, follow_redirects=True).text
    fakes.answer("matching", f"POST {to}", problem(422, "no-reason"))
    no_reason = office.send(to, {"outcome": "decline", "one": "ap-1"}, page=where, follow_redirects=True).text

    assert "Choose somebody first." in nobody
    assert "Choose a reason" in no_reason


def changed(office: Browser, fakes: FakeServices, what: str, values: dict[str, Any]) -> Any:
    office.send(f"{PLACE}/form/{what}", {"version": "7", **values}, page=f"{PLACE}/form")
    return fakes.last().body


def keys(body: Any) -> list[str]:
    return [one["key"] for one in body["form"]["fields"]]


@pytest.mark.feature("B1")
def test_fields_are_added_ordered_changed_and_removed(office: Browser, fakes: FakeServices) -> None:
    before = [one["key"] for one in FORM["fields"]]
    new = {"label-en": "Why now?", "label-de": "Warum jetzt?", "kind": "one-of", "roles": ["mentor"], "required": "1",
           "options": "a | Apple | Apfel\r\nb\r\n", "help-en": "Say it.", "most": ""}

    added = changed(office, fakes, "field", new)
    assert keys(added) == [*before, "why_now"]
    assert added["form"]["fields"][-1] == {
        "key": "why_now", "kind": "one-of", "labels": {"en": "Why now?", "de": "Warum jetzt?"},
        "helps": {"en": "Say it."}, "roles": ["mentor"], "required": True, "least": None, "most": None,
        "options": [{"code": "a", "labels": {"en": "Apple", "de": "Apfel"}}, {"code": "b", "labels": {}}]}
    assert keys(changed(office, fakes, "field", {**new, "key": before[1]})) == before
    assert keys(changed(office, fakes, "up", {"key": before[1]}))[:2] == [before[1], before[0]]
    assert keys(changed(office, fakes, "down", {"key": before[-1]})) == before
    assert keys(changed(office, fakes, "removal", {"key": before[0]})) == before[1:]


def test_a_field_that_cannot_be_asked_is_shown_again_with_what_is_wrong(office: Browser, fakes: FakeServices) -> None:
    new = {"label-en": "Why now?", "kind": "one-of", "roles": ["mentor"], "least": "few", "version": "7",
           "new_key": "reason_now"}

    page = office.send(f"{PLACE}/form/field", new, page=f"{PLACE}/form")

    assert (page.status_code, fakes.sent) == (422, [])
    for words in ("Write what people choose from, one a line.", 'value="Why now?"', 'value="few"',
                  'value="reason_now"'):
        assert words in page.text


FIELD = {"label-en": "Why now?", "kind": "one-of", "roles": ["mentor"], "options": "a\nb", "version": "7"}


@pytest.mark.parametrize(("change", "fault"), [
    ({"label-en": ""}, "Write the question, in one language at least."),
    ({"roles": []}, "Say whom it is asked of: mentors, mentees or both."),
    ({"options": "|||"}, "Each line begins with an option of its own, without ; and ,"),
    ({"options": "a\nA"}, "An option stands there twice."),
    ({"kind": "short-text"}, "Only “one of several” and “several of a list” have something to choose from."),
    ({"most": "many"}, "Write a whole number, as in 10, or leave it empty."),
    ({"kind": "number", "options": "", "least": "5", "most": "3"}, "The most is less than the least."),
    ({"kind": "scale", "options": "", "most": "90"}, "A scale has from 2 to 21 steps."),
    ({"most": "0"}, "One entry at least must be possible."),
    ({"new_key": "9 lives!"}, "Write a key of small letters from a to z, digits and _"),
    ({"new_key": "languages"}, "Another field has this key already: choose another one."),
    ({"label-en": "x" * 301}, "A question has 300 characters at most."),
    ({"help-de": "x" * 1001}, "Help has 1,000 characters at most."),
])
def test_each_fault_of_a_field_is_a_sentence(
    office: Browser, fakes: FakeServices, change: dict[str, object], fault: str
) -> None:
    page = office.send(f"{PLACE}/form/field", {**FIELD, **change}, page=f"{PLACE}/form")

    assert (page.status_code, fakes.sent) == (422, [])
    summary, form = unescape(page.text).split('<form class="ith-form"')
    assert fault in summary
    assert fault in form
    assert "govuk-form-group--error" in form


def test_an_empty_field_says_what_it_needs(office: Browser) -> None:
    page = office.send(f"{PLACE}/form/field", {"kind": "short-text", "version": "7"}, page=f"{PLACE}/form")

    assert page.status_code == 422
    assert "Write the question, in one language at least." in page.text
    assert "Unprocessable" not in page.text


def test_what_the_service_finds_wrong_is_told_in_our_words(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", f"PATCH {PLACE}", problem(422, "bad-form", "name must not be asked"))

    page = office.send(f"{PLACE}/form/field", FIELD, page=f"{PLACE}/form")

    assert "This cannot be asked so." in page.text
    assert "must not be asked" not in page.text


@pytest.mark.parametrize("key", ["nothing", ""])
def test_a_field_that_is_not_there_is_not_moved(office: Browser, fakes: FakeServices, key: str) -> None:
    fakes.answer("matching", f"GET {PLACE}/form", {**FORM, "fields": FORM["fields"] if key else []})

    for what in ("up", "down"):
        assert office.send(f"{PLACE}/form/{what}", {"key": key}, page=f"{PLACE}/form").status_code == 404


def test_texts_in_languages_that_the_page_does_not_ask_for_stay(office: Browser, fakes: FakeServices) -> None:
    french = {"code": "en", "labels": {"en": "English", "fr": "anglais"}}
    one = {**FORM["fields"][2], "labels": {"en": "Languages?", "fr": "Langues ?"}, "helps": {"fr": "Aide"},
           "options": [french]}
    fakes.answer("matching", f"GET {PLACE}/form", {**FORM, "fields": [one], "skills": [french]})

    kept = changed(office, fakes, "field", {"key": "languages", "label-en": "Which?", "kind": "several-of",
                                            "roles": ["mentor"], "options": "en | Plain English"})
    skills = changed(office, fakes, "skills", {"skills": "en"})

    [field] = kept["form"]["fields"]
    assert (field["labels"], field["helps"]) == ({"en": "Which?", "fr": "Langues ?"}, {"fr": "Aide"})
    assert field["options"] == [{"code": "en", "labels": {"en": "Plain English", "fr": "anglais"}}]
    assert skills["skills"] == [{"code": "en", "labels": {"fr": "anglais"}}]


def test_skills_and_the_time_for_applications_are_set(office: Browser, fakes: FakeServices) -> None:
    days = {"applications_from": "2026-07-01", "applications_until": ""}

    assert changed(office, fakes, "skills", {"skills": "Python"}) == {"skills": [{"code": "Python", "labels": {}}]}
    assert changed(office, fakes, "window", days) == {
        "always_on": False, "applications_from": "2026-07-01", "applications_until": None}
    assert changed(office, fakes, "window", {**days, "always_on": "1"}) == {
        "always_on": True, "applications_from": None, "applications_until": None}


@pytest.mark.feature("B1")
def test_the_editor_shows_each_field_and_what_people_will_see(office: Browser) -> None:
    page, field = office.get(f"{PLACE}/form").text, office.get(f"{PLACE}/form/field?key=languages").text

    assert "Do you volunteer?" in page
    assert "en | English | Englisch" in field
    assert "Do you volunteer?" in office.get(f"{PLACE}/form?state=mentor").text
    assert "Do you volunteer?" not in office.get(f"{PLACE}/form?state=mentee").text
    assert office.get(f"{PLACE}/form/field?key=nothing").status_code == 404
    assert office.get(f"{PLACE}/form/field").status_code == 200


@pytest.mark.feature("B9")
def test_a_mentee_who_is_asked_begins_with_what_they_said_before(browser: Browser, fakes: FakeServices) -> None:
    browser.sign_in("hanh")
    page = unescape(browser.get("/my/applications").text)
    form = unescape(browser.get("/programmes/first-bridge/apply/mentor").text)

    assert "Would you like to be a mentor now?" in page
    assert 'href="/programmes/first-bridge/apply/mentor"' in page
    assert "I have learnt a lot" in form
    assert re.search(r'value="de"[^>]* checked', form)
    assert "I have learnt a lot" not in browser.get("/programmes/first-bridge/apply/mentee").text


def test_a_mentee_who_is_asked_may_say_not_now(browser: Browser, fakes: FakeServices) -> None:
    browser.sign_in("hanh")

    answer = browser.send("/my/stepping-up/rising/refusal", {}, "/my/applications")

    assert answer.location == "/my/applications"
    assert fakes.last().path == "/v1/me/stepping-up/rising/refusal"
    assert "at any time" in browser.get("/my/applications").text


def test_nobody_else_is_asked(browser: Browser) -> None:
    browser.sign_in("amara")

    assert "Would you like to be a mentor now?" not in browser.get("/my/applications").text


@pytest.mark.feature("B9")
def test_the_conversion_is_reported_with_its_shares(office: Browser) -> None:
    page = unescape(office.get("/programmes/rising/funnel").text)

    for count, part in ((5, "42%"), (3, "25%")):
        assert f'<b>{count}</b> <span class="ith-meta">{part}</span>' in page
    assert "Nobody yet: mentees are asked" in unescape(office.get("/programmes/first-bridge/funnel").text)


def test_whoever_takes_part_already_is_not_asked_to_apply(mentee: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /me/applications", [])

    page, form = mentee.get("/my/applications").text, mentee.get(f"{PLACE}/apply/mentee")

    assert f"{PLACE}/apply/mentee" not in page
    assert f"{PLACE}/apply/mentor" in page
    assert form.location == "/my/applications"
    assert "You take part in this role already." in mentee.get("/my/applications").text


def test_whoever_the_directory_does_not_know_is_told_so(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /people/ilse", lambda _request: problem(404, "not-found"))
    fakes.answer("matching", "GET /me/applications", [])

    page = office.get("/my/applications").text

    assert "You cannot take part yourself" in page
    assert "/apply/" not in page


def test_answers_stand_in_the_order_of_the_form(portal_app: Callable[..., Flask]) -> None:
    said = {"answers": {"gone": "kept", "why": "So.", "languages": "de"}}

    with portal_app().test_request_context():
        assert shown_answers(FORM, said) == [
            ("Which languages do you talk?", "German"), ("Why?", "So."), ("gone", "kept")]


def test_faults_above_the_form_are_whole_sentences(portal_app: Callable[..., Flask]) -> None:
    flaws = [{"key": "capacity", "code": "too-small", "text": "", "number": 0},
             {"key": "voluntary", "code": "missing", "text": ""}]

    with portal_app().test_request_context():
        told = [one["text"] for one in faults(asked(FORM, "mentor", {}, flaws))]

    assert told == ["How many mentees? It is 0 at least.", "Do you volunteer? Please answer this."]


def test_languages_are_named_in_the_language_of_the_reader(office: Browser) -> None:
    assert "Question in German" in office.get(f"{PLACE}/form/field").text
    office.send("/language", {"language": "de", "next": "/programmes"}, page="/programmes")
    assert "Frage auf Englisch" in office.get(f"{PLACE}/form/field").text


def test_whoever_is_everywhere_already_is_not_told_that_nothing_is_open(mentee: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /calls", [one for one in CALLS if one["programme_id"] == "rising"])
    fakes.answer("matching", "GET /me/participants", [
        {"programme_id": "rising", "role": role, "state": "active"} for role in ("mentor", "mentee")])

    page = mentee.get("/my/applications").text

    assert "You are in every programme that takes applications now" in page
    assert "No programme takes applications now" not in page
