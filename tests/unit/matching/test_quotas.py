"""What costs much or reaches many is done so often a day in one programme (OWASP API6)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.campaign import Audience, Wanted
from services.matching.domain.invitation import Step
from services.matching.domain.programme_rules import DEFAULT
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
        trials=replace(made.matching.trials, quota=replace(two, what="trials of rules")),
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


def test_trials_cost_as_much_as_runs_and_have_a_quota_of_their_own(house: MatchingHouse) -> None:
    programme, other = house.a_programme(), house.a_programme()
    app = make_app(house.matching, replace(house.settings, token_key=PUBLIC_KEY), house.backbone)
    carla, path = Caller(app, "carla", ()), f"/programmes/{programme.id}/trials"
    asked = [carla("POST", path, {"rules": DEFAULT}, Idempotency_Key=f"key-{n}") for n in range(3)]

    assert [one.status_code for one in asked] == [202, 202, 429]
    assert (asked[2].json["code"], asked[2].headers["Retry-After"]) == ("quota-reached", "3600")
    assert "2 trials of rules within 24 hours" in asked[2].json["detail"]
    again = carla("POST", path, {"rules": DEFAULT}, Idempotency_Key="key-1")
    assert again.json == asked[1].json, "a repeat is no other one"
    assert house.matching.trials.begin(other.id, DEFAULT, by="carla")
    assert house.matching.runs.queue(programme.id), "runs count for themselves"
    house.pass_time(hours=24)
    assert house.matching.trials.begin(programme.id, DEFAULT, by="carla")


def test_as_many_trials_as_runs_are_set_by_one_setting(tmp_path: Path) -> None:
    house = MatchingHouse(tmp_path, runs_a_day=7)

    assert (house.matching.runs.quota.most, house.matching.trials.quota.most) == (7, 7)
    house.close()


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
