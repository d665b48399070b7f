"""Who may call, and what those are told who may not."""

import pytest

from shared.web.app import make_app
from shared.web.callers import NOBODY, Caller, requires, signed_in
from shared.web.routes import Routes
from shared.web.tokens import checker_for
from tests.unit.web.notes import Desk, Notes


def test_a_foreign_id_looks_like_a_wrong_one(desk: Desk) -> None:
    place = desk.write(person="ada").headers["Location"]

    foreign = desk.show(place, "bob")
    wrong = desk.show("/v1/notes/nothing", "bob")

    assert foreign.status_code == wrong.status_code == 404
    assert foreign.data == wrong.data
    assert set(foreign.headers.keys()) == set(wrong.headers.keys())


def test_what_a_use_case_does_not_allow_looks_like_a_wrong_id_too(desk: Desk) -> None:
    place = desk.write(person="ada").headers["Location"]

    foreign = desk.http.post(f"{place}/seal", headers=desk.headers("bob"))
    wrong = desk.http.post("/v1/notes/nothing/seal", headers=desk.headers("bob"))

    assert foreign.status_code == wrong.status_code == 404
    assert foreign.data == wrong.data


def test_without_an_id_it_is_said_that_the_role_is_missing(desk: Desk) -> None:
    answer = desk.show("/v1/notes/statistics")

    assert (answer.status_code, answer.get_json()["code"]) == (403, "not-allowed")


def test_a_role_and_a_scope_open_each_their_own_door(desk: Desk) -> None:
    tokens = {"role": desk.issuer.mint("ada", roles=["operator"]),
              "scope": desk.issuer.mint("machine", scopes=["statistics"])}

    opened = {(right, path) for right, token in tokens.items() for path in ("", "/by-machine")
              if desk.http.get(f"/v1/notes/statistics{path}", headers={"Authorization": f"Bearer {token}"}
                               ).status_code == 200}

    assert opened == {("role", ""), ("scope", "/by-machine")}


def test_a_stranger_is_asked_to_sign_in(desk: Desk) -> None:
    answer = desk.http.get("/v1/notes")

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "rubbish", "Bearer a b c"])
def test_another_authorization_does_not_count(desk: Desk, header: str) -> None:
    answer = desk.http.get("/v1/notes", headers={"Authorization": header})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


def test_a_bad_token_does_not_count_on_open_routes_either(desk: Desk) -> None:
    assert desk.http.get("/v1/notes/trace", headers={"Authorization": "Bearer rubbish"}).status_code == 401
    assert desk.http.get("/v1/notes/trace").status_code == 200


def test_a_view_without_a_rule_is_found_at_start(desk: Desk) -> None:
    routes = Routes("open", "/open")

    @routes.get("")
    @routes.response(200)
    def everything(notes: Notes, caller: Caller) -> None: ...

    with pytest.raises(RuntimeError, match="does not state who may call it"):
        make_app("notes", None, [routes], checker=checker_for(desk.issuer), ready=lambda: None)


def test_a_view_that_does_not_say_what_it_answers_is_found_at_start(desk: Desk) -> None:
    routes = Routes("open", "/open")

    @routes.get("")
    @requires(signed_in)
    def everything(notes: Notes, caller: Caller) -> None: ...

    with pytest.raises(RuntimeError, match="or what it answers"):
        make_app("notes", None, [routes], checker=checker_for(desk.issuer), ready=lambda: None)


@pytest.mark.parametrize(("caller", "name"), [
    (Caller("ada", "ada@example.org", frozenset({"office"})), "ada"),
    (Caller(None, "hr-sync", scopes=frozenset({"people"})), "hr-sync"),
    (NOBODY, "anonymous")])
def test_a_person_is_known_by_their_id_and_a_client_by_its_own(caller: Caller, name: str) -> None:
    assert caller.known_as == name


@pytest.mark.parametrize(("subject", "role"), [("ada@example.org", ""), ("ada", "office")])
def test_a_subject_that_may_say_who_somebody_is_is_no_name(subject: str, role: str) -> None:
    caller = Caller(None, subject, frozenset({role} - {""}))

    assert subject not in caller.known_as
    assert caller.known_as == caller.opaque
