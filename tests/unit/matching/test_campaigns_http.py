"""Campaigns over HTTP: drafted, launched, read by code, and handed out as papers."""

import re
from datetime import date
from typing import Any

import pytest
import segno

from services.matching.adapters.kit import drawn
from services.matching.contracts.programmes import RoleNames
from services.matching.domain.objective import Objective
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA, BEN, OFFERED, people
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

PAPERS = {"mail": "m", "reminder": "r", "chat": "c", "notice": "n", "poster": "p", "briefing": "b", "proposal": "o"}
PURPOSE = "Keep *those* who <b>know</b> #panic(\"x\") the network."


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben", "carla")
    stay = Objective(code="stay", name="Stay", metric="share who stay a year, in percent", target=92.5)
    return house.a_programme(always_on=True, purpose=PURPOSE, objectives=(stay,))


@pytest.fixture
def place(programme: Programme) -> str:
    return f"/programmes/{programme.id}"


def drafted(house: MatchingHouse, as_: As, place: str, **more: Any) -> Any:
    made = as_("carla")("POST", f"{place}/campaigns", {"name": "Spring", "role": "mentor", **more})
    house.settle()
    return made.json


def test_a_campaign_goes_from_the_draft_to_the_report_of_its_codes(house: MatchingHouse, as_: As, place: str) -> None:
    carla, anna = as_("carla"), as_(ANNA)
    made = drafted(house, as_, place, names=["anna@example.org", "ben@example.org", "who?"])
    where = f"/campaigns/{made['id']}"
    counted = carla.get(where).json["campaign"]
    launched = carla("POST", f"{where}/launch")
    house.settle()
    anna("PUT", f"{place}/draft", {"role": "mentor", "answers": OFFERED, "code": f"{made['code']}-m"})
    [mine] = anna.get("/me/applications").json["items"]
    anna("POST", f"/applications/{mine['id']}/submission")
    house.settle()
    told = carla.get(where).json
    ended = carla("POST", f"{where}/end")

    assert (counted["state"], counted["size"], counted["is_list"], counted["walk"]) == ("draft", 2, True, "nothing")
    assert launched.status_code == 202
    assert (told["campaign"]["asked"], told["campaign"]["refused"]) == (2, {})
    assert {one["channel"]: one["steps"]["applied"] for one in told["codes"]} == {
        "mail": 1, "reminder": 0, "chat": 0, "notice": 0, "poster": 0, "briefing": 0, "proposal": 0}
    assert ended.json["state"] == "ended"
    assert [one["id"] for one in carla.get(f"{place}/campaigns").json["items"]] == [made["id"]]


@pytest.mark.feature("A5")
@pytest.mark.parametrize(("target", "english", "german"), [
    (1_500_000, "1,500,000", "1.500.000"), (2000.25, "2,000.25", "2.000,25"), (-0.5, "-0.5", "-0,5"),
    (100, "100", "100")])
def test_targets_stand_on_papers_as_people_write_them(
        house: MatchingHouse, as_: As, place: str, target: float, english: str, german: str) -> None:
    saved = Objective(code="saved", name="Saved", metric="euros", target=target)
    house.matching.programmes.change(place.rpartition("/")[2], {"objectives": (saved,)}, None)
    where = f"/campaigns/{drafted(house, as_, place)['id']}/kit/proposal.html"

    assert f"(target {english})" in as_("carla").get(f"{where}?language=en").text
    assert f"(Ziel {german})" in as_("carla").get(f"{where}?language=de").text


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.slow
def test_papers_say_the_facts_and_carry_their_own_code(house: MatchingHouse, as_: As, place: str, paper: str,
                                                       language: str) -> None:
    made = drafted(house, as_, place)
    where = f"/campaigns/{made['id']}/kit/{paper}"
    page, printed = (as_("carla").get(f"{where}.{form}?language={language}") for form in ("html", "pdf"))
    html = page.text

    assert page.mimetype == "text/html"
    assert page.headers["Content-Disposition"] == f'attachment; filename="{paper}.html"'
    assert f'href="http://127.0.0.1:8080/j/{made["code"]}-' in html
    assert f'{made["code"]}-{PAPERS[paper]}"' in html
    assert f'<html lang="{language}">' in html
    assert "Rising" in html
    assert "None" not in html
    assert not re.search(r"\{\w+\}", html.split("</style>")[1])
    assert ("Keep *those* who &lt;b&gt;know&lt;/b&gt;" in html) is (
        paper in ("mail", "briefing", "proposal"))
    assert ({"en": "92.5", "de": "92,5"}[language] in html) is (paper in ("briefing", "proposal"))
    assert (f'aria-label="http://127.0.0.1:8080/j/{made["code"]}-p"><svg' in html) is (paper == "poster")
    assert (printed.content_type, printed.data[:5]) == ("application/pdf", b"%PDF-")
    assert as_("carla").get(f"{where}.pdf?language={language}").data == printed.data


@pytest.mark.parametrize(("role", "said"), [("mentor", {"en": "an adviser", "de": "Pate/Patin"}),
                                            ("mentee", {"en": "a newcomer", "de": "Neue/r"})])
@pytest.mark.parametrize("paper", ["mail", "reminder", "chat", "notice", "poster"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_people_are_asked_by_the_programmes_own_words(house: MatchingHouse, as_: As, role: str, said: dict[str, str],
                                                      paper: str, language: str) -> None:
    names = {"mentor": {"en": "adviser", "de": "Pate/Patin"}, "mentee": {"en": "newcomer", "de": "Neue/r"}}
    programme = house.a_programme(purpose=PURPOSE, role_names=RoleNames(**names))
    made = drafted(house, as_, f"/programmes/{programme.id}", role=role)

    html = as_("carla").get(f"/campaigns/{made['id']}/kit/{paper}.html?language={language}").text

    assert said[language] in html
    assert not re.search(r"mentor\b|mentee\b", html.split("</style>")[1], re.IGNORECASE)


@pytest.mark.feature("S4.2")
def test_a_code_on_paper_leads_to_the_form_however_it_is_typed(house: MatchingHouse, as_: As,
                                                               programme: Programme) -> None:
    made = drafted(house, as_, f"/programmes/{programme.id}")

    there = as_(ANNA).get(f"/campaign-code?code={made['code'].lower()}-P")

    assert there.json == {"programme_id": programme.id, "role": "mentor", "code": f"{made['code']}-p"}
    for wrong in ("2222222-p", f"{made['code']}-x", "?"):
        assert as_(ANNA).get(f"/campaign-code?code={wrong}").status_code == 404


def test_a_camera_reads_the_address_and_nothing_else() -> None:
    one, same, other = (drawn(f"https://m.example.org/j/7KQ2MPA-{letter}") for letter in "ppm")

    assert one == same != other
    modules = segno.make_qr("https://m.example.org/j/7KQ2MPA-p", error="m").matrix
    assert f'viewBox="0 0 {len(modules) + 8} {len(modules) + 8}"' in one, "four modules of white around it"


@pytest.mark.feature("S4.2")
def test_a_kit_is_there_before_the_programme_is_open_and_asks_nobody(house: MatchingHouse, as_: As) -> None:
    plan = house.matching.programmes.draft("career-development", "Rising", date(2027, 4, 1), by="carla")
    made = drafted(house, as_, f"/programmes/{plan.id}")

    html = as_("carla").get(f"/campaigns/{made['id']}/kit/proposal.html").text
    launched = as_("carla")("POST", f"/campaigns/{made['id']}/launch")

    assert "Rising: a proposal" in html
    assert (launched.status_code, launched.json["code"]) == (409, "no-applications")


@pytest.mark.feature("A5")
@pytest.mark.parametrize(("language", "told", "never"), [
    ("en", "One meeting", ("every few weeks", "60 days", "asked regularly", "another mentor")),
    ("de", "Ein Treffen", ("Alle paar Wochen", "60 Tage", "regelmäßig gefragt", "jemand anderen"))])
def test_papers_of_flash_mentoring_promise_one_meeting(house: MatchingHouse, as_: As, language: str, told: str,
                                                       never: tuple[str, ...]) -> None:
    programme = house.a_programme(template="flash")
    ids = [drafted(house, as_, f"/programmes/{programme.id}", role=role)["id"] for role in ("mentor", "mentee")]
    papers = [as_("carla").get(f"/campaigns/{one}/kit/{paper}.html?language={language}").text
              for one in ids for paper in PAPERS if paper != "chat"]

    assert all(told in html for html in papers)
    assert [words for words in never if any(words in html for html in papers)] == []


def test_only_coordinators_of_the_programme_may(house: MatchingHouse, as_: As, place: str) -> None:
    made = drafted(house, as_, place)["id"]

    for caller in (as_(ANNA), as_("otto")):
        assert caller("POST", f"{place}/campaigns", {"name": "x", "role": "mentor"}).status_code == 404
        assert caller.get(f"{place}/campaigns").status_code == 404
        assert caller.get(f"/campaigns/{made}").status_code == 404
        assert caller.get(f"/campaigns/{made}/kit/poster.pdf").status_code == 404
        for what in ("launch", "end"):
            assert caller("POST", f"/campaigns/{made}/{what}").status_code == 404


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"role": "friend"}, {"names": []}, {"names": ["nobody"]}, {"remind_days": 61}, {"grades": "lead"},
    {"names": ["Ben"], "grades": ["lead"]}, {"names": ["a"] * 2_001}, {"audience": {}}])
def test_a_campaign_that_makes_no_sense_is_refused(as_: As, place: str, wrong: dict[str, Any]) -> None:
    assert as_("carla")("POST", f"{place}/campaigns", {"name": "x", "role": "mentor", **wrong}).status_code == 422


def test_a_paper_that_there_is_not_is_not_found(house: MatchingHouse, as_: As, place: str) -> None:
    where = f"/campaigns/{drafted(house, as_, place)['id']}/kit"

    assert as_("carla").get(f"{where}/leaflet.pdf").status_code == 404
    assert as_("carla").get(f"{where}/poster.docx").status_code == 404
    assert as_("carla").get(f"{where}/poster.html?language=fr").status_code == 422
    assert as_(BEN).get(f"{where}/leaflet.pdf").status_code == 404
