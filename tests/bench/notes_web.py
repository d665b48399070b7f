"""Notes over HTTP as every service of ours serves them: `gunicorn 'tests.bench.notes_web:open_app()'`."""

import os
import time
from typing import Any

from flask import Flask
from marshmallow import fields
from marshmallow.validate import Length

from shared.kernel.clock import SystemClock
from shared.runtime import logging
from shared.runtime.engines import open_backbone, open_log
from shared.store.repository import Repository
from shared.web.app import make_app
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires, signed_in
from shared.web.replies import Reply
from shared.web.routes import Routes
from shared.web.tokens import TokenIssuer, checker_for, key_from
from tests.bench.notes import Note

routes = Routes("notes", "/notes", description="What people write down")
CLOCK = SystemClock()


class NoteBody(Body):
    id = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    author = fields.String(dump_only=True)
    text = fields.String(required=True, validate=Length(1, 5_000))
    written_at = Moment(dump_only=True)


@routes.post("")
@requires(signed_in)
@routes.arguments(NoteBody)
@routes.response(201, NoteBody, location="/notes/{id}")
def add(notes: Repository[Note], caller: Caller, body: dict[str, Any]) -> Reply:
    note = notes.add(Note.write(notes.id_for_new(), caller.person_id or "", body["text"], CLOCK.now()))
    return note, {"Committed-At": repr(time.time())}


def open_app() -> Flask:
    """Opened by gunicorn after its fork."""
    logging.configure()
    backbone = open_backbone("notes", os.environ["STORE_URL"], open_log(os.environ["EVENTS_URL"]))
    issuer = TokenIssuer(key_from(os.environ["TOKEN_KEY"]))
    return make_app("notes", backbone.repository(Note, "notes"), [routes], checker=checker_for(issuer),
                    ready=backbone.ready)
