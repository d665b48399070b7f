"""Directory files over HTTP, and from the command line on a schedule."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.matching.application import directory_files, directory_walk
from services.matching.contracts.participants import Role
from services.matching.contracts.people import PEOPLE
from services.matching.domain.directory_file import FileState
from services.matching.entrypoints.directory_command import LEFT_OUT, MANY_LEAVE, REFUSED, WAITS, directory
from shared.kernel.clock import iso
from shared.sqlite import documents
from shared.web.tokens import TokenIssuer
from tests.unit.matching.house import MENTEES, MatchingHouse, as_csv
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


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little may wait to be published, of files with many chunks, and nobody waits long."""
    monkeypatch.setattr(documents, "MAX_WAITING", 10)
    monkeypatch.setattr(directory_files, "CHUNK", 2)
    monkeypatch.setattr(directory_walk, "LOOK_AGAIN", 0.01)
    monkeypatch.setattr(directory_walk, "PATIENCE", 0.0)


def sent_alone(house: MatchingHouse) -> Result:
    """By a schedule, and nobody publishes what is told of it."""
    return CliRunner().invoke(directory(lambda: house.matching), ["sync", "-"], input=as_csv(STAFF))


def sent_beside_a_relay(house: MatchingHouse) -> Result:
    """It publishes, and does nothing else."""
    with ThreadPoolExecutor() as beside:
        done = beside.submit(sent_alone, house)
        while not done.done():
            house.worker.relay.step()
    return done.result()


@pytest.mark.feature("O3")
@pytest.mark.usefixtures("narrow")
def test_a_file_that_nobody_publishes_is_cut_off_and_the_same_file_goes_on_with_it(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    first, at_once = sent_alone(house), sent_alone(house)
    there = house.matching.directory.size()
    monkeypatch.setattr(directory_walk, "PATIENCE", 60.0)
    again = sent_beside_a_relay(house)
    house.settle()

    assert (first.exit_code, at_once.exit_code, again.exit_code) == (WAITS, WAITS, 0)
    assert "start the worker, and send the same file again" in at_once.output
    assert (0 < there < 12, house.matching.directory.size()) == (True, 12)
    assert again.output.endswith("done: 0 leaving, 0 back, 0 new, 0 changed, 0 refused, 12 unchanged\n")
    assert house.told(PEOPLE.name) == ["person-added"] * 12


@pytest.mark.feature("O3")
@pytest.mark.usefixtures("narrow")
def test_what_is_cut_off_the_worker_finishes(house: MatchingHouse) -> None:
    sent_alone(house)

    house.settle()

    [file] = house.matching.directory_files.find(10, None).items
    assert (file.state, file.results["new"], file.worked_at) == (FileState.DONE, 12, None)
    assert house.matching.directory.size() == 12


def test_an_import_says_when_somebody_worked_on_it_last(house: MatchingHouse, as_: As) -> None:
    imports, programme, carla = house.matching.imports, house.a_programme(), as_("carla")
    people = [{**MENTEES[0], "id": f"e{number}", "email": f"e{number}@example.org"} for number in range(201)]
    job = imports.check(programme.id, Role.MENTEE, as_csv(people))
    imports.start(job.id)
    imports.ring(job.id, house.clock.now())

    going = carla("GET", f"/imports/{job.id}").json
    house.settle()
    done = carla("GET", f"/imports/{job.id}").json

    assert (going["progress"], going["worked_at"]) == (0.5, iso(house.clock.now()))
    assert (done["state"], done["worked_at"], done["results"]["added"]) == ("done", None, 201)
