"""What costs much or reaches many is done so often a day in one programme (OWASP API6)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.campaign import Audience, Wanted
from services.matching.domain.invitation import Step
from services.matching.domain.quota import Quota
from services.matching.entrypoints.http import make_app
from shared.kernel.errors import QuotaReached
from tests.unit.matching.house import MatchingHouse
from tests.unit.surveys.calling import PUBLIC_KEY, Caller


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MatchingHouse]:
    made = MatchingHouse(tmp_path)
    two = Quota("matching runs", 2)
    made.matching = replace(
        made.matching, runs=replace(made.matching.runs, quota=two),
        inviting=replace(made.matching.inviting, quota=replace(two, what="lists of people to invite")))
    made.matching = replace(made.matching, campaigns=replace(made.matching.campaigns, inviting=made.matching.inviting))
    yield made
    made.close()


def test_a_third_run_within_a_day_waits_and_one_of_another_programme_does_not(house: MatchingHouse) -> None:
    programme, other = house.a_programme(), house.a_programme()
    app = make_app(house.matching, replace(house.settings, token_key=PUBLIC_KEY), house.backbone)
    office = Caller(app, "carla", ("programme-office",))
    asked = [office("POST", f"/programmes/{programme.id}/runs", {}, Idempotency_Key=f"key-{n}") for n in range(3)]

    assert [one.status_code for one in asked] == [202, 202, 429]
    assert (asked[2].json["code"], asked[2].headers["Retry-After"]) == ("quota-reached", "3600")
    assert "try again later" in asked[2].json["detail"]
    again = office("POST", f"/programmes/{programme.id}/runs", {}, Idempotency_Key="key-1")
    assert again.json == asked[1].json, "a repeat is no other one"
    assert house.matching.runs.queue(other.id)
    house.pass_time(hours=24)
    assert house.matching.runs.queue(programme.id)


def test_lists_and_campaigns_have_their_own_quotas(house: MatchingHouse) -> None:
    programme, matching = house.a_programme(), house.matching
    wanted = Wanted(role=Role.MENTEE, name="Spring", audience=Audience(), remind_days=3)
    for _ in range(2):
        matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["nobody@example.org"]})
        matching.campaigns.draft(programme.id, wanted)

    with pytest.raises(QuotaReached, match="2 lists"):
        matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["nobody@example.org"]})
    with pytest.raises(QuotaReached):
        matching.campaigns.draft(programme.id, wanted)


def test_none_is_any_number() -> None:
    Quota("matching runs", 0).require_room(1_000_000)
