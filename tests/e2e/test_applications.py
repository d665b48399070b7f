"""People apply, coordinators answer many at once, each hears of it by one mail, and whoever is in is matched."""

from typing import Any

import pytest

from services.matching.domain.person import person_id
from tests.e2e.village import MENTEES, MENTORS, Village

E1, E2, A1, A2 = (person_id(one) for one in ("e1", "e2", "a1", "a2"))
OFFERED = {"skills": "python", "languages": "en", "capacity": "1", "voluntary": "yes"}
WANTED = {"goals": "python", "languages": "en"}


def a_programme(village: Village) -> str:
    """Takes applications at any time; its people are known from another one."""
    elsewhere = village.programme()
    village.bring(elsewhere, "mentor", MENTORS)
    village.bring(elsewhere, "mentee", MENTEES)
    return village.programme(name="Open house", always_on=True)


def apply(village: Village, programme: str, who: str, role: str) -> str:
    draft = village.send("PUT", "matching", f"/programmes/{programme}/draft", by=who,
                         json={"role": role, "answers": OFFERED if role == "mentor" else WANTED}).json
    assert draft["flaws"] == []
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=who)
    village.settle()
    return str(draft["id"])


def decide(village: Village, programme: str, ids: list[str], outcome: str, **why: str) -> Any:
    made = village.send("POST", "matching", f"/programmes/{programme}/decisions",
                        json={"outcome": outcome, "application_ids": ids, **why})
    village.settle()
    assert made.status_code == 202
    return village.get("matching", f"/decisions/{made.json['id']}")


def subjects(village: Village, who: str) -> list[str]:
    return sorted(one["subject"] for one in village.mails() if one["person_id"] == who)


@pytest.mark.feature("B2")
@pytest.mark.feature("A3")
def test_each_applicant_gets_one_event_and_one_mail_for_each_answer(village: Village) -> None:
    programme = a_programme(village)
    mentors = [apply(village, programme, one, "mentor") for one in (A1, A2)]
    mentees = [apply(village, programme, one, "mentee") for one in (E1, E2)]

    approved = decide(village, programme, [*mentors, mentees[0]], "approve")
    decide(village, programme, [mentees[1]], "decline", reason="no-places", note="Ely is too new")
    village.settle(minutes=1)

    assert (approved["state"], approved["decided"], approved["refused"]) == ("done", 3, {})
    arrived, welcome = "Your application for Open house has arrived", "Welcome to Open house"
    assert [subjects(village, one) for one in (A1, A2, E1)] == [[welcome, arrived]] * 3
    assert subjects(village, E2) == ["Open house: not this time", arrived]
    told = village.events()
    assert (told.count("application-submitted"), told.count("application-declined")) == (4, 1)
    everything = str([one.data for one in village.house.latest(1000)]) + str(village.mails())
    assert "too new" not in everything
    assert "no-places" not in everything

    village.send("POST", "matching", f"/applications/{mentees[0]}/confirmation", by=E1)
    [pair] = village.matched(programme)
    assert (pair["mentee_id"], pair["mentor_id"] in (A1, A2)) == (E1, True)


@pytest.mark.feature("S2.4")
def test_a_mentee_is_nominated_invited_applies_is_confirmed_and_hears_of_each(village: Village) -> None:
    programme = a_programme(village)
    seen = []
    for step in ("nominate", "invite"):
        made = village.send("POST", "matching", f"/programmes/{programme}/invitations", json={
            "step": step, "mentees": ["Eve Hill"]})
        village.send("POST", "matching", f"/invitations/{made.json['id']}/start")
        village.settle(minutes=1)
        seen.append([one["state"] for one in village.get("matching", "/me/applications", by=E1)["items"]])
    application = apply(village, programme, E1, "mentee")
    village.settle(minutes=1)
    decide(village, programme, [application], "approve")
    village.settle(minutes=1)
    confirmed = village.send("POST", "matching", f"/applications/{application}/confirmation", by=E1)

    assert seen == [[], ["invited"]]
    assert confirmed.json["state"] == "confirmed"
    assert subjects(village, E1) == ["Welcome to Open house", "Would you like a mentor? Open house",
                                     "Your application for Open house has arrived"]


def test_whoever_is_invited_gets_one_mail_and_nobody_who_is_only_had_in_mind(village: Village) -> None:
    programme = a_programme(village)
    apply(village, programme, A2, "mentor")
    lists = {"invite": {"mentors": ["ada@example.com"], "mentees": ["Eve Hill"]},
             "nominate": {"mentees": ["ely@example.com"]}}
    for step, lines in lists.items():
        made = village.send("POST", "matching", f"/programmes/{programme}/invitations", json={**lines, "step": step})
        village.send("POST", "matching", f"/invitations/{made.json['id']}/start")
        village.settle()

    village.settle(minutes=1)

    assert subjects(village, A1) == ["Would you be a mentor in Open house?"]
    assert subjects(village, E1) == ["Would you like a mentor? Open house"]
    assert subjects(village, E2) == []
    assert village.events().count("applicant-nominated") == 1


@pytest.mark.feature("B2")
def test_whoever_is_asked_to_endorse_gets_one_mail_and_one_reminder_and_the_answer_opens_the_way(
        village: Village) -> None:
    programme = a_programme(village)
    village.send("PATCH", "matching", f"/programmes/{programme}", json={"endorsement_roles": ["mentee"]},
                 headers={"If-Match": "*"})
    one = apply(village, programme, E1, "mentee")
    early = decide(village, programme, [one], "approve")
    village.send("POST", "matching", f"/applications/{one}/endorsement", json={"endorser_id": A1})
    village.settle(minutes=1)
    village.settle(days=6)

    [asked] = village.get("matching", "/me/endorsements", by=A1)["items"]
    said = village.send("POST", "matching", f"/me/endorsements/{one}/answer", by=A1,
                        json={"endorsed": True, "note": "Ready for more"})
    done = decide(village, programme, [one], "approve")

    assert early["refused"] == {one: "step-open"}
    assert (asked["application_id"], said.status_code, done["decided"]) == (one, 200, 1)
    assert [subject for subject in subjects(village, A1) if "Open house" in subject] == [
        "A reminder: Eve Hill and Open house", "Do you endorse Eve Hill for Open house?"]
    everything = str([event.data for event in village.house.latest(1000)]) + str(village.mails())
    assert "Ready for more" not in everything
