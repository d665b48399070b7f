"""Every letter in every language and role: complete, harmless, and the same words in both forms."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from services.notifications.adapters.letters import FOLDER, Letters
from services.notifications.application.composing import LANGUAGES
from services.notifications.application.ports import Contents, NotComposed, Somebody
from services.notifications.domain.letters import LETTERS, Role
from tests.unit.notifications.builders import MONDAY

WRITER = Letters("https://mentoring.caldera.example", "Caldera Group")
ALL = [(name, role, language) for name, letter in LETTERS.items() for role in letter.roles for language in LANGUAGES]
AMARA = Somebody(name="Amara Diallo", first_name="Amara", address="amara@caldera.example", location="Lisbon",
                 time_zone="Europe/Lisbon")
JUN_SEO = Somebody(name="Jun-seo Park", first_name="Jun-seo", address="jun@caldera.example", location="Seoul",
                   time_zone="Asia/Seoul")
FIGURES = {f"{what}-{step}": 0 if step == "matched" else 1240 for what, steps in (
    ("mentor", ("applied", "approved", "matched")), ("mentee", ("applied", "approved", "matched")),
    ("pairs", ("under-way", "completed", "ended-otherwise"))) for step in steps}
BARE = {"coordinator": None, "due_on": None, "closes_at": None}


def contents(name: str, role: Role, language: str, **more: object) -> Contents:
    one = Contents(
        template=name, role=role, language=language, you=AMARA, programme="Rising Engineers", programme_id="programme",
        pair_id="pair", partner=JUN_SEO, coordinator=Somebody(name="Ilse Brandt", first_name="Ilse"),
        code="kT9vQ2mB7xLr4WnZ8sHd1a", meets_at=MONDAY + timedelta(days=6), due_on="2027-03-15", closes_at=MONDAY,
        figures=FIGURES)
    return replace(one, **more)  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Which elements and attributes there are, and whether all that opens is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_every_letter_is_complete(name: str, role: Role, language: str) -> None:
    text = WRITER.write(contents(name, role, language))

    assert text.subject
    assert len(text.subject) < 80
    assert not re.search(r"[{}\\]|None|undefined|\*\*", text.subject + text.plain)
    assert not re.search(r"\{\{|\}\}|\{%|None|undefined|\*\*|\\", text.html)


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_every_letter_does_without_what_may_be_missing(name: str, role: Role, language: str) -> None:
    text = WRITER.write(contents(name, role, language, **BARE))

    assert not re.search(r"None|  |\( *\)| ,| \.", text.plain)


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_html_needs_nothing_from_outside(name: str, role: Role, language: str) -> None:
    text = WRITER.write(contents(name, role, language)).html
    tags = Tags(text)

    assert tags.open == []
    assert not {tag for tag, _ in tags.found} & {"script", "link", "iframe", "form"}
    assert [str(attrs["src"])[:22] for tag, attrs in tags.found if "src" in attrs] == ["data:image/png;base64,"]
    assert not re.search(r"url\(|@import", text)
    assert ("html", {"lang": language}) in tags.found


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_links_lead_to_the_house_or_to_a_person(name: str, role: Role, language: str) -> None:
    text = WRITER.write(contents(name, role, language))
    links = [str(attrs["href"]) for tag, attrs in Tags(text.html).found if tag == "a"]

    assert all(link.startswith(("https://mentoring.caldera.example/", "mailto:jun@caldera.example")) for link in links)
    assert all(link in text.plain for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, letter in LETTERS.items() if letter.link])
def test_a_check_in_is_answered_by_one_of_five_links_or_by_not_having_met(name: str, language: str) -> None:
    text = WRITER.write(contents(name, Role.MENTOR, language))

    assert re.findall(r"/c/kT9vQ2mB7xLr4WnZ8sHd1a/(\d)", text.plain) == list("123450")
    assert "Ilse Brandt" in text.plain


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_a_name_is_text_whatever_is_in_it(name: str, role: Role, language: str) -> None:
    nasty = '<img src=x onerror=alert(1)> [x](https://evil.example) **b** `c` & "q" # h\n\n# New heading {{ 7*7 }}'
    evil = Somebody(name=nasty, first_name=nasty, address="jun@caldera.example", location=nasty, time_zone="UTC")

    text = WRITER.write(contents(name, role, language, partner=evil, you=evil, programme=nasty, coordinator=evil))

    tags = Tags(text.html)
    assert "code" not in {tag for tag, _ in tags.found}
    assert [attrs["width"] for tag, attrs in tags.found if tag == "img"] == ["24"]
    assert not [attrs for tag, attrs in tags.found if tag == "a" and "evil" in str(attrs["href"])]
    assert "49" not in re.sub(r"base64,[^\"]+", "", text.html)
    assert "\n" not in text.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_is_named_at_both_places(language: str) -> None:
    text = WRITER.write(contents("introduction", Role.MENTOR, language))

    assert "09:00 (Lisbon)" in text.plain
    assert "18:00 (Seoul)" in text.plain


def test_a_zone_that_nobody_knows_keeps_no_mail_back() -> None:
    lost = replace(AMARA, time_zone="Middle/Earth", location="")

    text = WRITER.write(contents("introduction", Role.MENTOR, "en", you=lost))

    assert "09:00 (Earth)" in text.plain


def test_a_deadline_is_the_day_where_the_reader_is() -> None:
    late = MONDAY.replace(hour=23)

    text = WRITER.write(contents("check-in-opened", Role.MENTEE, "en", you=JUN_SEO, closes_at=late))

    assert "2 March 2027" in text.plain


def test_a_letter_that_lacks_what_it_needs_is_not_written() -> None:
    with pytest.raises(NotComposed):
        WRITER.write(contents("check-in-opened", Role.MENTOR, "en", partner=None))


def test_both_languages_have_the_same_letters_with_the_same_placeholders() -> None:
    languages = [{path.name: placeholders(path) for path in (FOLDER / language).iterdir()} for language in LANGUAGES]

    assert languages[0] == languages[1]


def placeholders(path: Path) -> set[str]:
    found = Environment().parse(path.read_text()).find_all((nodes.Getattr, nodes.Name))
    return {f"{one.node.name}.{one.attr}" if isinstance(one, nodes.Getattr) and isinstance(one.node, nodes.Name)
            else str(getattr(one, "name", "")) for one in found}


@pytest.mark.parametrize(("name", "role", "language"), ALL)
def test_nobody_is_shouted_at_or_blamed(name: str, role: Role, language: str) -> None:
    plain = WRITER.write(contents(name, role, language)).plain

    assert not re.search(r"(?i)!|failed|failing|ignored|forgot|versagt|ignoriert|vergessen", plain)


@pytest.mark.parametrize("role", LETTERS["circle-parted"].roles)
def test_whoever_takes_part_no_more_does_not_read_in_german_that_they_are_no_more_than_that(role: Role) -> None:
    assert "nicht mehr als" not in WRITER.write(contents("circle-parted", role, "de")).plain


def test_a_form_is_filled_in_for_each_person_anew() -> None:
    first = WRITER.write(contents("introduction", Role.MENTOR, "en"))
    other = Somebody(name="Zoë & Co", first_name="Zoë", address="zoë@caldera.example")

    second = WRITER.write(contents("introduction", Role.MENTOR, "en", partner=other))

    assert "Jun-seo" not in second.subject + second.plain + second.html
    assert "Zoë &amp; Co" in second.html
    assert 'href="mailto:zo%C3%AB@caldera.example"' in second.html
    assert first == WRITER.write(contents("introduction", Role.MENTOR, "en"))


def test_words_that_look_like_marks_are_words() -> None:
    marked = replace(AMARA, first_name="zq1qz")

    text = WRITER.write(contents("check-in-opened", Role.MENTOR, "en", you=marked))

    assert "Hello zq1qz," in text.plain


@pytest.mark.parametrize(("name", "words"), [
    ("application-invited", "You get this because you are invited to Rising Engineers."),
    ("application-waiting", "You get this because you asked to take part in Rising Engineers."),
    ("application-approved", "You get this because you take part in Rising Engineers.")])
def test_the_foot_says_why_somebody_gets_the_mail(name: str, words: str) -> None:
    assert words in WRITER.write(contents(name, Role.MENTOR, "en")).plain
