"""Requests of mentees: each choice whose turn came was asked once, and its turn ended once."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing

from shared.messaging.envelope import Received
from shared.runtime.engines import open_store
from tests.fault.records import data, each

ENDS = {"declined": "request-declined", "expired": "request-expired", "skipped": "request-withdrawn",
        "withdrawn": "request-withdrawn"}
"""States of a choice whose turn is over, and the event that says so."""
Events = Mapping[str, Mapping[str, Received]]
Compare = Callable[[int, int, str], None]
"""Takes what was found, what must be, and of what."""


def look_at_turns(environ: Mapping[str, str], told: Events, compare: Compare) -> None:
    """`told` by type. Whoever was asked has one letter about it; who has nobody left to ask is one task."""
    asked, over = _turns(told, "pair-requested"), _turns(told, *dict.fromkeys(ENDS.values()))
    letters, tasks = _letters(environ), _tasks(environ)
    with closing(open_store(environ["STORE_URL"], "matching")) as store:
        for request in each(store, "requests"):
            for choice in request["choices"]:
                turn = request["_id"], choice["mentor_id"]
                compare(asked[turn], choice["asked_at"] is not None, f"the turn of {turn}")
                compare(letters[turn], asked[turn], f"letters about the turn of {turn}")
                if asked[turn] and choice["state"] in ENDS:
                    compare(over[turn], 1, f"ends of the turn of {turn}")
            compare(tasks[request["_id"]], request["state"] == "exhausted", f"tasks about {request['_id']}")


def _turns(told: Events, *kinds: str) -> Counter[tuple[str, str]]:
    """How many events of these kinds there are of each mentor's turn in a request."""
    found = [data(one) for kind in kinds for one in told[kind].values()]
    return Counter((one["request_id"], one["mentor_id"]) for one in found)


def _letters(environ: Mapping[str, str]) -> Counter[tuple[str, str]]:
    with closing(open_store(environ["STORE_URL"], "notifications")) as store:
        return Counter((one["about"], one["person_id"]) for one in each(store, "messages")
                       if one["template"] == "request-received")


def _tasks(environ: Mapping[str, str]) -> Counter[str]:
    with closing(open_store(environ["STORE_URL"], "matching")) as store:
        return Counter(one["request_id"] for one in each(store, "tasks"))
