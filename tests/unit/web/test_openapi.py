"""The document of the API is OpenAPI 3.1, and tells the truth about its routes."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.unit.web.notes import Desk
from tests.unit.web.openapi_rules import complaints, operations, resolve


@pytest.fixture
def document(desk: Desk) -> dict[str, Any]:
    """As it is served."""
    served: dict[str, Any] = desk.http.get("/v1/openapi.json").get_json()
    return served


@pytest.mark.feature("O5")
def test_it_is_openapi(document: dict[str, Any]) -> None:
    assert complaints(document) == []


def test_every_route_is_in_it(desk: Desk, document: dict[str, Any]) -> None:
    served = {(rule.rule.replace("<", "{").replace(">", "}"), method.lower()) for rule in desk.app.url_map.iter_rules()
              for method in (rule.methods or set()) - {"HEAD"} if rule.rule.startswith("/v1/notes")}

    assert {(path, method) for path, method, *_ in operations(document)} == served


@pytest.mark.feature("O5")
def test_every_operation_lists_its_problems(document: dict[str, Any]) -> None:
    for _, method, operation, _ in operations(document):
        expected = {"401", "403", "404", "422", "503", "default"}
        expected |= {"409", "412", "428"} if method != "get" else set()
        expected |= {"400", "413", "415"} if "requestBody" in operation else set()

        assert expected <= operation["responses"].keys()
        assert all("application/problem+json" in resolve(document, operation["responses"][status])["content"]
                   for status in expected)


@pytest.mark.feature("O5")
def test_it_lists_what_may_be_refused_with_status_and_meaning(document: dict[str, Any]) -> None:
    assert document["x-problems"]["stale"]["status"] == 412
    assert document["x-problems"]["not-found"]["means"]


def test_changes_take_a_key_and_a_version(document: dict[str, Any]) -> None:
    for _, method, _, parameters in operations(document):
        headers = {one["name"] for one in parameters if one["in"] == "header"}

        assert headers == ({"If-None-Match"} if method == "get" else {"Idempotency-Key", "If-Match"})


def test_open_routes_need_no_token(document: dict[str, Any]) -> None:
    open_paths = {path for path, _, operation, _ in operations(document) if {} in operation.get("security", [])}

    assert document["security"] == [{"bearer": []}]
    assert open_paths == {f"/v1/notes/{name}" for name in ("echo", "anonymous", "trace", "broken", "crowded")}


def test_a_form_and_its_file_are_one_body(document: dict[str, Any]) -> None:
    body = document["paths"]["/v1/notes/{note_id}/scan"]["post"]["requestBody"]

    schema = resolve(document, body["content"]["multipart/form-data"]["schema"])

    assert schema["properties"].keys() == {"title", "file"}
    assert schema["properties"]["file"]["format"] == "binary"


def test_answers_are_what_the_document_says(desk: Desk, document: dict[str, Any]) -> None:
    made = desk.write()
    refused = desk.http.post("/v1/notes", json={}, headers=desk.headers())
    responses = document["paths"]["/v1/notes"]["post"]["responses"]

    for answer in (made, refused):
        content = resolve(document, responses[str(answer.status_code)])["content"][answer.content_type]
        Draft202012Validator({**document, **content["schema"]}).validate(answer.get_json())
