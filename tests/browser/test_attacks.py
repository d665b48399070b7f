"""What somebody writes into a name, a file or a mail stays text in a real browser."""

import csv
import re
from pathlib import Path
from typing import Any

from tests.browser.conftest import Opens, Site, Visitor, later
from tests.unit.portal.fake_services import CHECK_INS, FAULTY, MAIL, PEOPLE, PROGRAMME, PROPOSALS, RUN

CORPUS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    '"><script>window.hit=1</script>',
    "' autofocus onfocus=window.hit=1 x='",
    '" style="position:fixed" onmouseover="window.hit=1',
    "</title></textarea></script><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<a href=javascript:window.hit=1>me</a>",
    "<div hx-get=/livez hx-trigger=load hx-on:load=window.hit=1></div>",
    "<base href=//evil.example/><form action=//evil.example/><button>x</button>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "{{ 7*7 }} ${7*7} %(name)s {who}",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "=cmd|' /C calc'!A0",
)
EVIL = " ".join(CORPUS)
BLOCKED = re.compile(
    r"Blocked script execution in \S+/preview/|Loading the image \S+/preview/|Refused to execute the redirect"
)
"""A mail with all of it as markup: its frame runs, loads and follows nothing, and the browser says so."""
PAGES = (
    "/programmes",
    "/programmes/rising",
    "/programmes/rising/people",
    "/programmes/rising/matching",
    "/runs/run-4",
    "/programmes/rising/pairs",
    "/programmes/rising/check-ins",
    "/programmes/rising/messages",
    "/programmes/rising/tasks",
    "/pairs/p1?state=all",
    "/imports/imp-1",
    "/imports/imp-2",
    "/mailbox",
    "/mailbox/m-1",
)


def poison(site: Site) -> None:
    """Every text that people write is an attack."""
    assert site.stage
    fakes = site.stage.fakes
    people = [{**one, "name": EVIL, "department": EVIL, "location": EVIL} for one in PEOPLE.values()]
    fakes.answer("matching", "GET /people", people)
    fakes.answer("matching", "GET /programmes/rising", {**PROGRAMME, "name": EVIL})
    fakes.answer("matching", "GET /programmes", [{**PROGRAMME, "name": EVIL}])
    why: dict[str, Any] = {"criterion": EVIL, "points": 9, "params": {"shared": list(CORPUS), "label": EVIL}}
    fakes.answer("matching", "GET /runs/run-4/proposals", [{**PROPOSALS[0], "reasons": [why]}])
    fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "proposed"})
    faults = [{"line": 2, "column": EVIL, "code": "x", "text": EVIL}]
    file = {**FAULTY, "columns": list(CORPUS), "mapping": {"name": CORPUS[0]}, "errors": faults}
    for id in ("imp-1", "imp-2"):
        fakes.answer("matching", f"GET /imports/{id}", {**file, "sample": [dict.fromkeys(CORPUS, EVIL)]})
    fakes.answer("surveys", "GET /journeys/j-p1/goals", [{"id": "g", "title": EVIL, "person_id": "amara"}])
    fakes.answer("surveys", "GET /programmes/rising/check-ins", [{**one, "role": EVIL} for one in CHECK_INS])
    mail = {**MAIL, "subject": EVIL, "to": EVIL, "text": EVIL, "html": f"<p>{EVIL}</p>"}
    fakes.answer("notifications", "GET /mailbox", [mail])
    fakes.answer("notifications", "GET /mailbox/m-1", mail)


def provoke(visitor: Visitor) -> None:
    """Passes over the page and presses keys, as somebody would who reads it."""
    visitor.page.mouse.move(200, 200)
    visitor.page.mouse.move(600, 500)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")


def hit(visitor: Visitor) -> bool:
    return any(frame.evaluate("window.hit === 1") for frame in visitor.page.frames if "/preview/" not in frame.url)


def test_no_text_of_people_runs_or_leads_away(visitor: Visitor, theatre: Site) -> None:
    visitor.sign_in("Ilse Brandt")
    poison(theatre)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))

    for path in PAGES:
        visitor.open(path)
        provoke(visitor)
        assert not hit(visitor), path
        assert visitor.page.url == visitor.address + path
        assert visitor.page.get_by_text("onerror=window.hit=1").count(), f"{path} does not show the text"

    assert not [url for url in asked if "evil" in url or url.endswith("/livez")]
    assert visitor.problems
    assert not [one for one in visitor.problems if not BLOCKED.match(one)]
    visitor.problems.clear()


def test_cells_of_a_file_are_text_from_the_preview_to_the_list_of_people(
    visitors: Opens, home: Site, tmp_path: Path
) -> None:
    file = tmp_path / "mentors.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["name", "email", "department", CORPUS[1]])
        writer.writerows([text, f"m{at}@caldera.example", text, text] for at, text in enumerate(CORPUS))
    visitor = visitors(home).sign_in("Ilse Brandt").press("New programme", "link")
    visitor.page.get_by_label("Career development").check()
    visitor.page.get_by_label("Name").fill(CORPUS[0])
    visitor.press("Create the programme").press("Open it").press("People", "link")
    visitor.page.get_by_role("link", name="Import people").click()
    visitor.page.get_by_label("The file").set_input_files(file)

    visitor.press("Upload and check").sees("How the columns are read")
    assert not hit(visitor)
    visitor.press("Import them")
    later(home, seconds=1)
    visitor.page.reload()
    visitor.sees("The people are aboard").press("People", "link")

    assert visitor.page.locator("tbody tr").count() == len(CORPUS)
    assert visitor.page.get_by_text(CORPUS[1], exact=True).count()
    assert not hit(visitor)
