"""What a campaign says in each channel: prefilled, changed with placeholders that are checked, on paper and to copy."""

from typing import Any

import pytest

from services.matching.domain.programme import Programme
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.test_applications import ANNA
from tests.unit.matching.test_campaigns_http import drafted
from tests.unit.matching.test_campaigns_http import programme as programme
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import Caller

pytestmark = pytest.mark.feature("S4.2")


@pytest.fixture
def carla(as_: As) -> Caller:
    return as_("carla")


@pytest.fixture
def made(house: MatchingHouse, as_: As, programme: Programme) -> Any:
    return drafted(house, as_, f"/programmes/{programme.id}")


@pytest.fixture
def place(made: Any) -> str:
    return f"/campaigns/{made['id']}"


def by_channel(answer: Any) -> dict[str, Any]:
    return {one["channel"]: one for one in answer.json["texts"]}


def test_each_channel_is_prefilled_from_the_programmes_facts(carla: Caller, made: Any, place: str) -> None:
    answer = carla.get(f"{place}/texts")
    told, known = by_channel(answer), answer.json["placeholders"]

    assert [*told] == ["mail", "chat", "notice", "poster"]
    assert not any(one["is_own"] for one in told.values())
    assert "{programme}" in told["mail"]["said"]["title"]
    assert told["mail"]["filled"]["title"] == "Will you be a mentor in Rising?"
    assert told["chat"]["said"]["title"] == ""
    link = f"http://127.0.0.1:8080/j/{made['code']}"
    assert (told["chat"]["ready"].endswith(f"{link}-c"), told["chat"]["ready"].count("http")) == (True, 1)
    assert told["notice"]["ready"].split("\n\n") == [
        told["notice"]["filled"]["title"], told["notice"]["filled"]["text"], f"{link}-n"]
    assert (told["mail"]["ready"], told["chat"]["most"]) == ("", 500)
    assert {"programme": "Rising", "a_mentor": "a mentor", "starts_on": "1 March 2027"}.items() <= known.items()
    assert "apply_by" not in known
    assert "lernen" in str(carla.get(f"{place}/texts?language=de").json)


def test_own_words_stand_on_paper_in_their_language_alone(carla: Caller, place: str) -> None:
    said = {"title": "{programme} <b>calls</b>", "text": "Until {ends_on}.\r\nBe {a_mentor}!"}

    kept = by_channel(carla("PUT", f"{place}/texts/poster", {**said, "language": "en"}))["poster"]

    assert (kept["is_own"], kept["said"]["text"]) == (True, "Until {ends_on}.\nBe {a_mentor}!")
    assert kept["filled"] == {"title": "Rising <b>calls</b>", "text": "Until 1 December 2027.\nBe a mentor!"}
    carla("PUT", f"{place}/texts/notice", {"title": "Nur hier", "text": "Bis {ends_on}", "language": "de"})
    html, german, other = (carla.get(f"{place}/kit/{paper}").text for paper in (
        "poster.html", "poster.html?language=de", "mail.html"))
    assert "<h1>Rising &lt;b&gt;calls&lt;/b&gt;</h1>" in html
    assert "Until 1 December 2027." in html
    assert "calls" not in german
    assert "calls" not in other
    assert "<h1>Nur hier</h1>" in carla.get(f"{place}/kit/notice.html?language=de").text
    assert "Bis 1. Dezember 2027" in carla.get(f"{place}/kit/notice.html?language=de").text
    assert "Nur hier" not in carla.get(f"{place}/kit/notice.html").text
    assert carla.get(f"{place}/kit/poster.pdf").data != carla.get(f"{place}/kit/poster.pdf?language=de").data


@pytest.mark.parametrize(("channel", "wrong", "named"), [
    ("mail", {"title": "x", "text": "Apply by {apply_by}, {programe}"}, "{apply_by}, {programe}"),
    ("mail", {"title": "{a_mentor.__class__}", "text": "x"}, "brace"), ("mail", {"title": "x", "text": "{"}, "brace"),
    ("mail", {"text": "x"}, "a title and a text"), ("chat", {"title": "x", "text": "x"}, "one text"),
    ("chat", {"text": "x" * 501}, "500"), ("poster", {"title": "x", "text": "x" * 301}, "300"),
    ("notice", {"title": "x", "text": " \r\n "}, "a title and a text")])
def test_words_that_cannot_be_filled_are_refused_and_say_why(carla: Caller, place: str, channel: str,
                                                             wrong: dict[str, str], named: str) -> None:
    refused = carla("PUT", f"{place}/texts/{channel}", wrong)

    assert (refused.status_code, refused.json["code"]) == (422, "bad-text")
    assert named in refused.json["detail"]
    assert not by_channel(carla.get(f"{place}/texts"))[channel]["is_own"]


def test_a_fact_that_goes_leaves_a_dash_and_one_that_comes_may_be_named(house: MatchingHouse, carla: Caller,
                                                                        programme: Programme, place: str) -> None:
    house.matching.programmes.change(programme.id, {"always_on": False, "applications_until": "2027-04-01"}, None)
    assert carla("PUT", f"{place}/texts/chat", {"text": "By {apply_by}: {url}"}).status_code == 200
    dated = by_channel(carla.get(f"{place}/texts"))["chat"]["filled"]["text"]

    house.matching.programmes.change(programme.id, {"applications_until": None}, None)

    assert dated.startswith("By 1 April 2027: ")
    assert by_channel(carla.get(f"{place}/texts"))["chat"]["filled"]["text"].startswith("By –: ")


def test_words_go_back_to_what_everybody_says(carla: Caller, place: str) -> None:
    before = by_channel(carla.get(f"{place}/texts"))["notice"]
    for _ in range(2):
        carla("PUT", f"{place}/texts/notice", {"title": "Ours", "text": "Ours"})
    assert by_channel(carla.get(f"{place}/texts"))["notice"]["is_own"]

    back = by_channel(carla("DELETE", f"{place}/texts/notice"))["notice"]
    carla("PUT", f"{place}/texts/notice", {"title": "Ours", "text": "Ours"})
    same = by_channel(carla("PUT", f"{place}/texts/notice", before["said"]))["notice"]

    assert back == before == same


def test_an_ended_campaign_keeps_its_words(carla: Caller, place: str) -> None:
    carla("PUT", f"{place}/texts/notice", {"title": "Ours", "text": "Ours"})
    carla("POST", f"{place}/end")

    refused = carla("PUT", f"{place}/texts/notice", {"title": "Other", "text": "Other"})

    assert (refused.status_code, refused.json["code"]) == (409, "wrong-state")
    assert carla("DELETE", f"{place}/texts/notice").status_code == 409
    assert by_channel(carla.get(f"{place}/texts"))["notice"]["filled"]["title"] == "Ours"


def test_words_are_for_coordinators_and_for_channels_that_have_them(as_: As, carla: Caller, place: str) -> None:
    for caller in (as_(ANNA), as_("otto")):
        assert caller.get(f"{place}/texts").status_code == 404
        assert caller("PUT", f"{place}/texts/mail", {"title": "x", "text": "x"}).status_code == 404
        assert caller("DELETE", f"{place}/texts/mail").status_code == 404
    for channel in ("briefing", "leaflet"):
        assert carla("PUT", f"{place}/texts/{channel}", {"title": "x", "text": "x"}).status_code == 404
    assert carla("PUT", f"{place}/texts/mail", {"title": "x", "text": "x", "language": "fr"}).status_code == 422
