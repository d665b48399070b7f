"""Directory files over HTTP, and from the command line on a schedule."""

import io
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.matching.contracts.people import PEOPLE
from services.matching.entrypoints.directory_command import LEFT_OUT, MANY_LEAVE, REFUSED, directory
from shared.web.tokens import TokenIssuer
from tests.unit.matching.house import MatchingHouse, as_csv
from tests.unit.matching.test_directory_files import STAFF, Rows, applied, erased, person
from tests.unit.matching.test_http import As
from tests.unit.matching.test_http import as_ as as_
from tests.unit.surveys.calling import KEY, Caller


def sent(caller: Caller, rows: Rows, extent: str = "full", **more: Any) -> Any:
    token = TokenIssuer(KEY).mint(caller.person_id or "", person_id=caller.person_id, roles=caller.roles)
    return caller.app.test_client().post(
        "/v1/directory/files", headers={"Authorization": f"Bearer {token}"},
        data={"extent": extent, "file": (io.BytesIO(as_csv(rows)), "people.csv"), **more})


@pytest.mark.feature("O3")
def test_hr_uploads_looks_at_the_difference_and_applies_it(house: MatchingHouse, as_: As) -> None:
    applied(house, STAFF)
    hr = as_("hanna", "hr")
    place = sent(hr, [*STAFF[2:], {**STAFF[1], "department": "Finance"}]).headers["Location"].removeprefix("/v1")
    house.settle()

    file, lines = hr.get(place).json, hr.get(f"{place}/lines?kind=changed").json["items"]
    begun = [hr("POST", f"{place}/application", {}).status_code for _ in range(2)]
    house.settle()
    done = hr.get(place).json

    assert file["difference"] == {"leaving": 1, "back": 0, "new": 0, "changed": 1, "refused": 0, "unchanged": 10}
    assert (file["state"], file["changes"], file["brought_by"]) == ("checked", 2, "hr")
    assert [(one["line"], one["name"], one["fields"]) for one in lines] == [(12, "Person 1", ["department"])]
    assert begun == [202, 409]
    assert (done["state"], done["results"]) == ("done", file["difference"])
    assert [one["state"] for one in hr.get("/directory/files").json["items"]] == ["done", "done"]


@pytest.mark.feature("O3")
def test_many_leave_only_by_their_number(house: MatchingHouse, as_: As) -> None:
    applied(house, STAFF)
    office = as_("ophelia", "programme-office")
    place = sent(office, STAFF[:6]).headers["Location"].removeprefix("/v1")
    house.settle()

    answers = [office("POST", f"{place}/application", body) for body in ({}, {"leaving": 5}, {"leaving": 6})]

    assert [one.status_code for one in answers] == [409, 409, 202]
    assert answers[0].json["code"] == "many-would-leave"


def test_columns_are_said_where_headings_do_not(house: MatchingHouse, as_: As) -> None:
    hr, rows = as_("hanna", "hr"), [{"Nr": "7", "name": "Ada", "email": "ada@example.org"}]

    said = sent(hr, rows, "partial", column=["id=Nr"])
    wrong = [sent(hr, rows, "partial", column=column) for column in (["id"], ["id=Nothing"], ["shoe=Nr"])]

    assert said.json["mapping"] == {"id": "Nr", "name": "name", "email": "email"}
    assert [one.status_code for one in (said, *wrong)] == [202, 422, 422, 422]
    assert sent(hr, rows, "half").status_code == 422


def test_a_file_is_discarded_and_its_rows_are_gone(house: MatchingHouse, as_: As) -> None:
    hr = as_("hanna", "hr")
    place = sent(hr, STAFF).headers["Location"].removeprefix("/v1")
    house.settle()

    begun = hr("POST", f"{place}/cancellation")
    house.settle()

    assert (begun.status_code, hr.get(place).json["state"]) == (202, "discarded")
    assert [chunk.rows for chunk in house.matching.directory_files.chunks.each({})] == [[]]


def test_the_directory_is_for_hr_and_the_office(as_: As, house: MatchingHouse) -> None:
    place = sent(as_("hanna", "hr"), STAFF).headers["Location"].removeprefix("/v1")
    house.settle()
    carla = as_("carla")

    refused = [sent(carla, STAFF), carla.get("/directory/files"), carla.get(place), carla.get(f"{place}/lines"),
               carla("POST", f"{place}/application", {}), carla("POST", f"{place}/cancellation")]

    assert {one.status_code for one in refused} <= {403, 404}


def synced(house: MatchingHouse, rows: Rows, *options: str) -> Result:
    done = CliRunner().invoke(directory(lambda: house.matching), ["sync", "-", *options], input=as_csv(rows))
    house.settle()
    return done


@pytest.mark.feature("O3")
def test_a_scheduled_file_changes_people_once_and_says_no_names(house: MatchingHouse) -> None:
    tried, first, again = (synced(house, STAFF, "--full", *more) for more in (["--dry-run"], [], []))

    assert [one.exit_code for one in (tried, first, again)] == [0, 0, 0]
    assert "0 leaving, 0 back, 12 new" in tried.output
    assert "done: 0 leaving, 0 back, 12 new" in first.output
    assert again.output.endswith("done: 0 leaving, 0 back, 0 new, 0 changed, 0 refused, 12 unchanged\n")
    assert "Person" not in first.output
    assert "@" not in first.output
    assert house.told(PEOPLE.name) == ["person-added"] * 12


@pytest.mark.feature("O3")
def test_a_scheduled_file_ends_with_what_came_of_it(house: MatchingHouse) -> None:
    applied(house, STAFF)
    erased(house, "p11")

    ends = [synced(house, STAFF[:2], "--full"), synced(house, STAFF[:10], "--full", "--leaving", "1"),
            synced(house, STAFF[2:], "--dry-run"), synced(house, [{"team": "x"}])]

    assert [one.exit_code for one in ends] == [MANY_LEAVE, 0, LEFT_OUT, REFUSED]
    assert "9 of 11 people would leave" in ends[0].output
    assert person(house, "p10").has_left
    assert "missing-column" in ends[3].output
    assert not house.matching.people.store.count({"state": "left", "details.name": "Person 9"})
