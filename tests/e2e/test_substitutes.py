"""A coordinator is away: whoever stands in may do the same everywhere, hears the same, and nothing afterwards."""

import re

import pytest

from tests.e2e.test_story import a_cohort, meet_gates
from tests.e2e.village import Village

LISTS = [("matching", "/programmes/{}/pairs"), ("surveys", "/programmes/{}/cases"),
         ("community", "/programmes/{}/training/summary"), ("notifications", "/programmes/{}/messages")]
EXTRA = """id,name,email,manager,languages,skills,grade,location,capacity
s1,Sunny Holm,sunny@example.com,,en,,lead,Oslo,0
"""


def somebody(village: Village, programme: str, name: str) -> str:
    found = village.send("POST", "matching", "/people/named", json={"texts": [name]}).json["items"]
    return str(found[0]["people"][0]["id"])


def statuses(village: Village, programme: str, person: str) -> set[int]:
    return {village.ask("GET", service, path.format(programme), by=person).status_code for service, path in LISTS}


def mailed(village: Village, address: str, subject: str = "needs a hand") -> int:
    return sum(1 for mail in village.mails() if address in re.findall(r"[a-z]+@example.com", str(mail))
               and subject in mail["subject"])


@pytest.mark.feature("S2.6")
def test_whoever_stands_in_has_the_same_rights_and_mails_from_the_first_day_to_the_last(village: Village) -> None:
    programme, pairs = a_cohort(village)
    village.bring(village.programme(), "mentor", EXTRA)
    cora, sunny = somebody(village, programme, "Cora Lind"), somebody(village, programme, "Sunny Holm")
    meet_gates(village, pairs[0])
    village.send("PUT", "matching", f"/programmes/{programme}/substitutes/{cora}", by=cora, json={
        "person_id": sunny, "from_on": "2026-03-20", "until_on": "2026-06-20"})
    village.settle()

    before = statuses(village, programme, sunny)
    while not mailed(village, "cora@example.com"):
        village.settle(days=1)
    during = statuses(village, programme, sunny)
    cases = village.get("surveys", f"/programmes/{programme}/cases?mine=true", by=sunny)["items"]
    told = [mailed(village, f"{who}@example.com") for who in ("sunny", "cora")]
    while village.clock.now().isoformat() < "2026-06-21T12":
        village.settle(days=1)
    afterwards, told_until = statuses(village, programme, sunny), mailed(village, "sunny@example.com")
    village.send("POST", "surveys", f"/cases/{cases[0]['id']}/resolution", by=cora, json={})
    while mailed(village, "cora@example.com") <= told_until:
        village.settle(days=1)

    assert (before, during, afterwards) == ({404}, {200}, {404})
    assert cases
    assert told[0] == told[1] > 0
    assert mailed(village, "sunny@example.com") == told_until
    assert statuses(village, programme, cora) == {200}


@pytest.mark.feature("S2.6")
def test_each_kind_of_work_is_put_before_the_chosen_coordinators(village: Village) -> None:
    programme, pairs = a_cohort(village)
    village.bring(village.programme(), "mentor", EXTRA)
    cora, sunny = somebody(village, programme, "Cora Lind"), somebody(village, programme, "Sunny Holm")
    village.send("PATCH", "matching", f"/programmes/{programme}", json={"coordinator_ids": [cora, sunny]},
                 headers={"If-Match": "*"})
    village.send("PUT", "matching", f"/programmes/{programme}/routes", by=cora, headers={"If-Match": "*"},
                 json={"routes": [{"queue": "cases", "person_ids": [sunny]}]})
    meet_gates(village, pairs[0])
    while not mailed(village, "sunny@example.com"):
        village.settle(days=1)

    place = f"/programmes/{programme}/cases"
    lists = [len(village.get("surveys", f"{place}{query}", by=person)["items"])
             for person, query in ((sunny, "?mine=true"), (cora, "?mine=true"), (cora, ""))]

    assert mailed(village, "cora@example.com") == 0
    assert (lists[0] > 0, lists[1], lists[2]) == (True, 0, lists[0])


@pytest.mark.feature("S2.6")
def test_a_coordinator_who_leaves_is_replaced_or_the_office_is_told(village: Village) -> None:
    programme, _pairs = a_cohort(village)
    village.bring(village.programme(), "mentor", EXTRA)
    cora, sunny = somebody(village, programme, "Cora Lind"), somebody(village, programme, "Sunny Holm")
    village.send("PUT", "matching", f"/programmes/{programme}/substitutes/{cora}", by=cora, json={
        "person_id": sunny, "from_on": "2026-04-01"})

    village.send("POST", "matching", f"/people/{cora}/departure")
    village.settle()
    replaced = village.get("matching", f"/programmes/{programme}")["coordinator_ids"]
    quiet = mailed(village, "office@example.com", "needs a coordinator")
    village.send("POST", "matching", f"/people/{sunny}/departure")
    village.settle()

    assert (replaced, quiet) == ([sunny], 0)
    assert village.get("matching", f"/programmes/{programme}")["coordinator_ids"] == []
    assert mailed(village, "office@example.com", "needs a coordinator") == 1
    assert [one["kind"] for one in village.get("matching", f"/programmes/{programme}/tasks")["items"]] == [
        "coordinator-left"]
