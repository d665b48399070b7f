"""The papers of a promotion kit as HTML and PDF, both from the same sheet of words."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.matching.adapters import kit_flash_words as flash
from services.matching.adapters import kit_words as words
from services.matching.adapters.kit_words import Section
from services.matching.contracts.programmes import Format
from services.matching.domain.channel_text import ChannelText
from services.matching.domain.kit import Facts, Form, Paper, Sheet
from services.matching.domain.role_names import in_sentences

FOLDER = Path(__file__).parent / "templates"
_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
}
_DAY = {"en": "{day} {month} {year}", "de": "{day}. {month} {year}"}


def write(paper: Paper, form: Form, language: str, facts: Facts, own: ChannelText | None = None) -> bytes:
    """UTF-8 or PDF; the same for the same facts. `own`: a coordinator's own words, in place of those of everybody."""
    made = sheet(paper, language, facts, own)
    return pdf(paper, language, made) if form is Form.PDF else html(paper, language, made)


def html(paper: Paper, language: str, sheet: Sheet) -> bytes:
    """One page that loads nothing."""
    return _pages().get_template("kit.html").render(sheet=sheet, lang=language, paper=paper.value).encode()


def pdf(paper: Paper, language: str, sheet: Sheet) -> bytes:
    """What people wrote goes in as data, never as a part of the document's own language."""
    # a large library that only this needs: loaded with the first paper
    import typst

    told = {**vars(sheet), "paper": paper.value}
    made: bytes = typst.compile((FOLDER / "kit.typ").read_bytes(), format="pdf",
                                sys_inputs={"lang": language, "data": json.dumps(told)})
    return made


def drawn(url: str) -> str:
    """A QR code of the address, as SVG."""
    # as typst, for papers alone
    import segno

    svg = BytesIO()
    segno.make_qr(url, error="m").save(svg, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4)
    return svg.getvalue().decode()


def prefilled(paper: Paper, language: str, facts: Facts) -> ChannelText:
    """What everybody says, with placeholders."""
    called = _called(paper, language, facts)
    return ChannelText(title=called["title"], text=called["lead"])


def placeholders(language: str, facts: Facts) -> dict[str, str]:
    """What each stands for, as far as the programme has the fact."""
    contact = ", ".join(facts.contacts[0]) if facts.contacts else ""
    known = {"programme": facts.programme, **in_sentences(facts.role_names, language), "purpose": facts.purpose,
             "starts_on": _day(facts.starts_on, language), "ends_on": _day(facts.ends_on, language),
             "apply_by": _day(facts.apply_by, language) if facts.apply_by else "", "contact": contact,
             "url": facts.url}
    return {name: text for name, text in known.items() if text}


def sheet(paper: Paper, language: str, facts: Facts, own: ChannelText | None = None) -> Sheet:
    """The paper in words."""
    say = words.LABELS[language]
    named = placeholders(language, facts)
    text = (own or prefilled(paper, language, facts)).filled(named)
    contact = say["contact"].format(name=facts.contacts[0][0], email=facts.contacts[0][1]) if facts.contacts else ""
    return Sheet(title=text.title or facts.programme, lead=text.text, ask=_called(paper, language, facts)["ask"],
                 url=facts.url, sections=_sections(paper, language, facts, named),
                 facts=() if paper is Paper.CHAT else _facts(language, facts),
                 contact=contact or say["nobody"], code=drawn(facts.url) if paper is Paper.POSTER else "")


def _called(paper: Paper, language: str, facts: Facts) -> words.Words:
    return words.CALLS[language].get(paper, {}).get(facts.role) or words.TOLD[language][paper]


def _sections(paper: Paper, language: str, facts: Facts, named: Mapping[str, str]) -> tuple[Section, ...]:
    """A poster has no room for more than what people get, a chat not even for that; a reminder says it once more."""
    if paper is Paper.CHAT:
        return ()
    headings, say = words.HEADINGS[language], words.LABELS[language]
    gains = tuple((heading, tuple(line.format(**named) for line in lines))
                  for heading, lines in told_by(facts).GAINS[language][facts.role])
    purpose = ((headings["purpose"], (facts.purpose,)),) if facts.purpose else ()
    if paper in words.CALLS[language]:
        return (*purpose, *gains) if paper is Paper.MAIL else gains
    aims = tuple(f"{name}: {metric} ({say['target'].format(target=_figure(target, language))})"
                 for name, metric, target in facts.objectives)
    return (*purpose, *told_by(facts).SECTIONS[language][paper], *(((headings["objectives"], aims),) if aims else ()))


def _facts(language: str, facts: Facts) -> tuple[tuple[str, str], ...]:
    say = words.LABELS[language]
    span = say["span"].format(start=_day(facts.starts_on, language), end=_day(facts.ends_on, language))
    until = ((say["apply_by"], _day(facts.apply_by, language)),) if facts.apply_by else ()
    asked = (say["asked"], say["days"].format(number=facts.asked_every_days))
    takes = flash.TAKES[language]
    return ((say["runs"], span), *until, (takes["takes"], takes["one"]) if facts.format is Format.FLASH else asked)


def told_by(facts: Facts) -> ModuleType:
    """What people get, and what is asked of them, is not the same for one meeting as for months."""
    return flash if facts.format is Format.FLASH else words


def _figure(number: float, language: str) -> str:
    """As people write it: all digits before the point, and those after it that are not 0."""
    text = f"{number:,.4f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def _day(text: str, language: str) -> str:
    day = date.fromisoformat(text)
    return _DAY[language].format(day=day.day, month=_MONTHS[language][day.month - 1], year=day.year)


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)
