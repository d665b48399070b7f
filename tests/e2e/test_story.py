"""The main job, end to end through public HTTP: two files in, pairs out, check-ins, silence noticed, a farewell."""

import re
from typing import Any

import pytest

from tests.e2e.village import MENTEES, MENTORS, Village


def a_cohort(village: Village, **settings: Any) -> tuple[str, list[dict[str, Any]]]:
    """A programme whose two files are matched and published."""
    programme = village.programme(**settings)
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    village.put_in_charge(programme)
    return programme, village.matched(programme)


def meet_gates(village: Village, pair: dict[str, Any]) -> str:
    """Both are trained, terms are set, a goal is drafted; answers the journey's id."""
    for person in (pair["mentor_id"], pair["mentee_id"]):
        for assignment in village.get("community", "/me/assignments", by=person)["items"]:
            if assignment["state"] != "withdrawn":
                village.send("POST", "community", f"/assignments/{assignment['id']}/completion", by=person)
    journey: str = village.get("surveys", f"/pairs/{pair['id']}/journey", by=pair["mentee_id"])["id"]
    village.send("PUT", "surveys", f"/journeys/{journey}/agreement-terms", by=pair["mentee_id"],
                 json={"meetings_every_days": 14, "ends_on": "2026-11-30"})
    village.send("POST", "surveys", f"/journeys/{journey}/goals", by=pair["mentee_id"],
                 json={"title": "Lead a small team"})
    village.settle()
    return journey


def check_ins(village: Village, journey: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = village.get("surveys", f"/journeys/{journey}/check-ins")["items"]
    return found


@pytest.mark.feature("C8")
def test_two_files_become_pairs_with_reasons(village: Village) -> None:
    programme, pairs = a_cohort(village)

    runs = village.get("matching", f"/programmes/{programme}/runs")["items"]
    proposals = village.get("matching", f"/runs/{runs[0]['id']}/proposals")["items"]

    assert len(pairs) == len(proposals) == 2
    for proposal in proposals:
        assert proposal["reasons"]
        assert sum(reason["points"] for reason in proposal["reasons"]) == proposal["score"]
    assert village.events().count("pair-created") == 2


@pytest.mark.feature("S3.1")
def test_a_pair_starts_when_its_gates_are_met(village: Village) -> None:
    _, pairs = a_cohort(village)
    assert {pair["state"] for pair in pairs} == {"awaiting-training"}

    meet_gates(village, pairs[0])

    assert village.get("matching", f"/pairs/{pairs[0]['id']}")["state"] == "active"
    assert village.events().count("pair-activated") == 1


def test_a_check_in_is_mailed_and_answered_once(village: Village) -> None:
    _, pairs = a_cohort(village)
    journey = meet_gates(village, pairs[0])
    for _ in range(15):
        village.settle(days=1)
    mine = next(one for one in check_ins(village, journey) if one["person_id"] == pairs[0]["mentee_id"])
    assert mine["state"] == "open"

    for rating in (4, 5):
        village.send("PUT", "surveys", f"/check-ins/{mine['id']}/answer", by=pairs[0]["mentee_id"],
                     json={"rating": rating})
        village.settle()

    assert village.events().count("check-in-answered") == 1
    assert village.get("surveys", f"/check-ins/{mine['id']}", by=pairs[0]["mentee_id"])["state"] == "answered"


def test_the_link_in_the_mail_leads_to_the_check_in(village: Village) -> None:
    _, pairs = a_cohort(village)
    meet_gates(village, pairs[0])
    for _ in range(14):
        village.settle(days=1)

    bodies = [village.get("notifications", f"/mailbox/{mail['id']}") for mail in village.mails()]
    codes = {code for body in bodies for code in re.findall(r"/c/([\w-]{22})/[1-5]", str(body))}
    found = village.send("POST", "notifications", "/codes/resolution", by="portal", scopes=("codes",),
                         json={"code": codes.pop()}).json

    assert found["purpose"] == "check-in"
    assert found["person_id"] in (pairs[0]["mentor_id"], pairs[0]["mentee_id"])


def test_silence_climbs_the_ladder_to_the_programme_office(village: Village) -> None:
    programme, pairs = a_cohort(village)
    meet_gates(village, pairs[0])
    for _ in range(95):
        village.settle(days=1)

    happened = village.events()
    cases = village.get("surveys", f"/programmes/{programme}/cases")["items"]

    assert happened.count("check-in-reminder-due") >= 6
    assert happened.count("check-in-missed") >= 6
    assert cases
    assert {"case-raised", "case-escalated"} <= set(happened)
    told = {address for mail in village.mails() for address in re.findall(r"[a-z]+@example.com", str(mail))}
    assert {"cora@example.com", "office@example.com"} <= told


def test_a_mentor_who_leaves_frees_the_mentee_for_another(village: Village) -> None:
    _, pairs = a_cohort(village)
    pair = pairs[0]
    meet_gates(village, pair)

    village.send("POST", "matching", f"/people/{pair['mentor_id']}/departure")
    village.settle()
    closed = village.get("matching", f"/pairs/{pair['id']}")
    village.send("POST", "matching", f"/pairs/{pair['id']}/rematch", by=pair["mentee_id"])
    village.settle()

    assert (closed["state"], closed["reason"]) == ("closed", "mentor-left")
    assert {"person-left", "pair-closed", "rematch-requested"} <= set(village.events())
    assert village.get("surveys", f"/pairs/{pair['id']}/journey")["state"] == "ended"


def test_no_public_event_but_those_of_people_carries_a_name(village: Village) -> None:
    a_cohort(village)

    told = [record for record in village.house.latest(10_000) if "people" not in record.topic]

    assert told
    assert not [one for one in told if "example.com" in str(one.data) or "Stone" in str(one.data)]


def test_the_whole_story_runs_on_kafka_and_mongodb_too(village_on_a_cluster: Village) -> None:
    village = village_on_a_cluster
    _, pairs = a_cohort(village)
    journeys = [meet_gates(village, pair) for pair in pairs]
    for _ in range(15):
        village.settle(days=1)
    mine = next(one for one in check_ins(village, journeys[0]) if one["person_id"] == pairs[0]["mentee_id"])
    village.send("PUT", "surveys", f"/check-ins/{mine['id']}/answer", by=pairs[0]["mentee_id"], json={"rating": 4})
    for _ in range(40):
        village.settle(days=2)

    village.send("POST", "matching", f"/people/{pairs[1]['mentor_id']}/departure")
    village.settle()

    happened = village.events()
    assert [happened.count(one) for one in ("pair-created", "pair-activated", "check-in-answered")] == [2, 2, 1]
    assert {"check-in-missed", "case-raised", "case-escalated", "person-left", "pair-closed"} <= set(happened)
    assert "cora@example.com" in str(village.mails())
