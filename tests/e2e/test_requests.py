"""A mentee asks mentors of their choice, over HTTP and with mails: the first says no, the second is silent, the third
says yes; and a run beside it."""

import pytest

from deploy.standalone.portal import portal_app
from services.matching.domain.person import person_id
from services.portal.assets import build
from tests.e2e.village import Village
from tests.unit.portal.conftest import Browser

MENTORS = """id,name,email,manager,languages,capacity
a1,Ada Stone,ada@example.com,z1,en,1
a2,Abe Moor,abe@example.com,z2,en,1
a3,Amy Ford,amy@example.com,z4,en,1
a4,Axel Berg,axel@example.com,z5,en,1
"""
MENTEES = """id,name,email,manager,languages,wishes
e1,Eve Hill,eve@example.com,z3,en,a1;a2;a3
e2,Ely Lake,ely@example.com,z6,en,a3
"""
A1, A2, A3, E1, E2 = (person_id(one) for one in ("a1", "a2", "a3", "e1", "e2"))


def a_programme(village: Village) -> str:
    programme = village.programme(requests_allowed=True, undo_minutes=0)
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    return programme


def letters(village: Village, person: str) -> list[str]:
    """What arrived, oldest first."""
    found = village.get("notifications", "/mailbox", by=person)["items"]
    mine = [one for one in found if one["person_id"] == person]
    return [one["subject"] for one in sorted(mine, key=lambda one: str(one["sent_at"]))]


def ask(village: Village, programme: str, mentee: str) -> str:
    made = village.send("POST", "matching", f"/programmes/{programme}/requests", by=mentee, json={}).json
    village.settle()
    return str(made["id"])


@pytest.mark.feature("C2")
@pytest.mark.feature("C4")
@pytest.mark.feature("C17")
def test_a_request_goes_from_the_first_choice_to_the_third(village: Village) -> None:
    programme = a_programme(village)
    request = ask(village, programme, E1)
    assert letters(village, A1) == ["Eve Hill asks you to be their mentor"]

    village.send("POST", "matching", f"/requests/{request}/refusal", by=A1,
                 json={"reason": "no-time", "note": "I am moving"})
    village.settle(minutes=5)
    assert letters(village, A2) == ["Eve Hill asks you to be their mentor"]
    village.settle(days=4)
    assert letters(village, A3) == ["Eve Hill asks you to be their mentor"]
    pair = village.send("POST", "matching", f"/requests/{request}/acceptance", by=A3).json
    village.settle(minutes=15)

    shown = village.get("matching", f"/requests/{request}", by=E1)
    assert [one["state"] for one in shown["choices"]] == ["declined", "expired", "accepted"]
    assert (shown["state"], shown["pair_id"]) == ("accepted", pair["id"])
    assert "Amy Ford is your mentor" in letters(village, E1)
    assert len([one for one in letters(village, E1) if one.startswith("Your next choice")]) == 2
    told = str([one.data for one in village.house.log.read(["mentoring.requests.v1"])])
    assert "moving" not in told
    assert "no-time" not in told


@pytest.mark.feature("C2")
@pytest.mark.feature("C4")
def test_a_run_beside_requests_pairs_who_asks_and_lets_the_mentor_go(village: Village) -> None:
    programme = a_programme(village)
    request = ask(village, programme, E1)

    run = village.send("POST", "matching", f"/programmes/{programme}/runs").json["id"]
    village.settle()
    village.send("POST", "matching", f"/runs/{run}/publication")
    village.settle(minutes=15)

    assert village.get("matching", f"/requests/{request}", by=E1)["state"] == "withdrawn"
    assert "You need not answer Eve Hill any more" in letters(village, A1)
    assert village.ask("POST", "matching", f"/requests/{request}/acceptance", by=A1).status_code == 409


@pytest.mark.feature("C4")
def test_nobody_left_is_a_task_and_a_mail_for_the_coordinator(village: Village) -> None:
    programme = a_programme(village)
    ask(village, programme, E2)

    village.settle(days=4)

    [task] = village.get("matching", f"/programmes/{programme}/tasks?state=open")["items"]
    assert task["kind"] == "request-exhausted"
    assert "Nobody on your list in" in letters(village, E2)[-1]


@pytest.mark.feature("C2")
@pytest.mark.feature("C4")
def test_on_the_pages_the_mentee_changes_what_comes_next_and_the_mentor_says_yes(village: Village) -> None:
    build.main()
    programme = a_programme(village)
    request = ask(village, programme, E1)
    app = portal_app(village.house)
    mentee, mentor = Browser(app.test_client()), Browser(app.test_client())
    mentee.sign_in(E1)
    mentor.sign_in(A1)

    page = f"/my/programmes/{programme}/mentors"
    mentee.send(f"/my/requests/{request}/choices", {"version": "0", "choice-1": A3}, page=page)
    chosen = mentee.get("/my").text
    mentor.send(f"/my/requests/{request}/acceptance", page="/my")
    village.settle(minutes=15)

    assert [chosen.count(one) > 0 for one in ("Ada Stone", "Amy Ford", "Your choices")] == [True] * 3
    assert "Your mentor" in mentee.get("/my").text
    assert "Eve Hill" in mentor.get("/my").text
    assert "You are asked" not in mentor.get("/my").text
