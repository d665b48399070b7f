"""An example service over HTTP: who may, what is refused, what a repeat is answered."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey
from marshmallow import fields
from marshmallow.validate import Length

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SettableClock, SystemClock
from shared.kernel.commands import id_for_new
from shared.kernel.errors import NotFound
from shared.runtime.engines import open_store
from shared.store.repository import Repository
from shared.web.app import make_app
from shared.web.bodies import Body, items_of
from shared.web.callers import Caller, requires, role, signed_in
from shared.web.paging import Paging, paged
from shared.web.routes import Routes
from shared.web.tokens import TokenIssuer, checker_for, key_file
from shared.web.versions import required_version


@dataclass(kw_only=True)
class Note(Aggregate):
    text: str
    author: str
    changes: int = 0

    def write(self, text: str) -> None:
        self.text, self.changes = text, self.changes + 1


class NoteBody(Body):
    id = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    changes = fields.Integer(dump_only=True)
    text = fields.String(required=True, validate=Length(1, 500))


Notes = Repository[Note]


def author(notes: Notes, caller: Caller, ids: Any) -> None:
    if notes.get(ids["note_id"]).author != caller.person_id:
        raise NotFound("not yours")


def make_routes() -> Routes:
    routes = Routes("notes", "/notes")

    @routes.post("")
    @requires(signed_in)
    @routes.arguments(NoteBody)
    @routes.response(201, NoteBody, location="/notes/{id}")
    def add(notes: Notes, caller: Caller, body: dict[str, Any]) -> Note:
        return notes.add(Note(id=id_for_new("note"), text=body["text"], author=caller.person_id or ""))

    @routes.get("")
    @requires(signed_in)
    @routes.arguments(Paging, location="query")
    @routes.response(200, items_of(NoteBody))
    def find(notes: Notes, caller: Caller, query: dict[str, Any]) -> Any:
        return paged(notes.find({"author": caller.person_id}, **query))

    @routes.get("/statistics")
    @requires(role("operator"))
    @routes.response(200)
    def statistics(notes: Notes, caller: Caller) -> dict[str, int]:
        return {"notes": notes.count({})}

    @routes.get("/<note_id>")
    @requires(author)
    @routes.response(200, NoteBody)
    def show(notes: Notes, caller: Caller, note_id: str) -> Note:
        return notes.get(note_id)

    @routes.patch("/<note_id>")
    @requires(author)
    @routes.arguments(NoteBody)
    @routes.response(200, NoteBody)
    def change(notes: Notes, caller: Caller, body: dict[str, Any], note_id: str) -> Note:
        return notes.change(note_id, lambda note: note.write(body["text"]), if_version=required_version())

    return routes


class Desk:
    """The example app and people who write to it."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(f"sqlite:{folder}", "notes")
        self.issuer = TokenIssuer(key_file(folder / "key.pem"))
        notes = Repository(Note, self.store.documents("notes"), "notes", SystemClock())
        app = make_app("notes", notes, [make_routes()], checker=checker_for(self.issuer), ready=self.store.ping)
        self.http: FlaskClient = app.test_client()

    def headers(self, person: str = "ada", **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.issuer.mint(person, person_id=person)}", **more}

    def write(self, text: str = "hello", person: str = "ada", **more: str) -> Any:
        return self.http.post("/v1/notes", json={"text": text}, headers=self.headers(person, **more))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def test_what_is_created_says_where_it_is_and_which_version(desk: Desk) -> None:
    answer = desk.write()

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/notes/{answer.json['id']}"
    assert desk.http.get(answer.headers["Location"], headers=desk.headers()).headers["ETag"] == '"0"'


def test_unknown_fields_and_wrong_types_are_named(desk: Desk) -> None:
    answer = desk.http.post("/v1/notes", json={"text": 5, "colour": "red"}, headers=desk.headers())

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert {error["pointer"] for error in answer.json["errors"]} == {"/text", "/colour"}


def test_malformed_json_and_other_media_types_are_refused(desk: Desk) -> None:
    malformed = desk.http.post("/v1/notes", data="{", headers=desk.headers(**{"Content-Type": "application/json"}))
    other = desk.http.post("/v1/notes", data="text=hello", headers=desk.headers(**{"Content-Type": "text/plain"}))

    assert (malformed.status_code, other.status_code) == (400, 415)


def test_ten_megabytes_are_refused(desk: Desk) -> None:
    assert desk.write("x" * 10_000_000).status_code == 413


def test_a_foreign_id_looks_like_a_wrong_one(desk: Desk) -> None:
    place = desk.write(person="ada").headers["Location"]

    foreign = desk.http.get(place, headers=desk.headers("bob"))
    wrong = desk.http.get("/v1/notes/nothing", headers=desk.headers("bob"))

    assert foreign.status_code == wrong.status_code == 404
    assert foreign.data == wrong.data


def test_without_a_token_or_the_role_nothing_is_shown(desk: Desk) -> None:
    assert desk.http.get("/v1/notes").status_code == 401
    assert desk.http.get("/v1/notes/statistics", headers=desk.headers()).status_code == 403


def test_a_change_says_which_version_it_is_of(desk: Desk) -> None:
    place = desk.write().headers["Location"]

    def change(**more: str) -> int:
        return desk.http.patch(place, json={"text": "new"}, headers=desk.headers(**more)).status_code

    assert change() == 428
    assert change(**{"If-Match": '"0"'}) == 200
    assert change(**{"If-Match": '"0"'}) == 412
    assert change(**{"If-Match": 'W/"1"'}) == 412


def test_a_repeated_key_is_answered_as_the_first_time(desk: Desk) -> None:
    place = desk.write().headers["Location"]
    headers = desk.headers(**{"If-Match": "*", "Idempotency-Key": "k1"})

    first = desk.http.patch(place, json={"text": "one"}, headers=headers)
    desk.http.patch(place, json={"text": "two"}, headers=desk.headers(**{"If-Match": "*"}))
    again = desk.http.patch(place, json={"text": "one"}, headers=headers)
    other = desk.http.patch(place, json={"text": "three"}, headers=headers)

    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert desk.http.get(place, headers=desk.headers()).json["changes"] == 2


def test_a_repeated_creation_creates_once(desk: Desk) -> None:
    first = desk.write(**{"Idempotency-Key": "k1"})
    again = desk.write(**{"Idempotency-Key": "k1"})
    other = desk.write("different", **{"Idempotency-Key": "k1"})

    assert (again.json, again.headers["Location"]) == (first.json, first.headers["Location"])
    assert other.status_code == 422
    assert len(desk.http.get("/v1/notes", headers=desk.headers()).json["items"]) == 1


def test_a_list_comes_in_pages_and_refuses_forged_cursors(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"note {number}")

    page = desk.http.get("/v1/notes?limit=3", headers=desk.headers())
    following = desk.http.get(page.headers["Link"].split(">")[0][1:], headers=desk.headers())
    forged = desk.http.get("/v1/notes?after=abc", headers=desk.headers())

    assert (len(page.json["items"]), len(following.json["items"])) == (3, 2)
    assert "Link" not in following.headers
    assert forged.status_code == 422


def test_the_document_of_the_api_lists_its_routes(desk: Desk) -> None:
    document = desk.http.get("/v1/openapi.json").json

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]["/v1/notes/{note_id}"]) >= {"get", "patch"}


def test_health_and_measures_are_open(desk: Desk) -> None:
    assert desk.http.get("/livez").status_code == 200
    assert desk.http.get("/readyz").status_code == 200
    assert b"http_requests_total" in desk.http.get("/metrics").data


def test_a_view_without_a_rule_is_found_at_start(desk: Desk) -> None:
    routes = Routes("open", "/open")

    @routes.get("")
    @routes.response(200)
    def everything(notes: Notes, caller: Caller) -> None: ...

    with pytest.raises(RuntimeError, match="does not state who may call it"):
        make_app("notes", None, [routes], checker=checker_for(desk.issuer), ready=lambda: None)


def _claims(**more: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    return {"iss": "ithaca", "aud": "ithaca", "sub": "ada", "person_id": "ada", "exp": now + 300, **more}


def _status(desk: Desk, token: str) -> int:
    return desk.http.get("/v1/notes", headers={"Authorization": f"Bearer {token}"}).status_code


WRONG = [{"iss": "else"}, {"aud": "else"}, {"exp": 1}, {"nbf": 9_999_999_999}, {"sub": None}]


@pytest.mark.parametrize("change", WRONG)
def test_a_token_with_a_wrong_claim_does_not_count(desk: Desk, change: dict[str, Any]) -> None:
    token = jwt.encode({"alg": "ES256", "kid": desk.issuer.key.kid}, _claims(**change), desk.issuer.key)

    assert _status(desk, token) == 401


def _signed_with_the_public_key(public: bytes) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, _claims())]
    seal = hmac.new(public, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(seal).rstrip(b"=")]).decode()


def test_a_token_signed_otherwise_does_not_count(desk: Desk) -> None:
    public = desk.issuer.key.as_pem(private=False)
    foreign = ECKey.generate_key("P-256")
    good = desk.issuer.mint("ada", person_id="ada")

    as_secret = _signed_with_the_public_key(public)
    of_another = jwt.encode({"alg": "ES256", "kid": desk.issuer.key.kid}, _claims(), foreign)
    unsigned = good.rsplit(".", 1)[0] + "."

    assert [_status(desk, token) for token in (as_secret, of_another, unsigned, "rubbish", good[:-4])] == [401] * 5
    assert _status(desk, good) == 200


def test_an_expired_token_does_not_count(tmp_path: Path, desk: Desk) -> None:
    yesterday = TokenIssuer(desk.issuer.key, clock=SettableClock(datetime.now(UTC) - timedelta(days=1)))

    assert _status(desk, yesterday.mint("ada", person_id="ada")) == 401
