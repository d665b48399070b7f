"""What every answer carries, and which requests are not served."""

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from tests.unit.portal.conftest import Browser
from tests.unit.portal.fake_services import FakeServices, problem

DIRECTIVES = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
}
PAGES = [
    "/sign-in",
    "/programmes",
    "/programmes/rising",
    "/runs/run-4",
    "/my",
    "/nowhere",
    "/c/forged/4",
    "/mailbox/m-1",
]


def policy(headers: dict[str, str]) -> set[str]:
    return {part.strip() for part in headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_strict_policy(office: Browser, path: str) -> None:
    answer = office.get(path)

    found = policy(dict(answer.headers))
    scripts = found - DIRECTIVES
    assert found >= DIRECTIVES
    assert re.fullmatch(r"script-src 'self' 'nonce-[\w-]{20,}'", scripts.pop())
    assert not scripts


def test_every_error_carries_the_strict_policy_too(
    office: Browser, fakes: FakeServices, portal_app: Callable[..., Flask]
) -> None:
    tiny = Browser(portal_app(upload_megabytes=0).test_client())
    tiny.sign_in("ilse")
    fakes.answer("matching", "GET /pairs/p2", {"id": "p2"})
    fakes.answer("matching", "GET /pairs/p3", problem(503, "unavailable"))
    answers = [
        office.client.post("/programmes/rising/runs"),
        office.send("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}),
        office.get("/nowhere"),
        office.client.delete("/programmes"),
        tiny.client.post("/sign-in", data={"file": (BytesIO(b"x" * 99), "x.csv")}),
        office.get("/pairs/p2"),
        office.get("/pairs/p3"),
    ]

    assert [answer.status_code for answer in answers] == [400, 403, 404, 405, 413, 500, 503]
    for answer in answers:
        assert policy(dict(answer.headers)) >= DIRECTIVES, answer.status_code
        assert 'class="ith-card"' in answer.text, answer.status_code


def test_htmx_swaps_no_error_of_the_server_and_evaluates_nothing(office: Browser) -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", office.get("/programmes").text)

    assert found
    config = json.loads(found[1])
    assert config["noSwap"] == [204, 304, "5xx"]
    assert config["extensions"] == "hx-csp"
    assert config["includeIndicatorCSS"] is False


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_code(office: Browser, path: str) -> None:
    page = office.get(path).text

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))


def test_the_nonce_is_another_for_each_answer(office: Browser) -> None:
    first, second = (office.get("/runs/run-5").text for _ in range(2))

    assert re.findall(r'nonce="([^"]+)"', first) != re.findall(r'nonce="([^"]+)"', second)


def test_every_htmx_element_carries_the_nonce(office: Browser) -> None:
    page = office.get("/runs/run-5")
    nonce = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])

    assert nonce
    assert page.text.count("hx-get=") == page.text.count(f'hx-nonce="{nonce[1]}"') == 1


def test_a_form_without_the_hidden_field_is_refused(office: Browser) -> None:
    answer = office.client.post("/programmes/rising/runs")

    assert answer.status_code == 400
    assert "Go back, load the page again" in answer.text


def test_every_form_has_the_hidden_field(office: Browser) -> None:
    for path in (
        "/programmes/new",
        "/programmes/rising/import",
        "/imports/imp-1",
        "/runs/run-4",
        "/pairs/p1",
        "/my",
    ):
        page = office.get(path).text
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL)
        assert forms
        assert all('name="csrf_token"' in form for form in forms), path


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused(office: Browser, site: str) -> None:
    answer = office.send("/sign-out", headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert office.get("/programmes").status_code == 200


def test_a_mail_is_shown_in_a_frame_that_loads_and_runs_nothing(office: Browser) -> None:
    mail, preview = office.get("/mailbox/m-1"), office.get("/preview/m-1")

    assert '<iframe class="ith-frame" sandbox=' in mail.text
    assert policy(dict(preview.headers)) >= {
        "default-src 'none'",
        "img-src data:",
        "frame-ancestors 'self'",
        "sandbox",
    }
    assert "style=" in preview.text


def test_text_of_a_mail_is_never_markup(office: Browser) -> None:
    page = office.get("/mailbox/m-1").text

    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert '<a href="http://127.0.0.1/c/abcdefghijklmnopqrstuv/4">' in page


def test_formulas_in_a_file_are_shown_as_text(office: Browser) -> None:
    assert "=1+1" in office.get("/imports/imp-1").text


def test_pages_are_not_kept_by_browsers_but_files_are(office: Browser) -> None:
    page = office.get("/programmes")
    file = re.search(r'href="(/static/portal-[^"]+\.css)"', page.text)

    assert page.headers["Cache-Control"] == "no-store"
    assert file
    with office.get(file[1]) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]
