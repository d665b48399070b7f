"""Campaigns: an audience counted and asked once each, reminded once, and codes that tell what came of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.campaigns import CAMPAIGNS
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.domain.campaign import (
    Audience,
    BadCampaign,
    Campaign,
    CampaignState,
    NobodyToAsk,
    Walk,
    Wanted,
)
from services.matching.domain.campaign_code import Channel, channel_code, code_of, read_code
from services.matching.domain.directory import Details
from services.matching.domain.invitation import Step as InvitationStep
from services.matching.domain.participant import application_id
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import NoApplications, Programme
from services.matching.domain.verdict import DeclineReason, Outcome
from services.matching.domain.way import Step
from shared.kernel.errors import WrongState
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_applications import ANNA, BEN, OFFERED, WANTED, decided

CLEO, DORA = person_id("cleo"), person_id("dora")
PLACES = {"anna": ("Sales", "Oslo"), "ben": ("Sales", "Bonn"), "cleo": ("Grid", "Oslo"), "dora": ("Sales", "Oslo")}


def inhabited(house: MatchingHouse) -> Programme:
    for name, (department, location) in PLACES.items():
        house.matching.people.store.add(Person.add(name, Details(
            name=name.title(), email=f"{name}@example.org", language="en", time_zone="Europe/Berlin",
            department=department, location=location), house.clock.now()))
    house.settle()
    return house.a_programme(always_on=True)


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    return inhabited(house)


def drafted(house: MatchingHouse, programme: Programme, *names: str, role: Role = Role.MENTOR, remind_days: int = 7,
            **rule: tuple[str, ...]) -> Campaign:
    wanted = Wanted(name="Spring", role=role, audience=Audience(**rule), remind_days=remind_days)
    campaign = house.matching.campaigns.draft(programme.id, wanted, list(names) or None)
    house.settle()
    return house.matching.campaigns.get(campaign.id)


def launched(house: MatchingHouse, programme: Programme, *names: str, **more: Any) -> Campaign:
    campaign = drafted(house, programme, *names, **more)
    house.matching.campaigns.launch(campaign.id)
    house.settle()
    return house.matching.campaigns.get(campaign.id)


def applied(house: MatchingHouse, programme: Programme, who: str, code: str, role: Role = Role.MENTOR) -> str:
    matching = house.matching
    answers = OFFERED if role is Role.MENTOR else WANTED
    one = matching.applications.write(programme.id, who, role, answers, matching.campaigns.code(programme.id, code))
    matching.applications.submit(one.id)
    house.settle()
    return one.id


def states(house: MatchingHouse, programme: Programme, role: Role = Role.MENTOR) -> dict[str, ApplicationState]:
    found = house.matching.applications.store.each({"programme_id": programme.id})
    return {one.person_id: one.state for one in found if one.role is role}


def codes_told(house: MatchingHouse, kind: str) -> list[str]:
    return [str((one.data or {}).get("campaign_code")) for one in house.world.heard(PARTICIPANTS.name)
            if kind in one.type]


@pytest.mark.parametrize(("rule", "size"), [
    ({}, 4), ({"departments": ("Sales",)}, 3), ({"departments": (" sales",), "locations": ("OSLO",)}, 2),
    ({"departments": ("Sales",), "locations": ("Oslo", "Rome")}, 2),
    ({"grades": ("lead",)}, 0)])
def test_a_rule_finds_its_people_and_nobody_is_asked_yet(house: MatchingHouse, programme: Programme,
                                                         rule: dict[str, tuple[str, ...]], size: int) -> None:
    campaign = drafted(house, programme, **rule)

    assert (campaign.state, campaign.walk, campaign.size) == (CampaignState.DRAFT, Walk.NOTHING, size)
    assert house.told(PARTICIPANTS.name) == house.told(CAMPAIGNS.name) == []


def test_launching_asks_everybody_once_with_the_code_of_its_mails(house: MatchingHouse, programme: Programme) -> None:
    house.matching.people.leave(BEN)
    applied(house, programme, DORA, "")

    campaign = launched(house, programme, departments=("Sales",))

    assert campaign.results == {"done": 1, "applies-already": 1}
    assert states(house, programme)[ANNA] is ApplicationState.INVITED
    assert codes_told(house, "applicant-invited") == [channel_code(campaign.code, Channel.MAIL)]
    assert house.told(CAMPAIGNS.name) == ["campaign-launched"]
    with pytest.raises(WrongState):
        house.matching.campaigns.launch(campaign.id)


@pytest.mark.feature("A5")
def test_whoever_said_no_or_was_declined_is_asked_again_by_name_alone(house: MatchingHouse,
                                                                      programme: Programme) -> None:
    matching, before = house.matching, launched(house, programme)
    matching.applications.withdraw(application_id(programme.id, ANNA, Role.MENTOR))
    declined = applied(house, programme, BEN, "")
    decided(house, programme, [declined], Outcome.DECLINE, reason=DeclineReason.NO_PLACES)

    again = launched(house, programme)

    assert (before.asked, again.results) == (4, {"said-no": 2, "asked-already": 2})
    verdict = matching.applications.get(declined).verdict
    assert verdict
    assert verdict.reason is DeclineReason.NO_PLACES
    assert states(house, programme)[ANNA] is ApplicationState.WITHDRAWN

    listed = matching.inviting.check(programme.id, InvitationStep.INVITE, {Role.MENTOR: ["Anna"]})
    matching.inviting.start(listed.id)
    house.settle()
    assert states(house, programme)[ANNA] is ApplicationState.INVITED


def test_whoever_was_only_had_in_mind_is_asked(house: MatchingHouse, programme: Programme) -> None:
    matching = house.matching
    listed = matching.inviting.check(programme.id, InvitationStep.NOMINATE, {Role.MENTOR: ["Anna"]})
    matching.inviting.start(listed.id)
    house.settle()

    assert launched(house, programme).results == {"done": 4}


def test_a_list_is_an_audience_too(house: MatchingHouse, programme: Programme) -> None:
    campaign = launched(house, programme, "anna@example.org", "Cleo", "nobody", "Anna")

    assert (campaign.size, campaign.asked) == (2, 2)
    assert states(house, programme).keys() == {ANNA, CLEO}


def test_the_silent_are_reminded_once_and_nobody_else(house: MatchingHouse, programme: Programme) -> None:
    campaign = launched(house, programme, remind_days=5)
    matching = house.matching
    applied(house, programme, ANNA, "")
    matching.applications.withdraw(application_id(programme.id, BEN, Role.MENTOR))
    matching.applications.write(programme.id, CLEO, Role.MENTOR, {})

    house.pass_time(days=4)
    before = codes_told(house, "reminder")
    house.pass_time(days=2)
    house.pass_time(days=30)

    assert before == []
    assert codes_told(house, "reminder") == [channel_code(campaign.code, Channel.REMINDER)]
    assert matching.campaigns.get(campaign.id).reminded == 1


def test_nobody_is_reminded_of_what_takes_no_applications_any_more(house: MatchingHouse, programme: Programme) -> None:
    launched(house, programme, "anna@example.org", remind_days=5)
    house.matching.programmes.change(programme.id, {"always_on": False, "applications_until": "2027-03-02"}, None)

    house.pass_time(days=6)

    assert codes_told(house, "reminder") == []


def test_an_ended_campaign_reminds_nobody_and_its_links_still_count(house: MatchingHouse, programme: Programme) -> None:
    campaign = launched(house, programme, "anna@example.org")
    house.matching.campaigns.end(campaign.id)

    house.pass_time(days=30)
    applied(house, programme, CLEO, f"{campaign.code}-p")

    assert codes_told(house, "reminder") == []
    assert brought(house, campaign)[Channel.POSTER][Step.APPLIED] == 1


@pytest.mark.feature("A8")
def test_applications_matches_and_completions_are_told_for_each_code(house: MatchingHouse,
                                                                     programme: Programme) -> None:
    campaign = launched(house, programme, "anna@example.org")
    other = drafted(house, programme, "ben@example.org")
    ids = [applied(house, programme, who, f"{campaign.code.lower()}-{letter}")
           for who, letter in ((ANNA, "m"), (BEN, "p"), (CLEO, "p"))]
    mentee = applied(house, programme, DORA, f"{campaign.code}-b", Role.MENTEE)
    decided(house, programme, [*ids[:2], mentee])
    house.a_published_run(programme)
    house.pass_gates(house.pairs(programme)[0])
    seen = brought(house, campaign)
    house.pass_time(days=400)
    house.pass_time(days=40)
    completed = brought(house, campaign)

    assert [seen[Channel.POSTER][step] for step in (Step.APPLIED, Step.APPROVED)] == [2, 1]
    assert [seen[Channel.MAIL][step] for step in (Step.APPLIED, Step.APPROVED)] == [1, 1]
    assert sum(one[Step.MATCHED] for one in seen.values()) == 1
    assert sum(one[Step.COMPLETED] for one in completed.values()) == 1
    assert not any(count for one in brought(house, other).values() for count in one.values())
    assert codes_told(house, "application-submitted").count(f"{campaign.code}-p") == 2


def brought(house: MatchingHouse, campaign: Campaign) -> dict[Channel, dict[Step, int]]:
    return {one.channel: one.steps for one in house.matching.campaigns.report(campaign.id)}


def test_the_first_code_counts_and_a_strange_one_is_no_reason_to_refuse(house: MatchingHouse,
                                                                        programme: Programme) -> None:
    campaign, elsewhere = drafted(house, programme, "Anna"), drafted(house, house.a_programme(), "Anna")
    matching = house.matching
    for text in (f"{campaign.code}P", f"{campaign.code.lower()} p", f" {campaign.code} - p "):
        assert read_code(text) == f"{campaign.code}-p"
    for text in ("", "nonsense", f"{elsewhere.code}-m", f"{campaign.code}-z", "ZZZZZZZ-m", campaign.code):
        assert matching.campaigns.code(programme.id, text) == ""
        matching.applications.write(programme.id, ANNA, Role.MENTOR, OFFERED, "")

    application = applied(house, programme, ANNA, f"{campaign.code}-p")
    with pytest.raises(WrongState):
        applied(house, programme, ANNA, f"{campaign.code}-m")
    matching.applications.withdraw(application)
    again = applied(house, programme, ANNA, f"{campaign.code}-b")

    assert codes_told(house, "application-submitted") == [f"{campaign.code}-p", f"{campaign.code}-b"]
    assert matching.applications.get(again).campaign_code == f"{campaign.code}-b"
    assert brought(house, campaign)[Channel.POSTER][Step.APPLIED] == 1
    assert brought(house, campaign)[Channel.BRIEFING][Step.APPLIED] == 0


def test_codes_are_short_plain_and_apart() -> None:
    codes = {code_of(str(number)) for number in range(5_000)}

    assert len(codes) == 5_000
    assert all(read_code(f" {code.lower()}-M ") == f"{code}-m" for code in codes)


def test_what_makes_no_sense_is_refused(house: MatchingHouse, programme: Programme) -> None:
    campaigns = house.matching.campaigns
    for wrong in (Wanted(name=" ", role=Role.MENTOR, audience=Audience()),
                  Wanted(name="x", role=Role.MENTOR, audience=Audience(), remind_days=61)):
        with pytest.raises(BadCampaign):
            campaigns.draft(programme.id, wrong)
    with pytest.raises(BadCampaign):
        drafted(house, programme, "nobody")
    with pytest.raises(BadCampaign):
        drafted(house, programme, "Anna", departments=("Sales",))
    with pytest.raises(NobodyToAsk):
        campaigns.launch(drafted(house, programme, grades=("lead",)).id)
    uncounted = campaigns.draft(programme.id, Wanted(name="x", role=Role.MENTOR, audience=Audience()))
    with pytest.raises(NobodyToAsk):
        campaigns.launch(uncounted.id)


def test_nobody_is_asked_where_no_applications_are_taken(house: MatchingHouse, programme: Programme) -> None:
    campaign = drafted(house, programme)
    house.matching.programmes.change(
        programme.id, {"always_on": False, "applications_until": "2027-02-01"}, None)

    with pytest.raises(NoApplications):
        house.matching.campaigns.launch(campaign.id)
    house.clock.set(house.clock.now() + timedelta(days=500))
    house.settle()
    house.pass_time(days=40)
    assert house.matching.campaigns.get(campaign.id).state is CampaignState.ENDED


@pytest.mark.slow
@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("days", [0, 8])
def test_a_campaign_that_is_over_asks_nobody_more_and_counts_whom_it_reached_in_the_chunk_in_hand(
        house: MatchingHouse, programme: Programme, *, ended: bool, days: int) -> None:
    matching = house.matching
    campaign = drafted(house, programme)
    matching.campaigns.launch(campaign.id)
    if days:
        house.settle()
    house.clock.set(house.clock.now() + timedelta(days=days))
    assert killed_after(house, 2, matching.campaigns.store)
    if ended:
        matching.campaigns.end(campaign.id)
    else:
        matching.programmes.store.change(programme.id, lambda one: one.on_end(house.clock.now()))
    revived(house)

    done, asked = matching.campaigns.get(campaign.id), house.told(PARTICIPANTS.name)
    assert (done.asked, done.reminded) == (asked.count("applicant-invited"), asked.count("invitation-reminder-due"))
    assert (done.asked, done.reminded) == ((4, 1) if days else (2, 0))
    assert (done.walk, "some" in done.timers) == (Walk.NOTHING, False)


def test_a_campaign_that_is_ended_while_it_asks_counts_whom_it_asked_once(house: MatchingHouse,
                                                                          programme: Programme) -> None:
    campaigns, now = house.matching.campaigns, house.clock.now()
    job = campaigns.launch(drafted(house, programme).id)
    campaigns.end(job.id)

    for _ in range(2):
        campaigns.store.change(job.id, lambda one: one.move_on(Walk.ASK, "", "", ["done"] * 3, now))
    house.settle()

    ended = campaigns.get(job.id)
    assert (ended.asked, ended.walk, ended.timers) == (3, Walk.NOTHING, {})


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 8))
def test_a_campaign_killed_after_any_write_asks_and_reminds_everybody_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    programme = inhabited(house)
    campaign = drafted(house, programme, remind_days=1)
    house.matching.campaigns.launch(campaign.id)
    stores = (house.matching.campaigns.store,)

    was_asking = killed_after(house, writes, *stores)
    revived(house)
    house.clock.set(house.clock.now() + timedelta(days=2))
    was_reminding = killed_after(house, writes, *stores)
    revived(house)

    assert (was_asking, was_reminding) == (writes <= 5, writes <= 6)
    done = house.matching.campaigns.get(campaign.id)
    assert (done.asked, done.reminded, done.walk) == (4, 4, Walk.NOTHING)
    assert house.told(PARTICIPANTS.name) == ["applicant-invited"] * 4 + ["invitation-reminder-due"] * 4
    house.close()
