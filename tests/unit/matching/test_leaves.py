"""Leaves of two sources, the directory's entry and days that HR or a file names: neither ends the other, or brings it
back."""

from typing import Any

import pytest

from services.matching.application.directory_files import Uploaded
from services.matching.contracts.hr_changes import HrLeaveBegun, HrLeaveEnded
from services.matching.contracts.pairs import PairState
from services.matching.contracts.people import PersonState
from services.matching.domain.directory_file import FileState
from services.matching.domain.pair import Pair
from services.matching.domain.person import person_id
from tests.unit.matching.house import MatchingHouse
from tests.unit.matching.scim import CORE, ENTERPRISE, OWN, ScimCaller
from tests.unit.matching.test_moves import an_active_pair

AWAY = HrLeaveBegun(directory_id="m1", starts_on="2027-03-02", ends_on="2027-03-10")
MIA = {"schemas": [CORE, ENTERPRISE], "userName": "m1", "active": True, "displayName": "Mia Torres",
       "emails": [{"value": "mia@example.org", "primary": True}]}
HEAD = b"id,name,email,department"


class Leaves:
    """A pair whose mentor is away, and everybody who may say so."""

    def __init__(self, house: MatchingHouse) -> None:
        self.house, self.scim = house, ScimCaller(house)
        _, self.pair = an_active_pair(house)

    @property
    def mentor(self) -> PersonState:
        return self.house.matching.people.get(self.pair.mentor_id).state

    @property
    def pair_now(self) -> Pair:
        return self.house.matching.pairs.get(self.pair.id)

    def on(self, day: int) -> None:
        self.house.clock.set(self.house.clock.now().replace(month=3, day=day))
        self.house.settle()

    def patch(self, path: str, value: Any) -> None:
        answer = self.scim.patch(self.pair.mentor_id, {"op": "Replace", "path": path, "value": value})
        assert answer.status_code in (200, 204)
        self.house.settle()

    def file(self, data: bytes) -> str:
        files = self.house.matching.directory_files
        file = files.check(Uploaded(data=data, full=False, mapping={}))
        self.house.settle()
        files.apply(file.id, None)
        self.house.settle()
        return str(file.id)


@pytest.fixture
def leaves(house: MatchingHouse) -> Leaves:
    return Leaves(house)


@pytest.mark.feature("O8")
def test_a_leave_that_hr_told_does_not_come_back_by_the_directorys_next_patch(leaves: Leaves) -> None:
    leaves.house.tell(AWAY)
    leaves.on(3)
    leaves.patch(f"{ENTERPRISE}:department", "Research")
    during = leaves.mentor
    leaves.on(12)

    leaves.patch(f"{ENTERPRISE}:department", "Sales")

    assert (during, leaves.mentor, leaves.pair_now.state) == (
        PersonState.ON_LEAVE, PersonState.ACTIVE, PairState.ACTIVE)


@pytest.mark.feature("O8")
@pytest.mark.parametrize("said", [{}, {OWN: {"onLeave": False}}], ids=["silent", "here"])
def test_a_directory_that_knows_nothing_of_a_leave_does_not_end_it(leaves: Leaves, said: dict[str, Any]) -> None:
    leaves.house.tell(AWAY)
    leaves.on(3)

    answer = leaves.scim("PUT", f"/Users/{leaves.pair.mentor_id}", {**MIA, **said})
    leaves.house.settle()

    assert answer.status_code == 200
    assert (leaves.mentor, leaves.pair_now.state) == (PersonState.ON_LEAVE, PairState.PAUSED)


@pytest.mark.feature("O8")
def test_a_leave_of_the_directory_outlasts_the_days_that_hr_named(leaves: Leaves) -> None:
    leaves.house.tell(AWAY)
    leaves.patch(f"{OWN}:onLeave", "True")
    leaves.on(12)
    still = leaves.mentor

    leaves.patch(f"{OWN}:onLeave", "False")

    assert (still, leaves.mentor) == (PersonState.ON_LEAVE, PersonState.ACTIVE)


@pytest.mark.feature("O8")
def test_who_is_back_early_is_back_for_good(leaves: Leaves) -> None:
    leaves.house.tell(AWAY)
    leaves.on(3)
    leaves.patch(f"{ENTERPRISE}:department", "Research")
    leaves.on(5)
    leaves.house.tell(HrLeaveEnded(directory_id="m1", back_on="2027-03-05"))

    leaves.patch(f"{ENTERPRISE}:department", "Sales")

    assert leaves.mentor is PersonState.ACTIVE


@pytest.mark.feature("O8")
def test_a_file_without_leaves_neither_ends_one_nor_brings_it_back(leaves: Leaves) -> None:
    line = HEAD + b"\nm1,Mia Torres,mia@example.org,"
    leaves.house.tell(AWAY)
    leaves.on(3)
    leaves.file(line + b"Research\n")
    during = leaves.mentor
    leaves.on(12)

    leaves.file(line + b"Sales\n")

    assert (during, leaves.mentor) == (PersonState.ON_LEAVE, PersonState.ACTIVE)


@pytest.mark.feature("O8")
def test_a_file_that_knows_of_no_leave_does_not_end_that_of_the_directory(leaves: Leaves) -> None:
    leaves.patch(f"{OWN}:onLeave", "True")

    file_id = leaves.file(HEAD + b",leave_from\nm1,Mia Torres,mia@example.org,Sales,\n")

    assert leaves.mentor is PersonState.ON_LEAVE
    assert leaves.house.matching.directory_files.get(file_id).results["changed"] == 0


@pytest.mark.feature("O8")
@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "9999-01-01"])
def test_a_day_that_never_comes_is_until_further_notice(leaves: Leaves, day: str) -> None:
    leaves.house.tell(HrLeaveBegun(directory_id="m1", starts_on="2027-03-01", ends_on=day))
    assert (leaves.mentor, leaves.pair_now.state) == (PersonState.ON_LEAVE, PairState.PAUSED)

    leaves.on(30)
    assert leaves.mentor is PersonState.ON_LEAVE

    leaves.house.tell(HrLeaveEnded(directory_id="m1", back_on="2027-03-30"))
    assert (leaves.mentor, leaves.pair_now.state) == (PersonState.ACTIVE, PairState.ACTIVE)


@pytest.mark.feature("O8")
def test_days_of_no_calendar_end_and_begin_nothing(leaves: Leaves) -> None:
    for news in (HrLeaveBegun(directory_id="m1", starts_on="0001-01-01", ends_on="0001-01-01"),
                 HrLeaveBegun(directory_id="m1", starts_on="9999-12-31"),
                 HrLeaveEnded(directory_id="m1", back_on="0001-01-01")):
        leaves.house.tell(news)

    assert (leaves.mentor, leaves.pair_now.state) == (PersonState.ACTIVE, PairState.ACTIVE)


@pytest.mark.feature("O8")
def test_a_file_whose_leaves_and_externals_never_end_is_applied(leaves: Leaves) -> None:
    id = leaves.file(b"id,name,email,leave from,leave until,external until,sponsor\n"
                     b"m1,Mia Torres,mia@example.org,2027-03-01,9999-12-31,,\n"
                     b"x1,Xia Guest,xia@example.org,,,9999-12-31,m1\n")

    assert leaves.house.matching.directory_files.get(id).state is FileState.DONE
    assert leaves.mentor is PersonState.ON_LEAVE
    assert leaves.house.matching.people.get(person_id("x1")).state is PersonState.ACTIVE
