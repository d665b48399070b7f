"""The portal of a house: services called in process, sample people to sign in as, mails and events to look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from deploy.standalone.house import House
from services.portal import bootstrap
from services.portal.clients.calls import Json, NoAnswer, Refused
from services.portal.clients.matching import Matching
from services.portal.entrypoints.http import make_app
from services.portal.pages.people import Person
from services.portal.pages.portal import Portal
from services.portal.settings import read
from shared.messaging.envelope import Received

OFFICE = Person("sample-programme-office", "Ilse Brandt", ("programme-office", "operator", "hr"))
STATES = {"active": 3, "closing": 3, "awaiting-training": 2, "paused": 1, "accepted": 1, "proposed": 1}
"""Pairs in each state whose people may be signed in as."""
AT_ONCE = ("/sign-in", "/static/", "/livez")
Sample = tuple[str, str, Sequence[str], str, str]


def portal_app(house: House) -> Flask:
    """Flask app of the portal."""
    settings = read(house.environ)
    people = SamplePeople()
    portal = bootstrap.build(settings, apps=doors(house), clock=house.clock, sample_people=people,
                             recent_events=lambda: recent_events(house), mailbox=True)
    people.portal = portal
    return make_app(portal, settings)


def doors(house: House) -> dict[str, Any]:
    """The services' HTTP, by name."""
    return {name: house.door(name) for name in house.names}


def wsgi(house: House) -> Any:
    """The portal at /, each service below its name."""
    mounts = {f"/{name}": door for name, door in doors(house).items()}
    return DispatcherMiddleware(portal_app(house).wsgi_app, mounts)


@dataclass(frozen=True)
class Doorway:
    """The sign-in page is there at once, made of what matching knows; who goes on waits until all services are open."""

    app: Any
    visited: Event
    opened: Event

    def __call__(self, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        if not self._is_at_once(environ):
            self.visited.set()
            self.opened.wait()
        answer: Iterable[bytes] = self.app(environ, start_response)
        self.visited.set()
        return answer

    def _is_at_once(self, environ: Mapping[str, Any]) -> bool:
        return environ["REQUEST_METHOD"] == "GET" and str(environ["PATH_INFO"]).startswith(AT_ONCE)


class SamplePeople:
    """The office, coordinators and sponsors, both of a pair in each state and of an open request, and two of a circle:
    every side of a programme."""

    portal: Portal

    def __call__(self) -> Iterator[Sample]:
        yield OFFICE.id, OFFICE.name, OFFICE.roles, "office", ""
        with suppress(NoAnswer, Refused):
            matching = self.portal.services_for(OFFICE).matching
            programmes = matching.calls.items("/programmes")
            yield from self._leading(matching, programmes)
            yield from self._participants(matching, programmes)

    def _leading(self, matching: Matching, programmes: list[Json]) -> Iterator[Sample]:
        kinds = {one: "sponsor" for programme in programmes if (one := programme["sponsor_id"])}
        kinds = {one: "coordinator" for programme in programmes for one in programme["in_charge"]} | kinds
        names = matching.people(kinds)
        for person_id in (one for one in kinds if one in names):
            yield person_id, str(names[person_id]["name"]), (), kinds[person_id], ""

    def _participants(self, matching: Matching, programmes: list[Json]) -> Iterator[Sample]:
        pairs = [pair for programme in programmes for state, count in STATES.items()
                 for pair in matching.calls.items(f"/programmes/{programme['id']}/pairs", state=state, limit=count)]
        requests = [one for programme in programmes
                    for one in matching.calls.items(f"/programmes/{programme['id']}/requests", state="open", limit=1)]
        circles = [one for programme in programmes
                   for one in matching.calls.items(f"/programmes/{programme['id']}/circles", state="active", limit=1)]
        paired = {person_id: (role, partner_id) for person_id, role, partner_id in sides(pairs)}
        both = asking(requests) | sitting(circles) | paired
        names = {one: str(person["name"]) for one, person in matching.people(both).items()}
        for person_id, (role, partner_id) in both.items():
            if person_id in names:
                yield person_id, names[person_id], (), role, names.get(partner_id, "")


def asking(requests: list[Json]) -> dict[str, tuple[str, str]]:
    """Role of the mentee and of whoever is asked: they are nobody's partners yet."""
    asked = {choice["mentor_id"] for one in requests for choice in one["choices"] if choice["answer_by"]}
    return dict.fromkeys(asked, ("mentor", "")) | {one["mentee_id"]: ("mentee", "") for one in requests}


def sitting(circles: list[Json]) -> dict[str, tuple[str, str]]:
    """One of each role of a circle, where nobody is another's partner."""
    return {one["person_id"]: (role, "") for circle in circles for role in ("mentor", "mentee")
            for one in [party for party in circle["parties"] if party["role"] == role][:1]}


def sides(pairs: list[Json]) -> Iterator[tuple[str, str, str]]:
    """Person, role and partner, mentor before mentee."""
    for pair in pairs:
        yield pair["mentor_id"], "mentor", pair["mentee_id"]
        yield pair["mentee_id"], "mentee", pair["mentor_id"]


def recent_events(house: House, limit: int = 300) -> list[Mapping[str, Any]]:
    """The newest events first."""
    return [{"at": one.time, "topic": one.topic, "type": one.type, "key": one.key, "data": one.data}
            for one in house.latest(limit) if isinstance(one, Received)]
