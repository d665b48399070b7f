"""Letters from Jinja templates: one file a letter and language, or one a role where the words differ."""

from base64 import b64encode
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from services.notifications.adapters.forms import Form, Words, form
from services.notifications.adapters.markdown import heading, html, parsed, plain
from services.notifications.adapters.wording import amount, day, moment
from services.notifications.application.ports import Contents, Invitation, NotComposed, Somebody, Text
from services.notifications.domain.kick_off import MINUTES
from services.notifications.domain.letters import Role
from services.notifications.domain.role_words import in_language, told_apart, with_article
from services.notifications.domain.zones import zone_of
from shared.kernel.ids import derived_id

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Letters:
    """Writes letters whose links lead to the pages at `public_url`, in the name of `organisation`."""

    public_url: str
    organisation: str

    @cached_property
    def _letters(self) -> Environment:
        return Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=False,
                           trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)

    @cached_property
    def _frame(self) -> Environment:
        return Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True)

    @cached_property
    def _forms(self) -> dict[Hashable, Form]:
        return {}

    @cached_property
    def _mark(self) -> str:
        """Inside the mail: nothing is loaded, and who opens it is nobody's business."""
        return b64encode((FOLDER / "mark.png").read_bytes()).decode()

    def write(self, contents: Contents) -> Text:
        """Raises NotComposed."""
        try:
            words = self._words(contents)
            return self._form(contents, words).filled(words)
        except (TemplateError, ValueError, KeyError) as error:
            raise NotComposed(f"{contents.template} {contents.language}: {type(error).__name__}") from None

    def _form(self, contents: Contents, words: Words) -> Form:
        known = tuple(name for name, word in words.items() if word is not None)
        kind = (contents.template, contents.role, contents.language, known)
        if kind not in self._forms:
            self._forms[kind] = form(words, partial(self._written, contents))
        return self._forms[kind]

    def _written(self, contents: Contents, marks: dict[str, object]) -> Text:
        body = parsed(self._rendered(contents, contents.template, marks))
        foot = parsed(self._rendered(contents, "footer", marks))
        frame = self._frame.get_template("frame.html").render(
            language=contents.language, subject=heading(body), organisation=self.organisation, mark=self._mark,
            body=Markup(html(body)), foot=Markup(html(foot)))
        return Text(subject=heading(body), plain=f"{plain(body)}\n-- \n{plain(foot)}", html=frame)

    def _rendered(self, contents: Contents, name: str, marks: dict[str, object]) -> str:
        names = [f"{contents.language}/{name}.{contents.role}.md", f"{contents.language}/{name}.md"]
        return self._letters.select_template(names).render(
            marks, role=contents.role.value, letter=contents.template)

    def _words(self, contents: Contents) -> Words:
        language = contents.language
        return {
            "you.first_name": contents.you.first_name, "programme": contents.programme,
            "coordinator.name": contents.coordinator.name if contents.coordinator else None,
            "due_on": day(date.fromisoformat(contents.due_on), language) if contents.due_on else None,
            "closes_on": _closes_on(contents), "flash": contents.template if contents.flash else None,
            "matching": contents.template if contents.matching else None,
            **_partner(contents.partner), **self._places(contents), **_meeting(contents), **_roles(contents),
            **_figures(contents),
        }

    def _places(self, contents: Contents) -> Words:
        return {
            "answer": f"{self.public_url}/c/{contents.code}" if contents.code else None,
            "my_page": f"{self.public_url}/my",
            "applications_page": f"{self.public_url}/my/applications",
            "renewal_page": f"{self.public_url}/my/renewals/{contents.programme_id}",
            "endorsements_page": f"{self.public_url}/my/endorsements",
            "apply_page": f"{self.public_url}{_form_of(contents)}",
            "pair_page": f"{self.public_url}/pairs/{contents.pair_id}",
            "circle_page": f"{self.public_url}/circles/{contents.pair_id}",
            "sponsor_page": f"{self.public_url}/programmes/{contents.programme_id}/sponsor",
            "tasks_page": f"{self.public_url}/programmes/{contents.programme_id}/tasks",
        }

    def invitation(self, contents: Contents) -> Invitation | None:
        """The same entry for both sides."""
        if contents.meets_at is None:
            return None
        return Invitation(uid=derived_id("kick-off", contents.pair_id), starts_at=contents.meets_at, minutes=MINUTES,
                          summary=_SUMMARY[contents.language].format(programme=contents.programme))


_OTHER = {Role.MENTOR: Role.MENTEE, Role.MENTEE: Role.MENTOR}
_SUMMARY = {"en": "Kick-off: {programme}", "de": "Auftakt: {programme}"}


def _form_of(contents: Contents) -> str:
    """Where they apply; the code tells which campaign brought them."""
    page = f"/programmes/{contents.programme_id}/apply/{contents.role}"
    return f"{page}?code={contents.campaign_code}" if contents.campaign_code else page


def _closes_on(contents: Contents) -> str | None:
    """The day on the calendar of whoever reads it."""
    if contents.closes_at is None:
        return None
    return day(contents.closes_at.astimezone(zone_of(contents.you.time_zone)).date(), contents.language)


def _figures(contents: Contents) -> Words:
    """As numbers are written in the language; a hyphen cannot stand in a name. Letters from before `least` was told
    count by fives."""
    figures = {"least": 5, **contents.figures}
    return {f"figures.{code.replace('-', '_')}": amount(count, figures["least"], contents.language)
            for code, count in figures.items()}


def _partner(partner: Somebody | None) -> Words:
    names = ("name", "first_name", "address")
    return {f"partner.{name}": getattr(partner, name) if partner else None for name in names}


def _roles(contents: Contents) -> Words:
    """`yours` is the own of a reader who is one of the two, `theirs` the other side's."""
    language = contents.language
    names = {**in_language({}, language), **contents.roles}
    named = ({**names, "yours": names[contents.role], "theirs": names[_OTHER[contents.role]]}
             if contents.role in _OTHER else told_apart(names, language))
    return {f"roles.{role}": name for role, name in named.items()} | {
        f"roles.a_{role}": with_article(name, language) for role, name in named.items()}


def _meeting(contents: Contents) -> Words:
    if contents.meets_at is None or contents.partner is None:
        return {"meets_here": None, "meets_there": None}
    here, there = (moment(contents.meets_at, one, contents.language) for one in (contents.you, contents.partner))
    return {"meets_here": here, "meets_there": there if there != here else None}
