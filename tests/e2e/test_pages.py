"""Pages of those who look after a programme, in front of the real services: for all others they are not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from deploy.standalone.portal import doors
from services.matching.domain.person import person_id
from services.portal import bootstrap
from services.portal.assets import build
from services.portal.entrypoints.http import make_app
from services.portal.settings import read
from tests.e2e.village import MENTEES, MENTORS, Village
from tests.unit.portal.conftest import Browser

THEIRS = {"applications.apply", "choosing.mentors", "renewals.ask"}
"""Pages of a programme for those who take part in it, or want to."""


@pytest.fixture
def peopled(tmp_path: Path) -> Iterator[tuple[Village, Flask, str]]:
    build.main()
    village = Village(tmp_path)
    programme = village.programme()
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    yield village, portal_of(village), programme
    village.close()


def portal_of(village: Village) -> Flask:
    """Where anybody of the village may sign in."""
    settings = read(village.house.environ)
    people = [(person_id(one), one, (), "mentee", "") for one in ("a1", "e1", "c1", "nobody")]
    return make_app(bootstrap.build(settings, apps=doors(village.house), clock=village.clock,
                                    sample_people=lambda: people), settings)


def pages(app: Flask, programme: str) -> dict[str, str]:
    """Every page whose address names the programme, and at most a mentee of it."""
    given = {"programme_id": programme, "mentee_id": person_id("e1")}
    rules = [one for one in app.url_map.iter_rules() if "GET" in (one.methods or ())
             and "programme_id" in one.arguments <= given.keys()]
    with app.test_request_context():
        return {one.endpoint: app.url_for(one.endpoint, **{name: given[name] for name in one.arguments})
                for one in rules if one.endpoint not in THEIRS}


@pytest.mark.parametrize("stranger", ["e1", "a1", "nobody"])
def test_whoever_does_not_look_after_a_programme_finds_none_of_its_pages(
        peopled: tuple[Village, Flask, str], stranger: str) -> None:
    village, app, programme = peopled
    coordinator = village.put_in_charge(programme)
    theirs, in_charge = Browser(app.test_client()), Browser(app.test_client())
    assert theirs.sign_in(person_id(stranger)).status_code == 303
    assert in_charge.sign_in(coordinator).status_code == 303

    found = {name: theirs.get(path).status_code for name, path in pages(app, programme).items()}

    assert {name: status for name, status in found.items() if status != 404} == {}
    assert {name: status for name, path in pages(app, programme).items()
            if (status := in_charge.get(path).status_code) != 200} == {}
    assert len(found) > 15
