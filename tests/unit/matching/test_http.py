"""The API of matching: what routes answer, and to whom."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.matching.contracts.participants import Role
from services.matching.domain.participant import application_id
from services.matching.domain.person import person_id
from shared.web.tokens import TokenIssuer
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse, as_csv
from tests.unit.surveys.calling import KEY, Caller

As = Callable[..., Caller]


@pytest.fixture
def as_(house: MatchingHouse) -> As:
    app = app_of(house)
    return lambda person=None, *roles: Caller(app, person, roles)


@pytest.fixture
def office(as_: As) -> Caller:
    return as_("ophelia", "programme-office")


def upload(caller: Caller, programme_id: str, role: str, data: bytes, **headers: str) -> Any:
    """Always the same bytes for the same file, as a client that sends a request again does."""
    parts = [
        f'name="role"\r\n\r\n{role}'.encode(),
        b'name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n' + data,
    ]
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    token = TokenIssuer(KEY).mint(caller.person_id or "", person_id=caller.person_id, roles=caller.roles)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.app.test_client().post(
        f"/v1/programmes/{programme_id}/imports",
        data=body,
        content_type="multipart/form-data; boundary=edge",
        headers={"Authorization": f"Bearer {token}", **named},
    )


def test_a_programme_goes_from_template_to_published_pairs(house: MatchingHouse, office: Caller) -> None:
    assert {"career-development", "onboarding-buddies", "leadership"} <= {
        one["id"] for one in office("GET", "/templates").json["items"]
    }
    wanted = {"template": "career-development", "name": "Rising", "starts_on": "2027-03-01"}
    made = office("POST", "/programmes", wanted)
    place = f"/programmes/{made.json['id']}"
    office("PATCH", place, {"undo_minutes": 0, "coordinator_ids": ["carla"]}, If_Match="*")
    assert office("POST", f"{place}/opening").json["state"] == "recruiting"
    for role, rows in (("mentor", MENTORS), ("mentee", MENTEES)):
        job = upload(office, made.json["id"], role, as_csv(rows))
        assert (job.status_code, job.json["state"], job.json["mapping"]["email"]) == (201, "checked", "email")
        assert office("POST", f"/imports/{job.json['id']}/start").status_code == 202
    house.settle()

    run = office("POST", f"{place}/runs")
    house.settle()
    proposals = office("GET", f"/runs/{run.json['id']}/proposals").json["items"]
    office("POST", f"/runs/{run.json['id']}/publication")
    house.settle()

    assert all(one["score"] == sum(reason["points"] for reason in one["reasons"]) for one in proposals)
    assert [one["score"] for one in proposals] == sorted((one["score"] for one in proposals), reverse=True)
    assert office("GET", f"/runs/{run.json['id']}").json["state"] == "published"
    summary = office("GET", f"{place}/summary").json
    assert (summary["matched"], summary["match_rate"], summary["free_seats"]) == (3, 1.0, 0)
    assert len(office("GET", f"{place}/pairs?state=awaiting-training").json["items"]) == 3


def test_settings_need_the_version_they_change(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_programme(), as_("carla")
    place = f"/programmes/{programme.id}"

    tag = carla("GET", place).headers["ETag"]
    without = carla("PATCH", place, {"name": "New"})
    first = carla("PATCH", place, {"name": "New"}, If_Match=tag)
    stale = carla("PATCH", place, {"name": "Newer"}, If_Match=tag)

    assert [one.status_code for one in (without, first, stale)] == [428, 200, 412]
    assert carla("GET", place).json["name"] == "New"


@pytest.mark.parametrize(
    "body",
    [
        {"colour": "red"},
        {"undo_minutes": "5"},
        {"starts_on": "soon"},
        {"ends_on": "2020-01-01"},
        {"starts_on": "0001-01-01"},
        {"ends_on": "9999-12-31"},
        {"time_zone": "Mars"},
        {"holiday_calendar": "DE-XX"},
        {"check_in_reminder_days": 30},
        {"gates": ["dancing"]},
        {"rules": {"terms": [{"name": "x"}]}},
        {"name": " "},
    ],
)
def test_wrong_settings_are_refused(house: MatchingHouse, as_: As, body: dict[str, Any]) -> None:
    answer = as_("carla")("PATCH", f"/programmes/{house.a_programme().id}", body, If_Match="*")

    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01"])
def test_a_programme_begins_in_our_time(office: Caller, day: str) -> None:
    answer = office("POST", "/programmes", {"template": "leadership", "name": "L", "starts_on": day})

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/starts_on")


def test_only_the_office_makes_programmes(as_: As) -> None:
    body = {"template": "leadership", "name": "L", "starts_on": "2027-03-01"}

    assert as_("carla")("POST", "/programmes", body).status_code == 403
    assert as_("ophelia", "programme-office")("POST", "/programmes", body).status_code == 201


def everything_of(house: MatchingHouse) -> list[tuple[str, str, Any]]:
    """Every route with an id of one programme, and the same with a wrong id."""
    programme = house.a_full_programme(coordinator="carla")
    run = house.a_published_run(programme)
    pair = house.pairs(programme)[0]
    job = house.bring(programme, Role.MENTOR, MENTORS)
    p, i, r, q = f"/programmes/{programme.id}", f"/imports/{job.id}", f"/runs/{run.id}", f"/pairs/{pair.id}"
    t = f"/participants/{application_id(programme.id, pair.mentor_id, Role.MENTOR)}"
    return [
        ("GET", p, None),
        ("PATCH", p, {"name": "Mine"}),
        ("POST", f"{p}/opening", None),
        ("GET", f"{p}/summary", None),
        ("GET", f"{p}/participants", None),
        ("POST", f"{p}/runs", None),
        ("GET", f"{p}/runs", None),
        ("POST", f"{p}/pairs", {"mentor_id": "a", "mentee_id": "b"}),
        ("GET", f"{p}/pairs", None),
        ("GET", f"{p}/imports", None),
        ("GET", i, None),
        ("PUT", f"{i}/mapping", {"mapping": {}}),
        ("POST", f"{i}/start", None),
        ("GET", r, None),
        ("GET", f"{r}/proposals", None),
        ("GET", f"{r}/unmatched", None),
        ("POST", f"{r}/publication", None),
        ("DELETE", f"{r}/publication", None),
        ("POST", f"{r}/cancellation", None),
        ("GET", q, None),
        ("POST", f"{q}/acceptance", None),
        ("POST", f"{q}/closure", {"reason": "completed"}),
        ("POST", f"{q}/pause", None),
        ("POST", f"{q}/resumption", None),
        ("POST", f"{q}/rematch", None),
        ("GET", f"{q}/timeline", None),
        ("POST", f"{t}/pause", None),
        ("POST", f"{t}/resumption", None),
        ("GET", f"/people/{pair.mentor_id}", None),
        ("POST", f"/people/{pair.mentor_id}/departure", None),
    ]


@pytest.mark.feature("A1")
def test_each_coordinator_gets_404_on_every_id_of_the_others_programme(house: MatchingHouse, as_: As) -> None:
    routes = everything_of(house)
    house.a_programme(coordinator="otto")
    otto = as_("otto")

    for method, path, body in routes:
        foreign = otto(method, path, body, If_Match="*")
        wrong = otto(method, "/".join([*path.split("/")[:2], "nothing", *path.split("/")[3:]]), body, If_Match="*")
        assert foreign.status_code == wrong.status_code == 404, (method, path)
        assert foreign.data == wrong.data, (method, path)


@pytest.mark.feature("A1")
def test_nobody_uploads_into_a_foreign_programme(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme(coordinator="carla")

    assert upload(as_("otto"), programme.id, "mentor", as_csv(MENTORS)).status_code == 404


@pytest.mark.feature("A1")
def test_a_coordinator_sees_the_own_programmes_only(house: MatchingHouse, as_: As) -> None:
    own = house.a_programme(coordinator="otto")
    house.a_programme(coordinator="carla")

    listed = as_("otto")("GET", "/programmes").json["items"]

    assert [one["id"] for one in listed] == [own.id]


def test_without_a_token_every_route_answers_401(house: MatchingHouse, as_: As) -> None:
    app = as_("x").app

    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/v1/") and "openapi" not in rule.rule:
            for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}:
                path = rule.rule.replace("<", "").replace(">", "")
                assert app.test_client().open(path, method=method).status_code == 401, rule.rule


@pytest.mark.feature("C6")
def test_participants_see_their_own_pairs_and_no_proposal(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    run = house.a_proposed_run(programme)
    eva = as_(person_id("e1"))

    assert eva("GET", "/me/pairs").json["items"] == []
    assert eva("GET", f"/runs/{run.id}/proposals").status_code == 404
    house.matching.runs.publish(run.id)
    house.settle()
    [pair] = eva("GET", "/me/pairs").json["items"]
    assert pair["mentee_id"] == person_id("e1")
    assert eva("GET", f"/pairs/{pair['id']}").status_code == 200
    foreign = house.pair_of(programme, "e2")
    assert eva("GET", f"/pairs/{foreign.id}").status_code == 404


@pytest.mark.feature("C6")
def test_a_coordinator_releases_a_run_over_http_and_nobody_else_does(house: MatchingHouse, as_: As) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    house.matching.runs.publish(run.id)
    place = f"/runs/{run.id}/release"

    assert as_("otto")("POST", place).status_code == as_(person_id("e1"))("POST", place).status_code == 404
    first, again = (as_("carla")("POST", place, Idempotency_Key="once") for _ in range(2))
    assert (first.status_code, first.json["state"]) == (202, "publishing")
    assert again.json == first.json
    assert as_("carla")("POST", place, Idempotency_Key="twice").json["code"] == "too-late"


@pytest.mark.feature("C6")
def test_nothing_is_published_undone_or_released_that_was_changed_since_it_was_looked_at(
        house: MatchingHouse, as_: As) -> None:
    run = house.a_proposed_run(house.a_full_programme(undo_minutes=10))
    carla, place = as_("carla"), f"/runs/{run.id}"
    before = carla("GET", place).headers["ETag"]
    [first, *_] = house.matching.runs.proposals(run.id, 1, None).items
    house.matching.runs.swap(run.id, first.id, house.matching.runs.alternatives(run.id, first.id)[0].mentor_id, "carl")

    stale = carla("POST", f"{place}/publication", If_Match=before)
    seen = carla("GET", place).headers["ETag"]
    out = carla("POST", f"{place}/publication", If_Match=seen)
    late = [carla("POST", f"{place}/release", If_Match=seen), carla("DELETE", f"{place}/publication", If_Match=seen)]

    assert [one.status_code for one in (stale, out, *late)] == [412, 202, 412, 412]
    assert carla("DELETE", f"{place}/publication", If_Match=out.headers["ETag"]).json["state"] == "proposed"


def test_people_are_shown_to_those_who_know_them(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    house.a_published_run(programme)
    pair = house.pair_of(programme, "e1")
    ids = "&".join(f"id={person_id(one)}" for one in ("m1", "m2", "e1", "e2"))

    def seen(caller: Caller) -> set[str]:
        return {one["id"] for one in caller("GET", f"/people?{ids}").json["items"]}

    assert seen(as_("carla")) == seen(as_("h", "hr")) == {person_id(one) for one in ("m1", "m2", "e1", "e2")}
    assert seen(as_(person_id("e1"))) == {person_id("e1"), pair.mentor_id}
    assert seen(as_("stranger")) == set()


def test_only_hr_and_the_office_say_that_somebody_left(house: MatchingHouse, as_: As) -> None:
    house.a_full_programme()
    place = f"/people/{person_id('m1')}/departure"

    assert as_("carla")("POST", place).status_code == 404
    assert as_("h", "hr")("POST", place).json["state"] == "left"
    assert as_("h", "hr")("POST", place).status_code == 409


def test_whoever_takes_a_break_is_not_matched(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    place = f"/participants/{application_id(programme.id, person_id('e1'), Role.MENTEE)}"

    paused = as_(person_id("e1"))("POST", f"{place}/pause")
    house.a_published_run(programme)

    assert paused.json["state"] == "paused"
    assert person_id("e1") not in {pair.mentee_id for pair in house.pairs(programme)}
    assert as_("carla")("POST", f"{place}/resumption").json["state"] == "active"
    assert as_("carla")("POST", f"{place}/resumption").status_code == 409


def test_two_agree_to_a_pair_put_together_by_hand(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_full_programme(), as_("carla")
    body = {"mentor_id": person_id("m1"), "mentee_id": person_id("e1")}
    made = carla("POST", f"/programmes/{programme.id}/pairs", body)
    place = f"/pairs/{made.json['id']}"

    first = as_(person_id("m1"))("POST", f"{place}/acceptance")
    twice = as_(person_id("m1"))("POST", f"{place}/acceptance")
    second = as_(person_id("e1"))("POST", f"{place}/acceptance")

    assert (made.status_code, made.json["state"]) == (201, "proposed")
    assert (first.json["state"], twice.status_code, second.json["state"]) == ("accepted", 409, "awaiting-training")
    kinds = [one["kind"] for one in carla("GET", f"{place}/timeline").json["items"]]
    assert kinds == ["pair-proposed", "pair-accepted", "pair-accepted", "pair-created"]


def test_an_acceptance_whose_answer_was_lost_is_answered_again(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    pair = house.matching.pairs.propose(programme.id, person_id("m1"), person_id("e1"), "carla")
    house.matching.pairs.agree(pair.id, person_id("m1"))
    eva = as_(person_id("e1"))

    first = eva("POST", f"/pairs/{pair.id}/acceptance", Idempotency_Key="k")
    again = eva("POST", f"/pairs/{pair.id}/acceptance", Idempotency_Key="k")

    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"


def test_an_upload_sent_twice_is_one_import(house: MatchingHouse, office: Caller) -> None:
    programme = house.a_programme()

    first = upload(office, programme.id, "mentor", as_csv(MENTORS), Idempotency_Key="k")
    again = upload(office, programme.id, "mentor", as_csv(MENTORS), Idempotency_Key="k")

    assert first.status_code == 201
    assert first.json == again.json


def test_the_next_cohort_is_a_draft_of_its_own(house: MatchingHouse, as_: As) -> None:
    last = house.a_full_programme()
    carla, wanted = as_("carla"), {"name": "Rising 2028", "starts_on": "2028-03-01"}

    first, again = (carla("POST", f"/programmes/{last.id}/copies", wanted, Idempotency_Key="k") for _ in range(2))

    assert (first.status_code, again.json) == (201, first.json)
    assert (first.json["state"], first.json["coordinator_ids"], first.json["kind"]) == ("draft", ["carla"], last.kind)
    assert carla("GET", f"/programmes/{last.id}").json["name"] == last.plan.name
    assert carla("POST", f"/programmes/{first.json['id']}/opening").json["state"] == "recruiting"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"starts_on": "soon"}, {"starts_on": "9999-12-31"},
                                   {"template": "leadership"}])
def test_a_copy_with_bad_answers_is_refused(house: MatchingHouse, office: Caller, wrong: dict[str, str]) -> None:
    last = house.a_programme()

    answer = office("POST", f"/programmes/{last.id}/copies", {"name": "Next", "starts_on": "2028-03-01", **wrong})

    assert answer.status_code == 422


def test_a_run_asked_for_twice_is_one_even_when_the_programme_has_closed_since(
    house: MatchingHouse, office: Caller
) -> None:
    programme = house.a_full_programme()
    place = f"/programmes/{programme.id}"

    first = office("POST", f"{place}/runs", {}, Idempotency_Key="k")
    house.matching.programmes.store.change(programme.id, lambda one: one.on_close(house.clock.now()))
    again = office("POST", f"{place}/runs", {}, Idempotency_Key="k")

    assert (first.status_code, again.json) == (202, first.json)


def test_a_pair_proposed_twice_is_one_even_when_a_side_has_left_since(house: MatchingHouse, office: Caller) -> None:
    programme = house.a_full_programme()
    wanted = {"mentor_id": person_id("m1"), "mentee_id": person_id("e1")}

    first = office("POST", f"/programmes/{programme.id}/pairs", wanted, Idempotency_Key="k")
    house.matching.people.leave(person_id("m1"))
    house.settle()
    again = office("POST", f"/programmes/{programme.id}/pairs", wanted, Idempotency_Key="k")

    assert (first.status_code, again.json) == (201, first.json)


@pytest.mark.parametrize("before", [0, 1])
def test_an_erasure_asked_for_twice_is_answered_as_the_first_time(
    house: MatchingHouse, office: Caller, before: int
) -> None:
    house.a_full_programme()
    place = f"/people/{person_id('m1')}/erasure"
    for number in range(before):
        office("POST", place, Idempotency_Key=f"before-{number}")

    first = office("POST", place, Idempotency_Key="k")
    for _ in range(3):
        house.pass_time(seconds=2)
    again = office("POST", place, Idempotency_Key="k")

    assert office("GET", place).json["state"] != first.json["state"]
    assert again.json == first.json


def test_an_import_started_twice_is_answered_as_the_first_time_though_somebody_else_was_forgotten(
    house: MatchingHouse, office: Caller
) -> None:
    house.a_full_programme()
    other = upload(office, house.a_programme().id, "mentor", as_csv([{**MENTORS[0], "id": "z1", "email": "z@z.org"}]))
    place = f"/imports/{other.json['id']}/start"

    first = office("POST", place, Idempotency_Key="k")
    office("POST", f"/people/{person_id('m1')}/erasure")
    for _ in range(4):
        house.pass_time(seconds=2)
    again = office("POST", place, Idempotency_Key="k")

    assert office("GET", f"/people/{person_id('m1')}/erasure").json["state"] == "draining"
    assert (first.status_code, again.json) == (202, first.json)


def test_another_mapping_is_looked_at_anew(house: MatchingHouse, office: Caller) -> None:
    programme = house.a_programme()
    job = upload(office, programme.id, "mentor", b"Wer,Wohin\nMia,mia@example.org\n").json
    place = f"/imports/{job['id']}"

    mapped = office("PUT", f"{place}/mapping", {"mapping": {"name": "Wer", "email": "Wohin"}})
    wrong = office("PUT", f"{place}/mapping", {"mapping": {"name": "Nobody"}})

    assert job["state"] == "refused"
    assert {one["code"] for one in job["errors"]} == {"missing-column"}
    assert (mapped.json["state"], mapped.json["errors"]) == ("checked", [])
    assert wrong.status_code == 422


def test_imports_of_a_programme_are_listed_with_what_came_of_them(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_programme(), as_("carla")
    wrong = [{**MENTORS[0], "email": "no address"}, MENTORS[1]]
    done = upload(as_("ophelia", "programme-office"), programme.id, "mentor", as_csv(wrong)).json["id"]
    carla("POST", f"/imports/{done}/start")
    house.pass_time(minutes=1)
    upload(carla, programme.id, "mentee", b"Wer,Wohin\nMia,mia@example.org\n")

    page = carla("GET", f"/programmes/{programme.id}/imports?limit=1")
    older = carla("GET", page.headers["Link"].split(">")[0].removeprefix("</v1"))

    [refused], [imported] = page.json["items"], older.json["items"]
    assert (refused["state"], refused["brought_by"], refused["rows"], refused["refused"]) == (
        "refused", "coordinator", 1, 1)
    assert (imported["id"], imported["role"], imported["state"]) == (done, "mentor", "done")
    assert (imported["brought_by"], imported["refused"]) == ("programme-office", 1)
    assert imported["results"] == {"added": 1, "changed": 0, "unchanged": 0, "left_out": 1}
    assert "Link" not in older.headers


def test_the_list_of_imports_tells_nothing_of_what_files_hold(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_programme(), as_("carla")
    upload(carla, programme.id, "mentor", as_csv(MENTORS))

    listed = carla("GET", f"/programmes/{programme.id}/imports")

    assert not [word for word in ("Mia", "mia@", "people.csv", "carla") if word in listed.text]
    assert carla("GET", f"/programmes/{programme.id}/imports?after=nowhere").status_code == 422


def test_the_name_of_a_file_which_may_be_somebodys_is_not_kept(house: MatchingHouse, as_: As) -> None:
    programme = house.a_programme()
    brought = upload(as_("carla"), programme.id, "mentor", as_csv(MENTORS))

    shown = as_("carla")("GET", f"/imports/{brought.json['id']}")

    assert shown.status_code == 200
    assert "people.csv" not in shown.text
    assert not [one for one in house.backbone.store.documents("imports").find({}, limit=9).documents
                if "people.csv" in str(one)]


def test_a_run_that_found_nobody_is_no_draft_to_publish(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    place = f"/programmes/{programme.id}"
    house.a_published_run(programme)

    empty = house.a_proposed_run(programme)
    waits = as_("carla")("GET", f"{place}/summary").json["to_do"]["drafts_to_publish"]

    assert (empty.state, empty.found and empty.found.matched) == ("proposed", 0)
    assert waits == 0


def test_a_run_says_who_solved_it_in_how_many_rounds(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()
    queued = as_("carla")("GET", f"/runs/{house.matching.runs.queue(programme.id).id}").json

    run = house.a_proposed_run(programme)
    solved = as_("carla")("GET", f"/runs/{run.id}").json

    assert (queued["rounds"], queued["solver"]) == (None, None)
    assert (solved["rounds"], solved["solver"]) == (1, run.found and run.found.solver)


def test_a_run_with_pairs_is_a_draft_to_publish(house: MatchingHouse, as_: As) -> None:
    programme = house.a_full_programme()

    house.a_proposed_run(programme)

    assert as_("carla")("GET", f"/programmes/{programme.id}/summary").json["to_do"]["drafts_to_publish"] == 1


@pytest.mark.slow
def test_only_the_import_takes_large_bodies(house: MatchingHouse, office: Caller) -> None:
    programme = house.a_programme()
    large = as_csv(MENTORS) + b"\n" * 3_000_000

    assert upload(office, programme.id, "mentor", large).status_code == 201
    assert office("PATCH", f"/programmes/{programme.id}", {"name": "x" * 3_000_000}, If_Match="*").status_code == 413


def test_lists_come_in_pages(house: MatchingHouse, as_: As) -> None:
    programme, carla = house.a_full_programme(), as_("carla")

    page = carla("GET", f"/programmes/{programme.id}/participants?limit=2&role=mentee")
    more = carla("GET", page.headers["Link"].split(">")[0].removeprefix("</v1"))

    assert (len(page.json["items"]), len(more.json["items"])) == (2, 1)
    assert carla("GET", f"/programmes/{programme.id}/participants?colour=red").status_code == 422


def test_settings_name_everything_that_is_missing(tmp_path: Path) -> None:
    from services.matching.settings import read
    from shared.runtime.settings import WrongSettings

    with pytest.raises(WrongSettings, match=r"STORE_URL is missing; EVENTS_URL is missing"):
        read({})


@pytest.mark.parametrize(("name", "wrong"), [
    ("DIRECTORY_TIME_ZONE", "Nowhere/None"), ("DIRECTORY_TIME_ZONE", ""), ("PUBLIC_URL", "mentoring.example.org")])
def test_settings_that_nobody_could_work_with_are_refused_at_the_start(name: str, wrong: str) -> None:
    from services.matching.settings import read
    from shared.runtime.settings import WrongSettings

    with pytest.raises(WrongSettings, match=f"^{name} is wrong: "):
        read({"STORE_URL": "sqlite:data", "EVENTS_URL": "embedded:data", "ERASURE_KEY": "x" * 32, name: wrong})
