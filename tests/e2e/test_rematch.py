"""Another mentor and trials of rules, on MongoDB and Kafka: pressed by two at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.matching.contracts.closings import CLOSINGS
from services.matching.domain.programme_rules import DEFAULT
from tests.e2e.test_story import a_cohort
from tests.e2e.village import OFFICE, Village


@pytest.mark.feature("C16")
def test_two_who_ask_at_once_get_one_rematch_and_coordinators_alone_hear_why(village_on_a_cluster: Village) -> None:
    village = village_on_a_cluster
    programme, pairs = a_cohort(village)
    pair, mails = pairs[0], len(village.mails())
    place = f"/pairs/{pair['id']}"

    def ask(by: str) -> Any:
        return village.ask("POST", "matching", f"{place}/rematch", by=by, json={"reason": "no-fit", "note": "Unheard."})

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(ask, (OFFICE, pair["mentee_id"])))
    village.settle()

    assert sorted(one.status_code for one in answers) == [200, 409]
    closed = village.get("matching", place)
    run = village.get("matching", f"/runs/{closed['rematch_run_id']}")
    assert (closed["state"], run["state"], run["succeeds"]) == ("closed", "proposed", pair["id"])
    assert len([one for one in village.get("matching", f"/programmes/{programme}/runs")["items"]
                if one["mentee_id"] == pair["mentee_id"]]) == 1
    told = village.house.latest(100_000)
    assert {one.topic for one in told if "no-fit" in str(one.data)} == {CLOSINGS.name}
    assert CLOSINGS.tier == "coordinator"
    assert not [one for one in told if "Unheard" in str(one.data)]
    assert len(village.mails()) >= mails + 2
    assert village.get("matching", f"{place}/parting")["note"] == "Unheard."
    assert village.ask("GET", "matching", f"{place}/parting", by=pair["mentor_id"]).status_code == 404


def test_of_trials_that_one_person_begins_at_once_one_is_solved(village_on_a_cluster: Village) -> None:
    village = village_on_a_cluster
    programme, _ = a_cohort(village)

    with ThreadPoolExecutor(3) as many:
        begun = [one.json["id"] for one in many.map(lambda _: village.send(
            "POST", "matching", f"/programmes/{programme}/trials", json={"rules": DEFAULT}), range(3))]
    village.settle()

    found = [village.get("matching", f"/trials/{one}") for one in begun]
    assert sorted((one["state"], one["why"]) for one in found) == [
        ("failed", "superseded"), ("failed", "superseded"), ("solved", "")]
