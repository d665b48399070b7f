"""The portal of a house: services called in process, sample people to sign in as, mails and events to look at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
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
STATES = {"active": 3, "awaiting-training": 2, "paused": 1, "accepted": 1, "proposed": 1}
"""Pairs in each state whose people may be signed in as."""
Sample = tuple[str, str, Sequence[str], str, str]


def portal_app(house: House) -> Flask:
    """Flask app of the portal."""
    settings = read(house.environ)
    people = SamplePeople()
    portal = bootstrap.build(settings, apps=house.apps, clock=house.clock, sample_people=people,
                             recent_events=lambda: recent_events(house), mailbox=True)
    people.portal = portal
    return make_app(portal, settings)


def wsgi(house: House) -> Any:
    """The portal at /, each service below its name."""
    return DispatcherMiddleware(portal_app(house).wsgi_app, {f"/{name}": app for name, app in house.apps.items()})


class SamplePeople:
    """The office, the coordinators and both of a pair in each state: enough to see every side of a programme."""

    portal: Portal

    def __call__(self) -> Iterator[Sample]:
        yield OFFICE.id, OFFICE.name, OFFICE.roles, "office", ""
        with suppress(NoAnswer, Refused):
            matching = self.portal.services_for(OFFICE).matching
            programmes = matching.calls.items("/programmes")
            yield from self._coordinators(matching, programmes)
            yield from self._participants(matching, programmes)

    def _coordinators(self, matching: Matching, programmes: list[Json]) -> Iterator[Sample]:
        names = matching.people(one for programme in programmes for one in programme["coordinator_ids"])
        for person_id, person in names.items():
            yield person_id, str(person["name"]), (), "coordinator", ""

    def _participants(self, matching: Matching, programmes: list[Json]) -> Iterator[Sample]:
        pairs = [pair for programme in programmes for state, count in STATES.items()
                 for pair in matching.calls.items(f"/programmes/{programme['id']}/pairs", state=state, limit=count)]
        both = {person_id: (role, partner_id) for person_id, role, partner_id in sides(pairs)}
        names = {one: str(person["name"]) for one, person in matching.people(both).items()}
        for person_id, (role, partner_id) in both.items():
            if person_id in names:
                yield person_id, names[person_id], (), role, names.get(partner_id, "")


def sides(pairs: list[Json]) -> Iterator[tuple[str, str, str]]:
    """Person, role and partner, mentor before mentee."""
    for pair in pairs:
        yield pair["mentor_id"], "mentor", pair["mentee_id"]
        yield pair["mentee_id"], "mentee", pair["mentor_id"]


def recent_events(house: House, limit: int = 300) -> list[Mapping[str, Any]]:
    """The newest events first."""
    return [{"at": one.time, "topic": one.topic, "type": one.type, "key": one.key, "data": one.data}
            for one in house.latest(limit) if isinstance(one, Received)]
