"""Every page in every state it can be seen in: no rule of axe broken, no sideways scrolling, in both languages."""

from typing import Any

import pytest

from tests.browser.conftest import Opens, Site, Visitor
from tests.unit.portal.fake_services import REQUESTS, RUN

WIDTHS = (1280, 390, 320)
NOBODY, OFFICE, MENTOR, MENTEE, ALONE = None, "Ilse Brandt", "Helena Novotná", "Amara Okonkwo", "Nguyễn Thị Hạnh"
PAGES = [
    (NOBODY, "/sign-in"),
    (NOBODY, "/help"),
    (NOBODY, "/privacy"),
    (NOBODY, "/accessibility"),
    (NOBODY, "/c/forged/4"),
    (NOBODY, "/c/abcdefghijklmnopqrstuv/4"),
    (NOBODY, "/c/closed0000000000000000/4"),
    (NOBODY, "/c/x/thanks"),
    (OFFICE, "/programmes"),
    (OFFICE, "/programmes/new"),
    (OFFICE, "/programmes/rising"),
    (OFFICE, "/programmes/first-bridge"),
    (OFFICE, "/programmes/rising/settings"),
    (OFFICE, "/programmes/rising/objectives"),
    (OFFICE, "/programmes/rising/charge"),
    (OFFICE, "/programmes/rising/checklist"),
    (OFFICE, "/programmes/rising/sponsor"),
    (MENTOR, "/my/renewals/rising"),
    (MENTOR, "/my/endorsements"),
    (OFFICE, "/programmes/first-bridge/objectives"),
    (OFFICE, "/programmes/rising/objective"),
    (OFFICE, "/programmes/rising/motives"),
    (OFFICE, "/programmes/first-bridge/motives"),
    (OFFICE, "/programmes/rising/profile"),
    (OFFICE, "/programmes/first-bridge/profile"),
    (OFFICE, "/programmes/rising/criterion"),
    (OFFICE, "/programmes/rising/criterion?code=talks"),
    (OFFICE, "/programmes/rising/rules"),
    (OFFICE, "/programmes/rising/rules/answer"),
    (OFFICE, "/programmes/rising/rules/answer?mentor=ready&mentee=ready"),
    (OFFICE, "/programmes/rising/rules?trial=trial-1"),
    (OFFICE, "/programmes/rising/rules?trial=trial-2"),
    (OFFICE, "/programmes/rising/rules?trial=trial-3"),
    (OFFICE, "/programmes/rising/people"),
    (OFFICE, "/programmes/first-bridge/people"),
    (OFFICE, "/participants/a-marguerite"),
    (OFFICE, "/participants/a-haakon"),
    (MENTOR, "/participants/a-helena"),
    (OFFICE, "/programmes/rising/import"),
    (OFFICE, "/programmes/rising/imports"),
    (OFFICE, "/programmes/first-bridge/imports"),
    (OFFICE, "/imports/imp-1"),
    (OFFICE, "/imports/imp-2"),
    (OFFICE, "/imports/imp-3"),
    (OFFICE, "/imports/imp-4"),
    (OFFICE, "/directory"),
    (OFFICE, "/directory/files/file-1"),
    (OFFICE, "/directory/files/file-2?state=changed"),
    (OFFICE, "/directory/files/file-3"),
    (OFFICE, "/directory/files/file-4"),
    (OFFICE, "/programmes/rising/matching"),
    (OFFICE, "/programmes/first-bridge/matching"),
    (OFFICE, "/runs/run-4"),
    (OFFICE, "/runs/run-4/unmatched"),
    (OFFICE, "/runs/run-5"),
    (OFFICE, "/runs/run-4/publish"),
    (OFFICE, "/runs/run-4/proposals/o1"),
    (OFFICE, "/runs/run-4/proposals/o2"),
    (OFFICE, "/runs/run-4/proposals/o3"),
    (OFFICE, "/programmes/rising/rulings"),
    (OFFICE, "/programmes/rising/rulings?mentee=a&mentor=h"),
    (OFFICE, "/programmes/first-bridge/rulings"),
    (OFFICE, "/programmes/rising/pairs"),
    (OFFICE, "/programmes/rising/pairs?state=to-agree&q=amara"),
    (OFFICE, "/programmes/rising/people?q=amara"),
    (OFFICE, "/programmes/first-bridge/pairs"),
    (OFFICE, "/pairs/p1"),
    (OFFICE, "/pairs/p2"),
    (OFFICE, "/pairs/p3"),
    (OFFICE, "/programmes/rising/requests"),
    (OFFICE, "/programmes/first-bridge/requests"),
    (OFFICE, "/programmes/rising/applications"),
    (OFFICE, "/programmes/rising/applications/ap-1"),
    (OFFICE, "/programmes/rising/applications?state=declined&decision=d1"),
    (OFFICE, "/programmes/rising/applications?state=submitted-mentor&order=score"),
    (OFFICE, "/programmes/first-bridge/applications"),
    (OFFICE, "/programmes/rising/campaigns"),
    (OFFICE, "/programmes/first-bridge/campaigns"),
    (OFFICE, "/campaigns/cam-1"),
    (OFFICE, "/campaigns/cam-2"),
    (OFFICE, "/campaigns/cam-3"),
    (OFFICE, "/campaigns/cam-1/texts"),
    (OFFICE, "/programmes/rising/funnel"),
    (OFFICE, "/programmes/rising/funnel/people?role=mentee&step=met"),
    (OFFICE, "/programmes/rising/messages?state=unreachable"),
    (OFFICE, "/programmes/first-bridge/funnel"),
    (OFFICE, "/programmes/rising/invitations"),
    (OFFICE, "/programmes/rising/invitations?state=nominated"),
    (OFFICE, "/programmes/first-bridge/invitations"),
    (OFFICE, "/invitations/inv-1"),
    (OFFICE, "/invitations/inv-2"),
    (OFFICE, "/programmes/rising/form"),
    (OFFICE, "/programmes/rising/form?state=mentor"),
    (OFFICE, "/programmes/rising/form/field"),
    (OFFICE, "/programmes/rising/form/field?key=languages"),
    (OFFICE, "/programmes/rising/check-ins"),
    (OFFICE, "/programmes/rising/check-ins?state=overdue&left=reminded-today.ci-2"),
    (OFFICE, "/programmes/rising/messages"),
    (OFFICE, "/programmes/rising/messages?state=queued"),
    (OFFICE, "/programmes/rising/people?state=unmatched"),
    (OFFICE, "/pairs/p1?state=all"),
    (OFFICE, "/programmes/rising/tasks"),
    (OFFICE, "/programmes/first-bridge/tasks"),
    (OFFICE, "/programmes/rising/mentor-for/hanh"),
    (OFFICE, "/programmes/rising/readiness?what=nobody-allowed-mentee"),
    (OFFICE, "/programmes/rising/readiness?what=lock-mentee"),
    (OFFICE, "/mailbox"),
    (OFFICE, "/mailbox/m-1"),
    (OFFICE, "/events"),
    (OFFICE, "/nowhere"),
    (MENTOR, "/my"),
    (MENTEE, "/my"),
    (MENTEE, "/my/check-ins/ci-1"),
    (MENTEE, "/pairs/p1"),
    (ALONE, "/my"),
    (ALONE, "/my/programmes/rising/mentors"),
    (ALONE, "/my/programmes/rising/mentors?text=grid&pick=marguerite"),
    (ALONE, "/my/applications"),
    (ALONE, "/programmes/first-bridge/apply/mentor"),
    (ALONE, "/programmes/first-bridge/apply/mentee"),
]


def check(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    visitor.open(path)
    found = visitor.violations()
    for width in WIDTHS[1:]:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        assert visitor.width() <= width, f"{path} is {visitor.width()} wide at {width}"
    found += visitor.violations()
    assert not found, f"{path}: {found}"


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _ in PAGES))
def test_pages_break_no_rule_and_fit_a_phone(visitor: Visitor, name: str | None) -> None:
    if name:
        visitor.sign_in(name)
    for path in [path for who, path in PAGES if who == name]:
        check(visitor, path)


def test_a_page_with_missing_parts_breaks_no_rule(visitor: Visitor, theatre: Site) -> None:
    visitor.sign_in(OFFICE)
    assert theatre.stage
    for service in ("surveys", "community", "notifications"):
        theatre.stage.fakes[service].down = True

    for path in ("/programmes/rising", "/pairs/p1"):
        check(visitor, path)
    theatre.stage.fakes["matching"].down = True
    check(visitor, "/programmes/rising")


def test_long_names_break_no_rule(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    long = "María del Carmen Villanueva-Etxeberria-Donaudampfschifffahrtsgesellschaftskapitänin"
    people = [
        {"id": id, "name": f"{long} {id}", "department": long, "location": long, "time_zone": "Europe/Madrid"}
        for id in ("helena", "amara", "jun-seo", "marguerite", "hanh", "haakon")
    ]
    theatre.stage.fakes.answer("matching", "GET /people", people)
    visitor.sign_in(OFFICE)

    for path in ("/pairs/p1", "/programmes/rising/people", "/runs/run-4", "/runs/run-4/proposals/o2",
                 "/programmes/rising/tasks"):
        check(visitor, path)


def test_pages_in_german_break_no_rule_and_fit_a_phone(visitors: Opens, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.set()
    visitor = visitors(theatre, locale="de-DE")
    visitor.open("/sign-in").sees("Willkommen bei Ithaca")
    visitor.sign_in(OFFICE)
    visitor.page.get_by_role("button", name="Deutsch").click()

    for path in ("/programmes/rising", "/runs/run-4", "/pairs/p1", "/imports/imp-1", "/programmes/rising/imports",
                 "/runs/run-4/publish", "/runs/run-4/proposals/o2", "/programmes/rising/rulings",
                 "/programmes/rising/tasks", "/directory", "/directory/files/file-1"):
        check(visitor, path)
        assert visitor.page.locator("html").get_attribute("lang") == "de"


def test_a_state_that_waits_for_an_undo_breaks_no_rule(visitor: Visitor, theatre: Site) -> None:
    assert theatre.stage
    theatre.stage.fakes.answer("matching", "GET /runs/run-4", {**RUN, "state": "releasing"})
    visitor.sign_in(OFFICE)

    check(visitor, "/runs/run-4")
    check(visitor, "/runs/run-4/release")


@pytest.mark.parametrize(("who", "request_"), [
    (MENTOR, {**REQUESTS["r1"], "choices": [REQUESTS["r1"]["choices"][1]]}),
    (MENTOR, {**REQUESTS["r1"], "choices": [{**REQUESTS["r1"]["choices"][1], "question": ""}]}),
    (ALONE, {**REQUESTS["r1"], "mentee_id": "hanh"}),
])
def test_a_request_breaks_no_rule_from_either_side(visitor: Visitor, theatre: Site, who: str,
                                                   request_: dict[str, Any]) -> None:
    assert theatre.stage
    theatre.stage.fakes.answer("matching", "GET /me/requests", [request_])
    visitor.sign_in(who)

    check(visitor, "/my")


def test_a_form_with_faults_breaks_no_rule_and_gets_the_focus(visitor: Visitor) -> None:
    visitor.sign_in(OFFICE).open("/programmes/rising/import")
    visitor.press("Upload and check").sees("Choose a file first.")

    assert not visitor.violations()
    assert visitor.page.evaluate("document.activeElement.className") == "govuk-error-summary"
