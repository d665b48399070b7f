"""A campaign from its papers to what came of each link, told by the event log alone."""

import re
from collections import Counter
from pathlib import Path

import pytest

from services.matching.domain.person import person_id
from shared.messaging.envelope import Received
from tests.e2e.test_applications import OFFERED, a_programme, decide
from tests.e2e.test_funnel import ways
from tests.e2e.test_story import meet_gates
from tests.e2e.village import Village

A1, A2, E1, E2 = (person_id(one) for one in ("a1", "a2", "e1", "e2"))
LINK = re.compile(r"http://127\.0\.0\.1:8080/(?:j/|programmes/[^/\s\"]+/apply/mentor\?code=)([A-Z0-9]{7}-[a-z])")
PAPERS = ("poster", "briefing", "proposal", "mail", "reminder")
STEPS = ("applied", "approved", "matched", "completed")


def launched(village: Village, programme: str) -> str:
    made = village.send("POST", "matching", f"/programmes/{programme}/campaigns", json={
        "name": "Spring", "role": "mentor", "remind_days": 3})
    village.settle()
    village.send("POST", "matching", f"/campaigns/{made.json['id']}/launch")
    village.settle(minutes=1)
    return str(made.json["id"])


def codes_in_mails(village: Village, who: str) -> list[str]:
    """Of all links to the form that somebody got by mail, oldest first."""
    mine = [one["id"] for one in village.mails() if one["person_id"] == who]
    texts = [village.get("notifications", f"/mailbox/{one}")["text"] for one in reversed(mine)]
    return [code for text in texts for code in LINK.findall(text)]


def code_on(village: Village, campaign: str, paper: str) -> str:
    """Of the paper's link, which says the programme's facts and is there as a PDF, too."""
    where = f"/campaigns/{campaign}/kit/{paper}"
    html = village.ask("GET", "matching", f"{where}.html").text
    assert "Open house" in html
    assert "2 March 2026" in html
    assert village.ask("GET", "matching", f"{where}.pdf").data.startswith(b"%PDF-")
    [code] = {*LINK.findall(html)}
    return str(code)


def apply_by(village: Village, programme: str, who: str, code: str) -> str:
    draft = village.send("PUT", "matching", f"/programmes/{programme}/draft", by=who, json={
        "role": "mentor", "answers": OFFERED, "code": code}).json
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=who)
    village.settle()
    return str(draft["id"])


def folded(village: Village, programme: str) -> dict[str, Counter[str]]:
    """By code what came of it, from the log."""
    found: dict[str, Counter[str]] = {}
    mine = ways(village, programme)
    for event in village.house.log.read(["mentoring.participants.v1"]):
        assert isinstance(event, Received)
        data = event.data or {}
        if event.type == "mentoring.application-submitted.v1" and data.get("campaign_code"):
            reached = mine[data["person_id"], data["role"]]
            found.setdefault(data["campaign_code"], Counter()).update(step for step in STEPS if step in reached)
    return found


def is_what_the_log_says(village: Village, programme: str, campaign: str) -> None:
    told = village.get("matching", f"/campaigns/{campaign}")["codes"]
    expected = folded(village, programme)
    assert {row["code"]: row["steps"] for row in told} == {
        row["code"]: {step: expected.get(row["code"], Counter())[step] for step in STEPS} for row in told}


def a_life(village: Village) -> tuple[str, str]:
    programme = a_programme(village)
    campaign = launched(village, programme)
    village.settle(days=4)
    [first, again] = codes_in_mails(village, A1)
    poster, *others = [code_on(village, campaign, paper) for paper in PAPERS]
    assert [code[-1] for code in (first, again, poster, *others)] == ["m", "r", "p", "b", "o", "m", "r"]

    ids = [apply_by(village, programme, who, code) for who, code in ((A1, again), (A2, poster))]
    draft = village.send("PUT", "matching", f"/programmes/{programme}/draft", by=E1, json={
        "role": "mentee", "answers": {"goals": "python", "languages": "en"}}).json
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=E1)
    decide(village, programme, [*ids, draft["id"]], "approve")
    for pair in village.matched(programme):
        meet_gates(village, pair)
    is_what_the_log_says(village, programme, campaign)
    assert sum(row["steps"]["matched"] for row in village.get("matching", f"/campaigns/{campaign}")["codes"]) == 1
    return programme, campaign


@pytest.mark.feature("A5")
@pytest.mark.feature("A8")
@pytest.mark.feature("S4.1")
def test_a_campaign_tells_what_came_of_each_link_up_to_the_completion(village: Village, tmp_path: Path) -> None:
    programme, campaign = a_life(village)
    village.settle(days=400)
    village.settle(days=40)
    is_what_the_log_says(village, programme, campaign)
    before = village.get("matching", f"/campaigns/{campaign}")
    assert sum(row["steps"]["completed"] for row in before["codes"]) == 1
    assert before["campaign"]["state"] == "ended"

    village.close()
    village.house = Village(tmp_path, **village.environ).house
    village.settle()

    assert village.get("matching", f"/campaigns/{campaign}")["codes"] == before["codes"]


@pytest.mark.feature("A8")
def test_so_it_does_on_a_broker_and_a_server(village_on_a_cluster: Village) -> None:
    a_life(village_on_a_cluster)


def test_each_of_the_audience_has_one_invitation_and_the_silent_one_reminder(village: Village) -> None:
    programme = a_programme(village)
    launched(village, programme)
    apply_by(village, programme, A1, "")

    village.settle(days=4)
    village.settle(days=30)

    subjects = {who: Counter(one["subject"] for one in village.mails() if one["person_id"] == who) for who in (A1, E2)}
    assert subjects[A1] == {"Would you be a mentor in Open house?": 1, "Your application for Open house has arrived": 1}
    assert subjects[E2] == {"Would you be a mentor in Open house?": 1, "A reminder: Open house": 1}
    everything = str([one.data for one in village.house.latest(1000) if "people" not in one.topic])
    assert "ada@example.com" not in everything
    assert "Ada Stone" not in everything
