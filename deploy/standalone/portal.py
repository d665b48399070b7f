"""The portal of a house: services called in process, sample people to sign in as, mails and events to look at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from flask import Flask

from deploy.standalone.house import House
from services.portal import bootstrap
from services.portal.clients.calls import NoAnswer, Refused
from services.portal.entrypoints.http import make_app
from services.portal.pages.people import Person
from services.portal.pages.portal import Portal
from services.portal.settings import read
from shared.messaging.envelope import Received

OFFICE = Person("sample-programme-office", "Ilse Brandt", ("programme-office", "operator", "hr"))
MOST_PAIRS = 6
Sample = tuple[str, str, Sequence[str], str]


def portal_app(house: House) -> Flask:
    """Flask app of the portal."""
    settings = read(house.environ)
    people = SamplePeople()
    portal = bootstrap.build(settings, apps=house.apps, clock=house.clock, sample_people=people,
                             recent_events=lambda: recent_events(house), mailbox=True)
    people.portal = portal
    return make_app(portal, settings)


class SamplePeople:
    """The programme office, and both of the first few pairs: enough to see every side of a programme."""

    portal: Portal

    def __call__(self) -> Iterator[Sample]:
        yield OFFICE.id, OFFICE.name, OFFICE.roles, "Programme office"
        with suppress(NoAnswer, Refused):
            yield from self._participants()

    def _participants(self) -> Iterator[Sample]:
        matching = self.portal.services_for(OFFICE).matching
        pairs = [pair for programme in matching.calls.items("/programmes")
                 for pair in matching.calls.items(f"/programmes/{programme['id']}/pairs", limit=MOST_PAIRS)]
        roles = {pair[f"{role}_id"]: role for pair in pairs[:MOST_PAIRS] for role in ("mentor", "mentee")}
        names = matching.people(roles)
        for person_id, role in roles.items():
            if person_id in names:
                yield person_id, str(names[person_id]["name"]), (), role.capitalize()


def recent_events(house: House, limit: int = 300) -> list[Mapping[str, Any]]:
    """The newest events first."""
    return [{"at": one.time, "topic": one.topic, "type": one.type, "key": one.key, "data": one.data}
            for one in house.latest(limit) if isinstance(one, Received)]
