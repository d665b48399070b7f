"""The checklist of a programme: what is done by the facts, what somebody ticks off, and what is next."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.campaign import Audience, Wanted
from services.matching.domain.checklist import (
    FACTS,
    PHASES,
    USUAL,
    BadChecklist,
    CountsItself,
    Item,
    Standing,
    lines,
    require_sound,
)
from services.matching.domain.objective import Objective
from services.matching.domain.person import person_id
from services.matching.domain.programme import NotOpen, Programme
from services.matching.domain.templates import TEMPLATES
from shared.audit.trail import Wanted as Entries
from shared.kernel.errors import NotFound
from tests.unit.matching.builders import a_programme, told
from tests.unit.matching.house import MENTEES, MENTORS, MONDAY, MatchingHouse
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_

OWN = Item(id="own-room", phase=ProgrammeState.RECRUITING, text="Book the big room.")
NOTHING = Standing(state=ProgrammeState.DRAFT, has_purpose=False, objectives=0, coordinators=0, substitutes=0,
                   has_sponsor=False)


def done(standing: Standing) -> set[str]:
    return {one.item.id for one in lines(USUAL, {}, standing) if one.done}


def open_items(house: MatchingHouse, programme: Programme) -> list[str]:
    """Of the phase in which the programme is."""
    found = house.matching.checklists.of(programme.id)
    return [one.item.id for one in found.lines if not one.done and one.item.phase == found.programme.state]


@pytest.mark.parametrize(("facts", "items"), [
    ({"has_purpose": True}, {"purpose"}), ({"objectives": 1}, {"objectives"}), ({"coordinators": 1}, {"coordinator"}),
    ({"substitutes": 1}, {"substitute"}), ({"has_sponsor": True}, {"sponsor"}), ({"campaigns": 1}, {"made-known"}),
    ({"invited": 3}, {"made-known"}), ({"mended": True}, {"ready-to-run"}),
    ({"published": 1}, {"ready-to-run", "run-published"}), ({"asked": 1}, {"mentors-asked"}),
    ({"successors": 1}, {"next-cohort"}), ({"pairs": 2, "waiting": 1}, set()), ({"pairs": 2}, {"pairs-begun"}),
    ({"mentors": 2}, set()), ({"mentees": 2}, set()), ({"undecided": 1}, set()),
    ({"mentors": 1, "mentees": 2, "places": 1, "alone": 1}, {"made-known", "people-aboard", "applications-decided"}),
    ({"mentors": 1, "mentees": 2, "places": 2, "undecided": 1, "alone": 0},
     {"made-known", "people-aboard", "places-enough", "everybody-matched"}),
    ({"state": ProgrammeState.MATCHING}, {"opened", "matching-begun"}),
    ({"state": ProgrammeState.RECRUITING}, {"opened"})])
def test_facts_tell_what_is_done(facts: dict[str, Any], items: set[str]) -> None:
    before = replace(NOTHING, unfinished=1, tasks=1)

    assert done(before) == set()
    assert done(replace(before, **facts)) == items
    assert done(replace(before, tasks=0, unfinished=0)) == {"tasks-done", "pairs-closed"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_each_template_brings_a_list_that_says_how_to_come_to_the_next_phase(template: Any) -> None:
    require_sound(template.checklist)

    assert {one.phase for one in template.checklist} >= {*PHASES} - {ProgrammeState.MATCHING}
    assert "opened" in {one.id for one in template.checklist}
    assert any(one.id not in FACTS for one in template.checklist)


@pytest.mark.parametrize("bad", [
    (OWN, OWN), (replace(OWN, text=" "),), (replace(OWN, phase=ProgrammeState.CLOSED),),
    (replace(USUAL[0], phase=ProgrammeState.RUNNING),), (replace(USUAL[0], text="In other words"),)])
def test_a_list_that_cannot_be_worked_through_is_refused(bad: tuple[Item, ...]) -> None:
    with pytest.raises(BadChecklist):
        require_sound(bad)


def test_whoever_ticks_it_off_first_stays_and_nobody_ticks_what_is_counted() -> None:
    programme = a_programme()
    programme.tick_off("form-read", "carla", MONDAY)
    programme.tick_off("form-read", "otto", MONDAY)

    assert programme.ticks["form-read"].by == "carla"
    programme.take_tick_back("form-read")
    programme.take_tick_back("form-read")
    assert programme.ticks == {}
    for item, error in (("purpose", CountsItself), ("nothing", NotFound)):
        with pytest.raises(error):
            programme.tick_off(item, "carla", MONDAY)
    programme.state = ProgrammeState.CLOSED
    with pytest.raises(NotOpen):
        programme.tick_off("form-read", "carla", MONDAY)


def test_ticking_is_nothing_that_others_hear_of_and_goes_with_its_item() -> None:
    programme = a_programme(checklist=(OWN, USUAL[0]))
    programme.open(MONDAY)
    before = told(programme)

    programme.tick_off("own-room", "carla", MONDAY)

    assert told(programme) == before
    programme.change(replace(programme.plan, checklist=(USUAL[0],)), MONDAY)
    assert (programme.ticks, [one.id for one in programme.checklist]) == ({}, ["purpose"])


def test_a_copy_has_the_items_and_no_tick(house: MatchingHouse) -> None:
    programme = house.a_programme(checklist=(OWN, *USUAL))
    house.matching.checklists.tick(programme.id, "own-room", by="carla")

    copy = house.matching.programmes.copy(programme.id, "The next", date(2028, 3, 1))

    assert (copy.checklist[0], copy.ticks) == (OWN, {})
    assert "next-cohort" in {one.item.id for one in house.matching.checklists.of(programme.id).lines if one.done}


def test_a_programme_is_led_from_phase_to_phase(house: MatchingHouse) -> None:
    matching = house.matching
    draft = matching.programmes.draft("career-development", "Rising", date(2027, 3, 1), "carla")
    assert matching.checklists.of(draft.id).next.item.id == "objectives"  # type: ignore[union-attr]
    objective = Objective(code="stay", name="They stay", metric="leavers a year", target=4, baseline=9)
    matching.programmes.change(draft.id, {"objectives": (objective,), "sponsor_id": "sue", "undo_minutes": 0}, None)
    assert open_items(house, draft) == ["substitute", "form-read", "kick-off-agreed", "opened"]

    matching.programmes.open(draft.id)
    assert open_items(house, draft) == ["made-known", "people-aboard", "applications-decided", "places-enough",
                                        "matching-begun"]
    house.bring(draft, Role.MENTOR, MENTORS)
    house.bring(draft, Role.MENTEE, MENTEES)
    assert open_items(house, draft) == ["matching-begun"]

    run = house.a_proposed_run(draft)
    assert open_items(house, draft) == ["ready-to-run", "run-published"]
    matching.readiness.of(draft.id)
    house.pass_time(seconds=5)
    assert open_items(house, draft) == ["run-published"]

    matching.runs.publish(run.id)
    house.settle()
    assert open_items(house, draft) == ["pairs-begun", "half-time-told"]
    for pair in house.pairs(draft):
        house.pass_gates(pair)
    assert open_items(house, draft) == ["half-time-told"]
    house.pass_time(days=280)
    assert matching.programmes.get(draft.id).state is ProgrammeState.CLOSING
    assert open_items(house, draft)[0] == "pairs-closed"


def test_a_launched_campaign_makes_it_known(house: MatchingHouse) -> None:
    programme = house.a_programme()
    campaign = house.matching.campaigns.draft(programme.id, Wanted(name="Spring", role=Role.MENTOR,
                                                                   audience=Audience()))

    assert "made-known" in open_items(house, programme)
    house.matching.campaigns.store.change(campaign.id, lambda one: setattr(one, "state", "launched"))
    assert "made-known" not in open_items(house, programme)


def test_who_has_ticked_it_off_is_told_to_the_audit_log_and_forgotten_with_the_person(house: MatchingHouse) -> None:
    programme = house.a_full_programme(coordinator=person_id("m2"))
    mo = person_id("m2")
    house.matching.checklists.tick(programme.id, "form-read", by=mo)
    house.settle()

    [entry] = [one for one in house.backbone.trail.each(Entries(document=programme.id)) if "ticks" in one.fields]
    assert "ticks" in entry.values
    house.matching.erasures.ask(mo, by="hr")
    for _ in range(9):
        house.pass_time(seconds=1)
    kept = house.matching.programmes.get(programme.id)
    assert (kept.ticks["form-read"].by, mo in str(vars(kept).get("ticks"))) == ("", False)


def test_over_http_it_is_read_ticked_and_set_by_coordinators(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme()
    carla, place = as_("carla"), f"/programmes/{programme.id}/checklist"

    found = carla("GET", place).json
    assert (found["phase"], found["next"]) == ("recruiting", "made-known")
    ticked = [carla("PUT", f"{place}/form-read/tick") for _ in range(2)]
    [line] = [one for one in ticked[1].json["items"] if one["id"] == "form-read"]
    assert (line["done"], line["ticked_by"], line["counted"]) == (True, "carla", False)
    assert line["ticked_at"]
    assert [one for one in ticked[0].json["items"] if one["id"] == "form-read"] == [line]
    assert carla("DELETE", f"{place}/form-read/tick").json["items"][5]["done"] is False
    assert carla("PUT", f"{place}/purpose/tick").json["code"] == "item-counts-itself"
    assert carla("PUT", f"{place}/nothing/tick").status_code == 404
    assert as_("a-stranger")("GET", place).status_code == 404


def test_over_http_items_are_added_removed_and_ordered(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme()
    carla, place = as_("carla"), f"/programmes/{programme.id}"
    own = {"id": "own-room", "phase": "recruiting", "text": "Book the big room."}
    mine = [own, {"id": "made-known", "phase": "recruiting"}]

    answer = carla("PATCH", place, {"checklist": mine}, If_Match="*")

    assert answer.status_code == 200
    assert [(one["id"], one["text"]) for one in carla("GET", f"{place}/checklist").json["items"]] == [
        ("own-room", "Book the big room."), ("made-known", "")]
    refused = carla("PATCH", place, {"checklist": [own, own]}, If_Match="*")
    assert (refused.status_code, refused.json["code"]) == (422, "bad-checklist")
    assert carla("PATCH", place, {"checklist": [{**own, "phase": "closed"}]}, If_Match="*").status_code == 422
    assert carla("PATCH", place, {"checklist": None}, If_Match="*").status_code == 200
    assert len(carla("GET", f"{place}/checklist").json["items"]) == len(USUAL)
