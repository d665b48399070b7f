"""One request of one person: what a view gets instead of globals."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from flask import Response, flash, redirect, request, session

from services.portal.clients import Services
from services.portal.clients.calls import Refused
from services.portal.clients.together import Parts, at_once, in_time
from services.portal.pages.people import Person
from services.portal.pages.portal import Portal
from services.portal.pages.reading import date_in
from services.portal.pages.sessions import SIGN_IN
from services.portal.pages.unsent import carry_over, forget
from services.portal.pages.wording import refusal

T = TypeVar("T")
PATIENCE = 3
TELLABLE = (400, 409, 412, 413, 422, 428, 429)


@dataclass(frozen=True)
class Visit:
    """Who is here and what may be asked in that person's name."""

    portal: Portal
    who: Person | None

    @property
    def person(self) -> Person:
        """Only on pages that need a sign-in."""
        if self.who is None:
            raise LookupError("nobody is signed in")
        return self.who

    @property
    def today(self) -> str:
        """On the person's own calendar."""
        return date_in(self.portal.clock.now(), self.person.time_zone).isoformat()

    @cached_property
    def services(self) -> Services:
        return self.portal.services_for(self.person)

    def at_once(self, **asks: Callable[[], Any]) -> Parts:
        """Parts of a page that may be missing."""
        return at_once(self.portal.settings.part_seconds, asks)

    def need(self, ask: Callable[[], T]) -> T:
        """The part without which there is no page: it has three times as long as others."""
        answer: T = in_time(PATIENCE * self.portal.settings.part_seconds, ask)
        return answer

    def do(self, command: Callable[[], T]) -> T:
        """A command: it is waited for, since whether it happened must be known."""
        return command()

    def told(self, command: Callable[[], object], done: str, to: str) -> Response:
        """Does it, says how it went in the status line of the next page, and goes there."""
        try:
            self.do(command)
        except Refused as refused:
            return self.sent_back(refused, to)
        flash(done, "good")
        return go(to)

    def sent_back(self, refused: Refused, to: str) -> Response:
        """Says why not in the status line of the next page, and goes there. Raises what is not for people to read."""
        flash(why_not(refused), "watch")
        return go(to)

    def begin(self, person: Person) -> None:
        """Signs in, under a new id; whoever was signed in before is not any more."""
        self.portal.sessions.end(session.get(SIGN_IN, ""))
        before = dict(session)
        session.clear()
        session[SIGN_IN] = self.portal.sessions.begin(person.as_record())
        carry_over(self.portal, before, person.id)
        if language := before.get("language"):
            session["language"] = language

    def refresh(self, person: Person) -> None:
        """What is remembered of the person has changed."""
        self.portal.sessions.change(session[SIGN_IN], person.as_record())

    def end(self) -> None:
        self.portal.sessions.end(session.pop(SIGN_IN, ""))
        forget(self.portal)
        session.clear()


def visit_of(portal: Portal) -> Visit:
    """The visit this request is part of, found once a request."""
    found = request.environ.get("ithaca.visit")
    if not isinstance(found, Visit):
        record = portal.sessions.find(session.get(SIGN_IN, ""))
        found = Visit(portal, Person.from_record(record) if record else None)
        request.environ["ithaca.visit"] = found
    return found


def why_not(refused: Refused) -> str:
    """What to tell the person. Raises what is not for people to read."""
    if refused.status not in TELLABLE:
        raise refused
    return refusal(refused.code, refused.detail, refused.errors)


def go(to: str) -> Response:
    """After a form was handled: the next page, by GET."""
    return cast(Response, redirect(to, 303))


def pressed() -> str:
    """The key of the form that was sent: the same for a second press of the same button."""
    return request.form.get("form_key", "")
