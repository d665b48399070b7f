"""A sponsor sees what a programme is for, how far people came, and nobody: on every route of every service."""

import pytest

from services.matching.domain.person import person_id
from tests.e2e.test_isolation import WRONG, a_lived_programme, answer, one_of_each, path, routes_with_ids
from tests.e2e.village import Village

SIGRID = "sigrid-the-sponsor"
OWN = {
    "/v1/programmes/<programme_id>", "/v1/programmes/<programme_id>/sponsor-view",
    "/v1/programmes/<programme_id>/briefing.html", "/v1/programmes/<programme_id>/briefing.pdf",
    "/v1/programmes/<programme_id>/motives", "/v1/programmes/<programme_id>/form",
}
"""What a sponsor may read: settings, figures by fives, and what is asked of everybody who applies."""
AS_ANYBODY = ("PUT", "/v1/programmes/<programme_id>/draft")
"""An application of their own."""
PEOPLE = ("Ada Stone", "Abe Moor", "Eve Hill", "Ely Lake", *map(person_id, ("a1", "a2", "e1", "e2")))


@pytest.mark.feature("S4.3")
def test_every_route_about_somebody_refuses_the_sponsor(village: Village) -> None:
    programme = a_lived_programme(village)
    village.send("PATCH", "matching", f"/programmes/{programme}", json={"sponsor_id": SIGRID},
                 headers={"If-Match": "*"})
    village.settle()
    ids = one_of_each(village, programme)
    routes = list(routes_with_ids(village))
    named = [f"/people?id={person_id(one)}" for one in ("a1", "e1")]

    asked = {(method, rule.rule): (answer(village, service, method, path(rule, ids), SIGRID),
                                   answer(village, service, method, path(rule, dict.fromkeys(ids, WRONG)), SIGRID))
             for service, method, rule in routes}
    told = [village.get("matching", one, by=SIGRID)["items"] for one in named]
    looked_for = village.ask("POST", "matching", "/people/named", by=SIGRID, json={"texts": ["Ada Stone"]})

    let_in = {(method, rule) for (method, rule), (own, wrong) in asked.items()
              if (own.status_code, own.data) != (404, wrong.data)}
    assert let_in == {*(("GET", rule) for rule in OWN), AS_ANYBODY}
    for method, rule in let_in:
        assert asked[method, rule][0].status_code in (200, 422), rule
        assert not [one for one in PEOPLE if one in asked[method, rule][0].data.decode(errors="replace")], rule
    assert told == [[], []]
    assert looked_for.status_code == 403
    assert len(routes) > 65


@pytest.mark.feature("S4.3")
def test_the_sponsor_reads_objectives_figures_and_the_briefing(village: Village) -> None:
    programme = a_lived_programme(village)
    village.send("PATCH", "matching", f"/programmes/{programme}", headers={"If-Match": "*"}, json={
        "sponsor_id": SIGRID, "purpose": "People stay.",
        "objectives": [{"code": "stay", "name": "They stay", "metric": "of a hundred", "target": 90}]})

    view = village.get("matching", f"/programmes/{programme}/sponsor-view", by=SIGRID)
    briefing = village.ask("GET", "matching", f"/programmes/{programme}/briefing.html?language=en", by=SIGRID)

    assert (view["purpose"], view["objectives"][0]["target"]) == ("People stay.", 90)
    assert {one["count"] for side in view["sides"] for one in side["steps"]} == {None}
    assert {one["count"] for one in view["pairs"]} == {None}
    assert briefing.status_code == 200
    assert "They stay" in briefing.text
    assert village.get("matching", "/programmes", by=SIGRID)["items"][0]["id"] == programme


@pytest.mark.feature("S2.2")
def test_the_sponsor_has_a_view_of_their_own_and_a_digest_every_month(village: Village) -> None:
    programme, sponsor = a_lived_programme(village), person_id("o2")
    before = village.ask("GET", "matching", f"/programmes/{programme}/sponsor-view", by=sponsor).status_code
    village.send("PATCH", "matching", f"/programmes/{programme}", json={"sponsor_id": sponsor},
                 headers={"If-Match": "*"})
    for _ in range(20):
        village.settle(days=1)

    view = village.get("matching", f"/programmes/{programme}/sponsor-view", by=sponsor)
    mails = [one for one in village.mails() if one["to"].startswith("olaf@") and "stands" in one["subject"]]
    assert before == 404
    assert view["sides"]
    assert len(mails) == 1
    assert "fewer than 5 applied" in village.get("notifications", f"/mailbox/{mails[0]['id']}")["text"]
