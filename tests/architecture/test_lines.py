"""Whatever the documents of the APIs promise in an address, the servers take."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask
from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestLine
from gunicorn.http.parser import RequestParser

from deploy.standalone.house import SERVICES, House
from deploy.standalone.server import Server
from shared.runtime.web import WebProcess
from tests.unit.web.openapi_rules import operations

ID = str(UUID(int=0))


def servers() -> Iterator[Config]:
    """As they are told to be."""
    yield WebProcess(lambda: Flask("x"), SimpleNamespace(http_port=8080, http_threads=8), "127.0.0.1").cfg
    yield Server("127.0.0.1:8080", {}, "").cfg


def longest(document: dict[str, Any]) -> Iterator[str]:
    """Lists of ids as long as they may be."""
    for path, method, _operation, parameters in operations(document):
        for one in parameters:
            if one["in"] == "query" and one["schema"].get("type") == "array" and "maxItems" in one["schema"]:
                many = urlencode({"limit": 200, one["name"]: [ID] * one["schema"]["maxItems"]}, doseq=True)
                yield f"{method.upper()} {path.replace('{', ID).replace('}', '')}?{many} HTTP/1.1\r\n"


@pytest.mark.parametrize("service", SERVICES)
def test_a_server_takes_as_many_ids_as_its_document_says(house: House, service: str) -> None:
    lines = [*longest(house.rooms[service].app.test_client().get("/v1/openapi.json").get_json())]

    assert [line[:60] for line in lines for server in servers() if not is_taken(line, server)] == []
    assert lines or service != "matching"


def is_taken(line: str, server: Config) -> bool:
    try:
        next(RequestParser(server, iter([f"{line}Host: x\r\n\r\n".encode()]), ("127.0.0.1", 1)))
    except LimitRequestLine:
        return False
    return True
