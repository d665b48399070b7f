"""Winning people: nominated or invited from a list, each once, whatever is killed meanwhile."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.matching.application.around import CannotApply, NotHere
from services.matching.contracts.applications import ApplicationState
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.domain.application import WAITING, Application
from services.matching.domain.directory import Details
from services.matching.domain.invitation import (
    AppliedBefore,
    AppliesAlready,
    AskedAlready,
    BadList,
    Invitation,
    InvitationStarted,
    InvitationState,
    Step,
)
from services.matching.domain.participant import application_id
from services.matching.domain.person import Person, person_id
from services.matching.domain.programme import NoApplications, NotOpen, Programme
from services.matching.domain.verdict import DeclineReason, Outcome
from shared.store.documents import Documents
from tests.unit.matching.house import MENTORS, MONDAY, MatchingHouse
from tests.unit.matching.mortal import killed_after, revived
from tests.unit.matching.test_applications import ANNA, BEN, WANTED, an_application, decided, people


@pytest.fixture
def programme(house: MatchingHouse) -> Programme:
    people(house, "anna", "ben")
    return house.a_programme()


class Counted:
    """Documents that note each read."""

    def __init__(self, documents: Documents, reads: list[str]) -> None:
        self._documents, self._reads = documents, reads

    def __getattr__(self, name: str) -> Any:
        if name in ("get", "get_many", "find", "count"):
            self._reads.append(name)
        return getattr(self._documents, name)


def asked(house: MatchingHouse, programme: Programme, *lines: str, step: Step = Step.INVITE,
          role: Role = Role.MENTEE) -> Invitation:
    job = house.matching.inviting.check(programme.id, step, {role: list(lines)})
    house.matching.inviting.start(job.id)
    house.settle()
    return house.matching.inviting.get(job.id)


def one(house: MatchingHouse, programme: Programme, who: str = ANNA, role: Role = Role.MENTEE) -> Application:
    return house.matching.applications.get(application_id(programme.id, who, role))


def test_a_list_is_read_by_address_or_name_and_says_which_lines_mean_nobody(
        house: MatchingHouse, programme: Programme) -> None:
    lines = ["Anna@Example.org", "", "Ben", "ben@example.org", "nobody@example.org", "anna"]

    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: lines, Role.MENTOR: ["Anna"]})

    assert [(entry.role, entry.person_id) for entry in job.entries] == [
        (Role.MENTEE, ANNA), (Role.MENTEE, BEN), (Role.MENTOR, ANNA)]
    assert [(line.role, line.line, line.code) for line in job.unread] == [
        (Role.MENTEE, 5, "unknown"), (Role.MENTEE, 6, "unknown")]
    assert "nobody@" not in str(vars(job))
    assert house.told(PARTICIPANTS.name) == []
    assert house.matching.applications.of_person(ANNA) == []


def test_a_long_list_is_checked_with_few_reads(house: MatchingHouse, programme: Programme,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"p{number}" for number in range(450)]
    house.matching.people.store.add_many([
        Person.add(name, Details(name=name, email="", language="en", time_zone="Europe/Berlin"), MONDAY)
        for name in names])
    asked(house, programme, "p7")
    reads: list[str] = []
    for store in (house.matching.people.store, house.matching.applications.store, house.matching.participants.store):
        monkeypatch.setattr(store, "documents", Counted(store.documents, reads))

    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: names})

    assert {entry.person_id: entry.doubt for entry in job.entries if entry.doubt} == {person_id("p7"): "asked-already"}
    assert job.ready == 449
    assert len(reads) < 30


def test_several_people_of_one_name_are_none(house: MatchingHouse, programme: Programme) -> None:
    house.bring(programme, Role.MENTOR, [{"id": "anna2", "name": "Anna", "email": "anna2@example.org"}])

    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["Anna"]})

    assert [line.code for line in job.unread] == ["ambiguous"]


def test_a_name_of_many_is_never_taken_for_that_of_one(house: MatchingHouse, programme: Programme) -> None:
    names = [*("Ann" for _ in range(300)), *("Bo" for _ in range(300))]
    house.matching.people.store.add_many([
        Person.add(f"n{number}", Details(name=name, email="", language="en", time_zone="Europe/Berlin"), MONDAY)
        for number, name in enumerate(names)])
    for one in list(house.matching.people.store.each({"details.name": "Ann"})):
        house.matching.people.leave(one.id)

    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["Ann", "Ben", "Bo"]})

    assert [entry.person_id for entry in job.entries] == [BEN]
    assert [(line.line, line.code) for line in job.unread] == [(1, "unknown"), (3, "ambiguous")]


def test_an_address_means_its_person_however_its_letters_are_written(house: MatchingHouse,
                                                                     programme: Programme) -> None:
    people, details = house.matching.people, Details(name="Uma", email="Uma.Roy@Example.org", language="en",
                                                     time_zone="Europe/Berlin")
    uma = people.store.add(Person.add("uma", details, MONDAY))
    people.store.change(uma.id, lambda one: one.change(replace(details, email="Uma.Rao@Example.org"), MONDAY))

    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: [
        "uma.rao@example.org", "UMA.RAO@EXAMPLE.ORG", "uma.roy@example.org"]})

    assert [entry.person_id for entry in job.entries] == [uma.id]
    assert [(line.line, line.code) for line in job.unread] == [(3, "unknown")]
    people.leave(uma.id)
    assert people.store.change(uma.id, lambda one: one.erase("nobody", MONDAY)).address == ""
    assert people.called(["", "–"]) == {"": [], "–": []}


def test_whoever_is_nominated_is_invited_later_applies_and_is_told_once_each(
        house: MatchingHouse, programme: Programme) -> None:
    nominated = asked(house, programme, "anna@example.org", step=Step.NOMINATE)
    before = one(house, programme).state
    invited = asked(house, programme, "anna@example.org")
    application = an_application(house, programme)

    assert (nominated.results, invited.results, before) == (("done",), ("done",), ApplicationState.NOMINATED)
    assert one(house, programme).state is ApplicationState.SUBMITTED
    assert one(house, programme).invited_at == house.clock.now()
    assert house.told(PARTICIPANTS.name) == ["applicant-nominated", "applicant-invited", "application-submitted"]
    assert [two.id for two in house.matching.applications.invited(programme.id, 50, None).items] == [application]


def test_nobody_is_asked_twice_nor_who_applied_or_takes_part(house: MatchingHouse, programme: Programme) -> None:
    an_application(house, programme, BEN)
    house.bring(programme, Role.MENTEE, [{"id": "e9", "name": "Eno", "email": "eno@example.org"}])
    asked(house, programme, "anna@example.org")

    lines = ["anna@example.org", "ben@example.org", "eno@example.org"]
    checked = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: lines})
    again = asked(house, programme, *lines)

    codes = (AskedAlready.code, AppliesAlready.code, CannotApply.code)
    assert (tuple(entry.doubt for entry in checked.entries), checked.ready) == (codes, 0)
    assert (again.results, again.done) == (codes, 0)
    assert house.told(PARTICIPANTS.name).count("applicant-invited") == 1


@pytest.mark.parametrize("step", Step)
def test_a_draft_that_was_just_begun_is_not_taken_for_nothing(house: MatchingHouse, programme: Programme,
                                                              step: Step) -> None:
    house.matching.applications.write(programme.id, ANNA, Role.MENTEE, WANTED)

    checked = house.matching.inviting.check(programme.id, step, {Role.MENTEE: ["anna@example.org"]})
    refused = asked(house, programme, "anna@example.org", step=step)

    assert ([entry.doubt for entry in checked.entries], refused.results) == (
        [AppliesAlready.code], (AppliesAlready.code,))
    assert one(house, programme).state is ApplicationState.DRAFT


def test_whoever_withdrew_may_be_invited_anew_and_may_say_no(house: MatchingHouse, programme: Programme) -> None:
    asked(house, programme, "anna@example.org")
    house.matching.applications.withdraw(one(house, programme).id)
    again = asked(house, programme, "anna@example.org")

    assert again.results == ("done",)
    assert house.told(PARTICIPANTS.name) == ["applicant-invited", "application-withdrawn", "applicant-invited"]


@pytest.mark.parametrize("how", ["declined", "withdrawn", "said no", "given up"])
def test_nobody_who_applied_before_is_only_had_in_mind_and_an_invitation_stays_possible(
        house: MatchingHouse, programme: Programme, how: str) -> None:
    applications, lines = house.matching.applications, ["anna@example.org"]
    if how == "said no":
        asked(house, programme, *lines)
    elif how == "given up":
        applications.write(programme.id, ANNA, Role.MENTEE, WANTED)
    else:
        an_application(house, programme)
    if how == "declined":
        decided(house, programme, [one(house, programme).id], Outcome.DECLINE, reason=DeclineReason.TOO_LATE)
    else:
        applications.withdraw(one(house, programme).id)
    before = one(house, programme)
    checked = house.matching.inviting.check(programme.id, Step.NOMINATE, {Role.MENTEE: lines})
    refused = asked(house, programme, *lines, step=Step.NOMINATE)
    after = one(house, programme)

    assert ([entry.doubt for entry in checked.entries], refused.results) == (
        [AppliedBefore.code], (AppliedBefore.code,))
    assert (after.state, after.submitted_at, after.verdict) == (before.state, before.submitted_at, before.verdict)
    assert asked(house, programme, *lines).results == ("done",)


def test_whoever_left_while_they_were_had_in_mind_may_be_had_in_mind_again(house: MatchingHouse,
                                                                           programme: Programme) -> None:
    asked(house, programme, "anna@example.org", step=Step.NOMINATE)
    house.matching.applications.end(ANNA)

    assert one(house, programme).unheard_of
    assert asked(house, programme, "anna@example.org", step=Step.NOMINATE).results == ("done",)


def test_a_draft_that_an_invited_person_gives_up_is_told(house: MatchingHouse, programme: Programme) -> None:
    asked(house, programme, "anna@example.org")
    house.matching.applications.write(programme.id, ANNA, Role.MENTEE, WANTED)
    house.matching.applications.withdraw(one(house, programme).id)
    house.settle()

    assert house.told(PARTICIPANTS.name) == ["applicant-invited", "application-withdrawn"]


def test_who_leaves_the_organisation_is_not_asked_any_more(house: MatchingHouse, programme: Programme) -> None:
    asked(house, programme, "anna@example.org")
    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["ben@example.org"]})
    house.matching.people.leave(ANNA)
    house.matching.people.leave(BEN)
    house.matching.inviting.start(job.id)
    house.settle()

    assert one(house, programme).state is ApplicationState.WITHDRAWN
    assert house.matching.inviting.get(job.id).results == (NotHere.code,)


def test_a_list_is_refused_where_it_makes_no_sense(house: MatchingHouse, programme: Programme) -> None:
    inviting = house.matching.inviting
    with pytest.raises(BadList):
        inviting.check(programme.id, Step.INVITE, {Role.MENTEE: []})
    with pytest.raises(BadList):
        inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["a"] * 2_001})
    with pytest.raises(BadList):
        inviting.start(inviting.check(programme.id, Step.INVITE, {Role.MENTEE: ["nobody"]}).id)
    with pytest.raises(InvitationStarted):
        inviting.start(asked(house, programme, "anna@example.org").id)


def test_nobody_is_invited_to_what_takes_no_applications(house: MatchingHouse, programme: Programme) -> None:
    names = {Role.MENTEE: ["anna@example.org"]}
    job = house.matching.inviting.check(programme.id, Step.INVITE, names)
    house.matching.programmes.change(programme.id, {"applications_until": "2027-02-01"}, None)

    with pytest.raises(NoApplications):
        house.matching.inviting.start(job.id)
    with pytest.raises(NoApplications):
        house.matching.inviting.check(programme.id, Step.INVITE, names)
    assert house.matching.inviting.check(programme.id, Step.NOMINATE, names).ready == 1
    house.pass_time(days=400)
    with pytest.raises(NotOpen):
        house.matching.inviting.check(programme.id, Step.NOMINATE, names)


@pytest.mark.parametrize(("step", "code"), [(Step.INVITE, NoApplications.code), (Step.NOMINATE, NotOpen.code)])
def test_a_list_that_was_started_asks_nobody_once_the_programme_takes_nobody(
        house: MatchingHouse, programme: Programme, step: Step, code: str) -> None:
    inviting = house.matching.inviting
    job = inviting.check(programme.id, step, {Role.MENTEE: ["anna@example.org", "ben@example.org"]})
    inviting.start(job.id)
    fresh = Application.begin(programme.id, ANNA, Role.MENTEE)
    inviting.ask(fresh, step, by=job.id)  # and killed before it was noted
    house.matching.programmes.store.change(programme.id, lambda one: one.on_end(house.clock.now()))

    house.settle()

    assert inviting.get(job.id).results == ("done", code)
    assert house.matching.applications.of_person(BEN) == []


@pytest.mark.slow
@pytest.mark.parametrize("writes", [1, 2, 3, 99])
def test_who_had_not_applied_when_a_programme_closes_hears_nothing_and_nothing_waits_for_them(
        tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    people(house, "anna", "ben", "cleo", "dora")
    programme = house.a_programme()
    asked(house, programme, "anna@example.org", step=Step.NOMINATE)
    asked(house, programme, "ben@example.org")
    house.matching.applications.write(programme.id, person_id("cleo"), Role.MENTEE, WANTED)
    an_application(house, programme, person_id("dora"))
    ends = date.fromisoformat(programme.plan.ends_on) - house.clock.now().date()
    house.pass_time(days=ends.days + 1)
    told = house.told(PARTICIPANTS.name)

    house.clock.set(house.clock.now() + timedelta(days=28))
    killed_after(house, writes)
    revived(house)

    found = {who: one(house, programme, person_id(who)) for who in ("anna", "ben", "cleo", "dora")}
    assert [found[who].state.value for who in found] == ["withdrawn", "withdrawn", "withdrawn", "declined"]
    assert [found[who].unheard_of for who in found] == [True, False, False, False]
    assert house.told(PARTICIPANTS.name) == [*told, "application-declined"]
    assert not house.matching.applications.store.count({"state": {"$in": [*WAITING]}})
    house.close()


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 8))
def test_a_list_killed_after_any_write_asks_everybody_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    people(house, *(row["id"] for row in MENTORS), "anna")
    programme = house.a_programme()
    lines = [f"{row['id']}@example.org" for row in MENTORS] + ["anna@example.org"]
    job = house.matching.inviting.check(programme.id, Step.INVITE, {Role.MENTOR: lines})
    house.matching.inviting.start(job.id)

    was_killed = killed_after(house, writes)
    revived(house)

    done = house.matching.inviting.get(job.id)
    assert was_killed == (writes <= len(lines) + 1)
    assert (done.state, done.done) == (InvitationState.DONE, len(lines))
    assert house.told(PARTICIPANTS.name) == ["applicant-invited"] * len(lines)
    assert one(house, programme, person_id("m1"), Role.MENTOR).state is ApplicationState.INVITED
    house.close()
