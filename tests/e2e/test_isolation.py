"""Programmes are apart: every route of every service answers a foreign id as it answers a wrong one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.routing import Rule

from deploy.standalone.house import SERVICES
from services.matching.application.deciding import Asked
from services.matching.application.directory_files import Uploaded
from services.matching.contracts.participants import Role
from services.matching.domain.campaign import Audience, Wanted
from services.matching.domain.choice import Prospects
from services.matching.domain.circle import Shape
from services.matching.domain.directory import Details
from services.matching.domain.invitation import Step
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme_rules import DEFAULT
from services.matching.domain.request import Request
from services.matching.domain.saved_view import ListName
from services.matching.domain.verdict import Outcome
from tests.e2e.test_story import a_cohort, meet_gates
from tests.e2e.village import MENTEES, Village

WRONG = "nothing-real"
OTTO = "otto-who-coordinates-another-programme"
EVE = MENTEES.replace("e1,Eve Hill,eve@", "o1,Oda Birk,oda@").replace("e2,Ely Lake,ely@", "o2,Olaf Birk,olaf@")
STRANGERS = {"somebody unknown": "a-stranger", "the coordinator of another programme": OTTO,
             "a participant of another programme": person_id("o1")}


def a_lived_programme(village: Village) -> str:
    """With one of everything that has an id; another programme of other people stands beside it."""
    programme, pairs = a_cohort(village)
    meet_gates(village, pairs[0])
    village.bring(village.programme(coordinator_ids=[OTTO]), "mentee", EVE)
    for _ in range(30):
        village.settle(days=4)
    return programme


def one_of_each(village: Village, programme: str) -> dict[str, str]:
    """A real id of the programme for every name that stands in a path."""
    rooms = {name: room.service for name, room in village.house.rooms.items()}
    matching, surveys, community = rooms["matching"], rooms["surveys"], rooms["community"]
    here = {"programme_id": programme}
    stores = {"import_id": matching.imports, "run_id": matching.runs, "participant_id": matching.participants,
              "pair_id": matching.pairs, "journey_id": surveys.journeys, "goal_id": surveys.goals,
              "check_in_id": surveys.check_ins, "case_id": surveys.cases, "assignment_id": community.training}
    found = {name: next(iter(one.store.each(here))).id for name, one in stores.items()}
    run = matching.runs.get(found["run_id"])
    found["proposal_id"] = matching.runs.proposals(run.id, 1, None).items[0].id
    found["ruling_id"] = matching.rulings.exclude(programme, person_id("a1"), person_id("e1"), by="carla").id
    found["mail_id"] = next(one["id"] for one in village.mails() if one["person_id"] == person_id("a1"))
    found["request_id"] = a_request(village, programme)
    found["trial_id"] = matching.trials.begin(programme, DEFAULT, by="carla").id
    found["application_id"], found["decision_id"] = an_application(village, programme)
    found["coordinator_id"] = matching.programmes.get(programme).plan.coordinator_ids[0]
    found["item_id"] = "form-read"
    found["view_id"] = matching.saved_views.save(
        programme, found["coordinator_id"], ListName.PAIRS, "Under way", "active").id
    found["paper"] = found["channel"] = "poster"
    found["campaign_id"] = matching.campaigns.draft(programme, Wanted(
        name="Spring", role=Role.MENTOR, audience=Audience())).id
    found["invitation_id"] = matching.inviting.check(programme, Step.NOMINATE, {Role.MENTEE: ["anybody"]}).id
    found["circle_id"] = a_circle(village, programme)
    found["file_id"] = matching.directory_files.check(Uploaded(data=EVE.encode(), full=False, mapping={})).id
    return found | {"programme_id": programme, "person_id": person_id("a1"), "task_id": a_task(village, programme),
                    "path": f"Users/{person_id('a1')}"}


def a_circle(village: Village, programme: str) -> str:
    matching = village.house.rooms["matching"].service
    free = next(one for one in matching.participants.active(programme, Role.MENTOR)
                if len(matching.pairs.seating.taken([one])[one.id]) < one.capacity)
    return str(matching.circles.form(programme, Shape(name="Leading", mentor_ids=(free.person_id,))).id)


def a_task(village: Village, programme: str) -> str:
    """Somebody moves below their mentor."""
    matching = village.house.rooms["matching"].service
    pair = next(one for one in matching.pairs.store.each({"programme_id": programme}) if one.live)

    def below_the_mentor(person: Person) -> None:
        details = Details(**{**vars(person.details), "manager_id": pair.mentor_id})
        person.change(details, village.clock.now())
    matching.people.store.change(pair.mentee_id, below_the_mentor)
    village.settle()
    return str(next(iter(matching.tasks.store.each({}))).id)


def an_application(village: Village, programme: str) -> tuple[str, str]:
    """Of a mentee who would be a mentor too, put on the waiting list; then nobody can apply any more."""
    matching = village.house.rooms["matching"].service
    matching.programmes.change(programme, {"always_on": True}, None)
    one = matching.applications.write(programme, person_id("e1"), Role.MENTOR, {
        "skills": "python", "languages": "en", "capacity": "1", "voluntary": "yes"})
    matching.applications.submit(one.id)
    job = matching.deciding.decide(programme, Asked(outcome=Outcome.WAIT, application_ids=[one.id]), "carla")
    matching.programmes.change(programme, {"always_on": False}, None)
    village.settle()
    return one.id, job.id


def a_request(village: Village, programme: str) -> str:
    """Both have a mentor by now: it is put there."""
    answer_by, now = village.clock.now() + timedelta(days=3), village.clock.now()
    request = Request.open("request-1", programme, person_id("e1"), [person_id("a2")],
                           Prospects(lambda _: (answer_by,)), now)
    return str(village.house.rooms["matching"].service.requests.store.add(request).id)


def routes_with_ids(village: Village) -> Iterator[tuple[str, str, Rule]]:
    for service in SERVICES:
        for rule in village.house.apps[service].url_map.iter_rules():
            if rule.arguments:
                yield from ((service, method, rule) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def path(rule: Rule, ids: dict[str, str]) -> str:
    """The rule with these ids in it; a name without one fails: say above where a real one is found."""
    filled = rule.rule
    for name in rule.arguments:
        filled = filled.replace(f"<path:{name}>", ids[name]).replace(f"<{name}>", ids[name])
    return filled


def answer(village: Village, service: str, method: str, where: str, by: str) -> Any:
    token = village.issuer.mint(by, person_id=by)
    return village.house.apps[service].test_client().open(
        where, method=method, headers={"Authorization": f"Bearer {token}", "If-Match": "*"})


@pytest.mark.feature("A1")
def test_a_foreign_id_is_answered_as_a_wrong_one_on_every_route_of_every_service(village: Village) -> None:
    ids = one_of_each(village, a_lived_programme(village))
    routes = list(routes_with_ids(village))

    leaks = [(method, rule.rule, who, foreign.status_code)
             for service, method, rule in routes for who, by in STRANGERS.items()
             for foreign, wrong in [(answer(village, service, method, path(rule, ids), by),
                                     answer(village, service, method, path(rule, dict.fromkeys(ids, WRONG)), by))]
             if (foreign.status_code, foreign.data) != (404, wrong.data)]

    assert leaks == []
    assert len(routes) > 65


@pytest.mark.feature("A1")
def test_an_expired_token_opens_no_route(village: Village) -> None:
    token = village.issuer.mint("the-office", person_id="the-office", roles=["programme-office", "hr", "operator"],
                                scopes=["scim"], lifetime=timedelta(minutes=-5))

    let_in = [(method, rule.rule) for service, method, rule in routes_with_ids(village)
              if village.house.apps[service].test_client().open(
                  path(rule, dict.fromkeys(rule.arguments, WRONG)), method=method,
                  headers={"Authorization": f"Bearer {token}"}).status_code != 401]

    assert let_in == []
