"""(a) A command with durable state and outbox, against a bare route that inserts the same document."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial

import orjson

from shared.runtime.engines import open_store
from shared.web.tokens import ECKey, TokenIssuer
from tests.bench import bare, notes
from tests.bench.figures import Contender, Contest, Demand, Figures, Sides
from tests.bench.load import Load
from tests.bench.serving import served
from tests.bench.workbench import Workbench


def contest(engine: str, size: int) -> Contest:
    """On `sqlite` or on `mongodb`."""
    return Contest(f"command-{engine}", partial(opened, engine), size,
                   [Demand(f"command-{engine}", "rate", "commands/s", ">=", 0.6)])


@contextmanager
def opened(engine: str, bench: Workbench) -> Iterator[Sides]:
    folder = bench.folder()
    ours, theirs = _urls(engine, bench)
    environ, headers = signed_in()
    with (served("tests.bench.notes_web:open_app()", folder, {**environ, **ours}) as our_port,
          served("tests.bench.bare:open_app()", folder, theirs) as their_port,
          closing(Load(our_port, headers)) as our_load, closing(Load(their_port, headers)) as their_load):
        yield Sides(_rate(our_load), _rate(their_load), lambda: _equal(ours["STORE_URL"], theirs["BARE_URL"]))


def signed_in() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The environment of a service that trusts a fresh key, and the headers of somebody who has a token of it."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    token = TokenIssuer(key).mint(notes.AUTHOR, person_id=notes.AUTHOR, lifetime=notes.LONG)
    return {"TOKEN_KEY": orjson.dumps(key.as_dict(private=True)).decode()}, {"Authorization": f"Bearer {token}"}


def _urls(engine: str, bench: Workbench) -> tuple[dict[str, str], dict[str, str]]:
    folder = bench.folder()
    events = {"EVENTS_URL": f"embedded:{folder}"}
    if engine == "mongodb":
        url = bench.mongo_database()
        return {"STORE_URL": url, **events}, {"BARE_URL": url}
    return {"STORE_URL": f"sqlite:{folder}", **events}, {"BARE_URL": f"sqlite:{folder}/bare.db"}


def _rate(load: Load) -> Contender:
    def contender(size: int) -> Figures:
        return {"rate": size / load.at_once(size)}
    return contender


def _equal(our_url: str, their_url: str) -> None:
    with closing(open_store(our_url, "notes")) as store, closing(bare.opened(their_url)) as theirs:
        notes.same(store.documents("notes").find({}, limit=10_000_000).documents, theirs.all())


