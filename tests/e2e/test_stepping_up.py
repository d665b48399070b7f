"""A mentee rates the mentoring well, the programme ends, and next time they are a mentor: on a broker and a server."""

import pytest

from tests.e2e.test_story import a_cohort, check_ins, meet_gates
from tests.e2e.village import Village

OFFERED = {"skills": "python", "capacity": "1", "voluntary": "yes"}


@pytest.mark.feature("B9")
@pytest.mark.feature("S2.12")
@pytest.mark.feature("S2.13")
def test_a_mentee_who_was_content_becomes_a_mentor_who_is_supported(village_on_a_cluster: Village) -> None:
    village = village_on_a_cluster
    programme, pairs = a_cohort(village)
    journey, mentee = meet_gates(village, pairs[0]), pairs[0]["mentee_id"]
    for _ in range(4):
        village.settle(days=4)
    mine = next(one for one in check_ins(village, journey) if one["person_id"] == mentee)
    village.send("PUT", "surveys", f"/check-ins/{mine['id']}/answer", by=mentee, json={"rating": 5})
    village.send("POST", "matching", f"/pairs/{pairs[0]['id']}/closure", json={"reason": "completed"})
    village.settle(minutes=5)

    [offer] = village.get("matching", "/me/stepping-up", by=mentee)["items"]
    assert offer["answers"]["languages"] == "en"
    village.settle(days=2)
    assert "Would you like to be a mentor now?" in [
        one["subject"] for one in village.mails() if one["person_id"] == mentee]

    then = village.programme(name="Next time", always_on=True)
    shared = {key: text for key, text in offer["answers"].items() if key in ("languages", "grade", "location")}
    draft = village.send("PUT", "matching", f"/programmes/{then}/draft", by=mentee,
                         json={"role": "mentor", "answers": {**shared, **OFFERED}}).json
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=mentee)
    village.send("POST", "matching", f"/programmes/{then}/decisions",
                 json={"outcome": "approve", "application_ids": [draft["id"]]})
    village.settle()

    training = village.get("community", "/me/assignments", by=mentee)["items"]
    assert "stepping-up" in [one["module"] for one in training if one["programme_id"] == then]
    assert village.get("matching", f"/programmes/{programme}/stepping-up") == {
        "invited": 1, "applied": 1, "mentors": 1}
