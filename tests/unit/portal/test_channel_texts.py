"""What a campaign says in each channel: read, changed, refused with why, and copied. All without scripts."""

import re

import pytest

from services.portal.pages.channel_texts import rows_of
from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import CAMPAIGN, FakeServices, problem, report_of

pytestmark = pytest.mark.feature("S4.2")
PAGE = "/campaigns/cam-1/texts"


def test_the_campaign_leads_to_its_texts_which_stand_in_words_and_with_placeholders(office: Browser) -> None:
    assert f'href="{PAGE}"' in office.get("/campaigns/cam-1").text

    page = office.get(PAGE).text

    for words in ("Join Rising", 'value="Join {programme}"', ">Come to {programme}</textarea>", "{url}", "Headline",
                  "the name of the programme", "Your own words."):
        assert words in page
    assert 'id="title-chat"' not in page


def test_short_ones_are_there_to_be_copied(office: Browser) -> None:
    page = office.get(PAGE).text

    assert [re.sub(r"^ready-", "", one) for one in re.findall(r'id="(ready-\w+)" rows="\d+" readonly', page)] == [
        "chat", "notice", "poster"]
    assert "readonly>News\n\nOurs</textarea>" in page
    assert re.findall(r'data-copies="[\w-]+" data-done="Copied" hidden', page)


def test_what_is_to_be_copied_is_seen_whole() -> None:
    link = "https://ithaca.example/j/ABCD-EFGH-chat"

    assert (rows_of("News"), rows_of(f"News\n\n{link}"), rows_of("x" * 320)) == (1, 4, 11)


@pytest.mark.parametrize("page", [PAGE, "/programmes/rising/applications/ap-1"])
def test_pages_below_the_applications_mark_them_in_the_navigation(office: Browser, page: str) -> None:
    [entry] = re.findall(r'<a[^>]*aria-current="[^"]*"[^>]*>([^<]*)', office.get(page).text.split("<main")[0])

    assert entry == "Applications"


def test_words_are_kept_in_the_readers_language(office: Browser, fakes: FakeServices) -> None:
    office.send("/language", {"language": "de", "next": "/"})

    answer = office.send(f"{PAGE}/mail", {"title": " Komm ", "text": " Hallo {programme} "}, PAGE)
    mail = fakes.last()
    office.send(f"{PAGE}/chat", {"text": "Hallo"}, PAGE)

    assert answer.location == f"{PAGE}#c-mail"
    assert (mail.method, mail.path) == ("PUT", "/v1/campaigns/cam-1/texts/mail")
    assert mail.body == {"title": "Komm", "text": "Hallo {programme}", "language": "de"}
    assert fakes.last().body == {"text": "Hallo", "language": "de"}
    assert "Diese Worte behalten" in office.get(PAGE).text


def test_what_cannot_be_kept_is_shown_again_with_the_placeholders_that_stand_for_nothing(
        office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "PUT /campaigns/cam-1/texts/mail", problem(
        422, "bad-text", "nothing stands behind {apply_by}, {programe}"))

    again = office.send(f"{PAGE}/mail", {"title": "x", "text": "By {apply_by}, {programe}"}, PAGE)

    assert again.status_code == 422
    assert "Nothing stands behind {apply_by}, {programe} in this programme." in again.text
    assert ">By {apply_by}, {programe}</textarea>" in again.text
    assert 'href="#text-mail"' in again.text


def test_no_more_is_written_than_is_kept_and_an_end_of_line_counts_once(office: Browser, fakes: FakeServices) -> None:
    assert re.search(r'<textarea [^>]*id="text-mail" [^>]*maxlength="[0-9]+"', office.get(PAGE).text)

    office.send(f"{PAGE}/mail", {"title": "x", "text": "One\r\ntwo"}, PAGE)

    assert fakes.last().body["text"] == "One\ntwo"


def test_words_go_back_to_what_everybody_says(office: Browser, fakes: FakeServices) -> None:
    page = office.get(PAGE).text
    assert f'action="{PAGE}/notice/removal"' in page
    assert f'action="{PAGE}/mail/removal"' not in page

    office.send(f"{PAGE}/notice/removal", page=PAGE)

    assert (fakes.last().method, fakes.last().path) == ("DELETE", "/v1/campaigns/cam-1/texts/notice")


def test_an_ended_campaign_shows_its_texts_alone(office: Browser, fakes: FakeServices) -> None:
    fakes.answer("matching", "GET /campaigns/cam-1", report_of({**CAMPAIGN, "state": "ended"}))

    page = office.get(PAGE).text

    assert "Come to Rising" in page
    assert 'name="text"' not in page
    assert "removal" not in page
