"""An example service over HTTP, with one route of each kind, and people who call it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from marshmallow import fields
from marshmallow.validate import Length
from werkzeug.test import TestResponse

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SystemClock
from shared.kernel.errors import NotAllowed, NotFound, Unavailable, WrongState
from shared.kernel.trace import current_traceparent
from shared.runtime.engines import open_store
from shared.store.repository import Repository
from shared.web.app import make_app
from shared.web.bodies import Body, Moment, Upload, items_of
from shared.web.callers import Caller, Ids, anyone, requires, role, scope, signed_in
from shared.web.paging import Paging, paged
from shared.web.problems import Kind
from shared.web.replies import Reply
from shared.web.routes import Routes, takes
from shared.web.tokens import TokenIssuer, checker_for, key_file
from shared.web.versions import expected_version, required_version


class Sealed(WrongState):
    """The note takes no more changes."""

    code = "sealed"


class TooMany(WrongState):
    """An own refusal with an own status."""

    code = "too-many"


@dataclass(kw_only=True)
class Note(Aggregate):
    text: str
    author: str
    changes: int = 0
    sealed: bool = False

    def write(self, text: str) -> None:
        if self.sealed:
            raise Sealed(f"note {self.id} is sealed")
        self.text, self.changes = text, self.changes + 1

    def seal(self, by: str | None) -> None:
        if by != self.author:
            raise NotAllowed("only who wrote it")
        self.sealed = True


class NoteBody(Body):
    id = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    changes = fields.Integer(dump_only=True)
    text = fields.String(required=True, validate=Length(1, 500))


class FormBody(Body):
    stars = fields.Integer()
    weight = fields.Float()
    pinned = fields.Boolean()
    marks = fields.List(fields.Integer())
    at = Moment()


class TitleForm(Body):
    title = fields.String(required=True)


class FileForm(Body):
    file = Upload(required=True)


class DigestBody(Body):
    id = fields.String()
    digest = fields.String()


Notes = Repository[Note]
Given = dict[str, Any]


def author(notes: Notes, caller: Caller, ids: Ids) -> None:
    """Who wrote the note."""
    if notes.get(ids["note_id"]).author != caller.person_id:
        raise NotFound("not yours")


def as_digest(note: Note) -> Given:
    """An aggregate in another shape than its own."""
    return {"id": note.id, "digest": note.text}


def make_routes() -> Routes:
    """Fresh routes, for one app."""
    routes = Routes("notes", "/notes", description="What people write down")
    _reading(routes)
    _writing(routes)
    _rarely_needed(routes)
    return routes


def _reading(routes: Routes) -> None:
    @routes.get("")
    @requires(signed_in)
    @routes.arguments(Paging, location="query")
    @routes.response(200, items_of(NoteBody))
    def find(notes: Notes, caller: Caller, query: Given) -> Reply:
        return paged(notes.find({"author": caller.person_id}, **query))

    @routes.get("/statistics")
    @requires(role("operator"))
    @routes.response(200)
    def statistics(notes: Notes, caller: Caller) -> dict[str, int]:
        return {"notes": notes.count({})}

    @routes.get("/statistics/by-machine")
    @requires(scope("statistics"))
    @routes.response(200)
    def statistics_by_machine(notes: Notes, caller: Caller) -> dict[str, int]:
        return {"notes": notes.count({})}

    @routes.get("/<note_id>")
    @requires(author)
    @routes.response(200, NoteBody)
    def show(notes: Notes, caller: Caller, note_id: str) -> Note:
        return notes.get(note_id)


def _writing(routes: Routes) -> None:
    @routes.post("")
    @requires(signed_in)
    @routes.arguments(NoteBody)
    @routes.response(201, NoteBody, location="/notes/{id}")
    def add(notes: Notes, caller: Caller, body: Given) -> Note:
        return notes.add(Note(id=notes.id_for_new(), text=body["text"], author=caller.person_id or ""))

    @routes.patch("/<note_id>")
    @requires(author)
    @routes.arguments(NoteBody)
    @routes.response(200, NoteBody)
    def change(notes: Notes, caller: Caller, body: Given, note_id: str) -> Note:
        return notes.change(note_id, lambda note: note.write(body["text"]), if_version=required_version())

    @routes.post("/<note_id>/seal")
    @requires(signed_in)
    @routes.response(200, NoteBody)
    def seal(notes: Notes, caller: Caller, note_id: str) -> Note:
        return notes.change(note_id, lambda note: note.seal(caller.person_id), if_version=expected_version())

    @routes.post("/<note_id>/scan")
    @takes(3_000_000)
    @requires(author)
    @routes.arguments(TitleForm, location="form")
    @routes.arguments(FileForm, location="files")
    @routes.response(202, DigestBody, location="/notes/{id}", of=as_digest)
    def scan(notes: Notes, caller: Caller, form: Given, files: Given, note_id: str) -> Note:
        digest = hashlib.sha256(files["file"].read()).hexdigest()
        return notes.change(note_id, lambda note: note.write(f"{form['title']} {digest}"))


def _rarely_needed(routes: Routes) -> None:
    @routes.post("/echo")
    @requires(anyone)
    @routes.arguments(FormBody)
    @routes.response(200, FormBody)
    def echo(notes: Notes, caller: Caller, body: Given) -> Given:
        return body

    @routes.post("/anonymous")
    @requires(anyone)
    @routes.response(201, NoteBody)
    def leave(notes: Notes, caller: Caller) -> Note:
        return notes.add(Note(id=notes.id_for_new(), text="found on the doorstep", author="nobody"))

    @routes.get("/trace")
    @requires(anyone)
    @routes.response(200)
    def trace(notes: Notes, caller: Caller) -> dict[str, str | None]:
        return {"traceparent": current_traceparent()}

    @routes.get("/broken")
    @requires(anyone)
    @routes.response(200)
    def broken(notes: Notes, caller: Caller) -> None:
        raise LookupError("ada@example.org has no desk")

    @routes.get("/crowded")
    @requires(anyone)
    @routes.response(200)
    def crowded(notes: Notes, caller: Caller) -> None:
        raise TooMany("come back tomorrow")


class Desk:
    """The example app, and people who write to it."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(f"sqlite:{folder}", "notes")
        self.issuer = TokenIssuer(key_file(folder / "key.pem"))
        self.notes = Repository(Note, self.store.documents("notes"), "notes", SystemClock())
        self.away = False
        self.app = make_app("notes", self.notes, [make_routes()], checker=checker_for(self.issuer), ready=self._ready,
                            problems={TooMany: Kind(429, "Too many", retry_after=60)})
        self.http: FlaskClient = self.app.test_client()

    def _ready(self) -> None:
        if self.away:
            raise Unavailable("the store does not answer")

    def headers(self, person: str = "ada", **more: str) -> dict[str, str]:
        """Of a request by this person; underscores in names stand for hyphens."""
        token = self.issuer.mint(person, person_id=person)
        return {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): value for name, value in more.items()}}

    def write(self, text: str = "hello", person: str = "ada", **more: str) -> TestResponse:
        """A new note."""
        return self.http.post("/v1/notes", json={"text": text}, headers=self.headers(person, **more))

    def show(self, place: str, person: str = "ada", **more: str) -> TestResponse:
        """What is at this path."""
        return self.http.get(place, headers=self.headers(person, **more))

    def change(self, place: str, text: str = "new", **more: str) -> TestResponse:
        """Ada writes the note anew."""
        return self.http.patch(place, json={"text": text}, headers=self.headers(**more))

    def send(self, raw: bytes, kind: str = "application/json", **more: Any) -> TestResponse:
        """A body as it is."""
        return self.http.post("/v1/notes", data=raw, headers=self.headers(Content_Type=kind), **more)

    def scan(self, place: str, content: bytes, boundary: str = "edge", **more: str) -> TestResponse:
        """A file for the note, encoded here: the test client would leave its temporary files open."""
        parts = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
        body = (parts.format("title", "") + "pages\r\n" + parts.format("file", '; filename="scan.pdf"')).encode()
        return self.http.post(f"{place}/scan", data=body + content + f"\r\n--{boundary}--\r\n".encode(),
                              content_type=f"multipart/form-data; boundary={boundary}", headers=self.headers(**more))


def pointed(answer: TestResponse) -> set[str]:
    """The fields that a problem is about."""
    body: Mapping[str, Any] = answer.get_json()
    return {error["pointer"] for error in body["errors"]}
