"""Four services that answer from memory, in the forms of the real ones: for what pages show and send.

A canned story: Rising Engineers, three mentors, three mentees, a run to look at and pairs in several states.
"""

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

NOW = "2026-06-09T09:42:00.000Z"


@dataclass
class Sent:
    """A command a service got."""

    service: str
    method: str
    path: str
    body: Any
    key: str | None
    authorization: str
    version: str = ""


@dataclass
class FakeService:
    """Answers by the first pattern that fits. `down` means away; `slow` makes it wait until told to go on."""

    name: str
    answers: dict[str, Any]
    sent: list[Sent]
    down: bool = False
    go_on: threading.Event | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        if self.go_on is not None:
            self.go_on.wait(10)
        with request:
            return self.answer(request)(environ, start_response)

    def answer(self, request: Request) -> Response:
        if self.down:
            return problem(503, "unavailable")
        body = request.get_json() if request.is_json else request.form.to_dict()
        if request.method != "GET":
            key = request.headers.get("Idempotency-Key")
            authorization = request.headers.get("Authorization", "")
            version = request.headers.get("If-Match", "")
            self.sent.append(Sent(self.name, request.method, request.path, body, key, authorization, version))
        return self.found(request)

    def found(self, request: Request) -> Response:
        for pattern, answer in self.answers.items():
            method, path = pattern.split(" ", 1)
            match = re.fullmatch(f"/v1{path}", request.path)
            if method == request.method and match:
                return rendered(
                    answer
                    if isinstance(answer, Response) or not callable(answer)
                    else answer(request, *match.groups())
                )
        return problem(404, "not-found")


def rendered(answer: Any) -> Response:
    """A response as it is; (status, body, headers); a list as the items of a list."""
    if isinstance(answer, Response):
        return answer
    status, body, headers = answer if isinstance(answer, tuple) else (200, answer, {})
    body = {"items": body} if isinstance(body, list) else body
    return Response(json.dumps(body), status, headers, content_type="application/json")


def problem(status: int, code: str, detail: str = "", *pointers: str) -> Response:
    errors = [{"pointer": one, "detail": "Too long."} for one in pointers]
    body = {"status": status, "code": code, "title": code, "detail": detail, "errors": errors}
    return Response(json.dumps(body), status, content_type="application/problem+json")


def made(path: str) -> tuple[int, Any, dict[str, str]]:
    return 201, {"id": path.rsplit("/", 1)[-1]}, {"Location": f"/v1{path}"}


def person(id: str, name: str, place: str, zone: str, department: str, language: str = "en") -> dict[str, Any]:
    email = f"{id}@caldera.example"
    return {
        "id": id,
        "name": name,
        "email": email,
        "location": place,
        "time_zone": zone,
        "department": department,
        "language": language,
        "state": "active",
    }


PEOPLE = {
    one["id"]: one
    for one in (
        person("ilse", "Ilse Brandt", "Hamburg", "Europe/Berlin", "People"),
        person("helena", "Helena Novotná", "Lisbon", "Europe/Lisbon", "Engineering"),
        person("marguerite", "Marguerite Duclos", "Lisbon", "Europe/Lisbon", "Asset strategy"),
        person("haakon", "Håkon Lindqvist", "Oslo", "Europe/Oslo", "Grid control", "de"),
        person("amara", "Amara Okonkwo", "Lisbon", "Europe/Lisbon", "Grid planning"),
        person("jun-seo", "Jun-seo Baek", "Seoul", "Asia/Seoul", "Finance"),
        person("hanh", "Nguyễn Thị Hạnh", "Đà Nẵng", "Asia/Ho_Chi_Minh", "Protection systems"),
    )
}
SAMPLE = [
    ("ilse", "Ilse Brandt", ("programme-office",), "office", ""),
    ("helena", "Helena Novotná", (), "mentor", "Amara Okonkwo"),
    ("amara", "Amara Okonkwo", (), "mentee", "Helena Novotná"),
    ("hanh", "Nguyễn Thị Hạnh", (), "mentee", ""),
]
PROGRAMME = {
    "id": "rising",
    "state": "running",
    "kind": "cohort",
    "name": "Rising Engineers 2026",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "starts_on": "2026-03-02",
    "ends_on": "2026-11-30",
    "succeeds": "rising-2025",
    "coordinator_ids": ["ilse"],
    "sponsor_id": None,
    "gates": ["training", "agreement", "goal"],
    "purpose": "People who build the grid stay with us.",
    "objectives": [
        {"code": "stay", "name": "Engineers stay", "metric": "mentees still here after a year, in %",
         "baseline": 81.0, "target": 90.0},
    ],
    "undo_minutes": 10,
    "requests_allowed": True,
    "request_days": 3,
    "stickiness": 4,
    "check_in_days": [12, 30],
    "check_in_every_days": 30,
    "check_in_answer_days": 7,
    "check_in_reminder_days": 3,
    "case_days": 3,
    "close_days": 14,
    "closing_days": 28,
    "format": "pairs",
    "role_names": {"mentor": {"en": "mentor", "de": "Mentor/in"}, "mentee": {"en": "mentee", "de": "Mentee"}},
    "fixed": ["starts_on"],
    "version": 3,
}
def an_item(id: str, phase: str, done: bool = False, **more: Any) -> dict[str, Any]:
    return {"id": id, "phase": phase, "text": "", "counted": True, "done": done, "ticked_by": None, "ticked_at": None,
            **more}


CHECKLIST: dict[str, Any] = {
    "programme_id": "rising", "version": 3, "phase": "running", "next": "tasks-done", "as_of": NOW, "items": [
        an_item("purpose", "draft", True), an_item("opened", "draft", True),
        an_item("people-aboard", "recruiting", True), an_item("run-published", "matching", True),
        an_item("pairs-begun", "running", True),
        an_item("own-hall", "running", True, text="Book the hall", counted=False, ticked_by="ilse", ticked_at=NOW),
        an_item("tasks-done", "running"), an_item("half-time-told", "running", counted=False),
        an_item("something-newer", "running"), an_item("results-told", "closing", counted=False)]}
DRAFT_CHECKLIST: dict[str, Any] = {
    **CHECKLIST, "programme_id": "first-bridge", "phase": "draft", "next": "opened", "items": [
        an_item("purpose", "draft", True), an_item("form-read", "draft", True, counted=False),
        an_item("opened", "draft")]}
SPONSOR_VIEW: dict[str, Any] = {
    "programme_id": "rising", "name": "Rising Engineers 2026", "state": "running", "starts_on": "2026-03-02",
    "ends_on": "2026-11-30", "purpose": "People stay.", "objectives": PROGRAMME["objectives"], "as_of": NOW, "least": 5,
    "sides": [{"role": role, "steps": [{"code": "approved", "count": 40}, {"code": "matched", "count": None}]}
              for role in ("mentor", "mentee")],
    "pairs": [{"code": "under-way", "count": 35}, {"code": "completed", "count": None}],
}
CHARGE = {
    "id": "rising",
    "version": 3,
    "coordinator_ids": ["ilse", "haakon"],
    "in_charge": ["ilse", "haakon", "marguerite"],
    "substitutes": [
        {"coordinator_id": "haakon", "person_id": "marguerite", "from_on": "2026-06-01", "until_on": "2026-06-30"}],
    "routes": [{"queue": "cases", "person_ids": ["haakon"]}],
    "mine": ["applications", "cases", "check-ins", "circles", "reporting-lines", "requests"],
}
DRAFT = {**PROGRAMME, "id": "first-bridge", "name": "First Bridge 2027", "state": "draft", "fixed": [],
         "objectives": []}
RULES = {
    "version": 3,
    "always": ["reporting-line", "same-manager"],
    "rules": {
        "scales": {"grades": ["junior", "senior"]},
        "rules": [
            {"kind": "must-share", "name": "common-language", "mentor": "languages", "mentee": "languages"},
            {"kind": "must-differ", "name": "another-department", "mentor": "department", "mentee": "department",
             "off": True},
        ],
        "terms": [
            {"kind": "overlap", "name": "skills", "mentor": "skills", "mentee": "goals", "points": 45},
            {"kind": "equal", "name": "floor", "column": "floor", "points": 5, "label": {"en": "Same floor"}},
        ],
        "wishes": {"columns": ["wishes"], "points": [20, 14]},
    },
}
VIEWS = [
    {"id": "v1", "version": 1, "programme_id": "rising", "list": "pairs", "name": "On a break", "filter": "paused"},
    {"id": "v2", "version": 1, "programme_id": "rising", "list": "applications", "name": "Still to do",
     "filter": "submitted"},
]
TRIAL = {
    "id": "trial-1",
    "programme_id": "rising",
    "state": "solved",
    "rules": {**RULES["rules"], "terms": [{**RULES["rules"]["terms"][0], "points": 60}]},
    "created_at": NOW,
    "why": "",
    "difference": {
        "free": {"mentees": 4, "mentors": 2, "seats": 3},
        "as_if_unpaired": False,
        "now": {"matched": 3, "unmatched": 1, "total": 150, "best": 100},
        "tried": {"matched": 3, "unmatched": 1, "total": 180, "best": 120},
        "moved": 2,
        "weakest": [
            {"mentor_id": "haakon", "mentee_id": "hanh", "score": 12, "before": False},
            {"mentor_id": "helena", "mentee_id": "amara", "score": 70, "before": True},
        ],
    },
}
WAITING_TRIAL = {**TRIAL, "id": "trial-2", "state": "waiting", "progress": 37, "difference": None}
FAILED_TRIAL = {**TRIAL, "id": "trial-3", "state": "failed", "difference": None, "why": "matching-too-large"}
SUMMARY = {
    "funnel": [
        {"step": "invited", "count": 350},
        {"step": "applied", "count": 261},
        {"step": "approved", "count": 241},
        {"step": "matched", "count": 212},
        {"step": "met", "count": 150},
        {"step": "completed", "count": 0},
    ],
    "to_do": {"applications_to_decide": 2, "mentees_without_mentor": 29, "drafts_to_publish": 0, "pairs_waiting": 7,
              "approvals_to_confirm": 1, "pairs_to_agree": 3,
              "reporting_lines": 1, "requests_exhausted": 1},
    "mentors": 183,
    "mentees": 241,
    "matched": 212,
    "seats": 229,
    "free_seats": 17,
    "by_places": [{"places": 1, "mentors": 140, "active": 120, "assigned": 13, "free": 7},
                  {"places": 2, "mentors": 43, "active": 70, "assigned": 9, "free": 10}],
    "as_of": NOW,
}


def pair(id: str, mentor: str, mentee: str, state: str, **more: Any) -> dict[str, Any]:
    parties = [{"person_id": mentor, "role": "mentor"}, {"person_id": mentee, "role": "mentee"}]
    return {
        "id": id,
        "programme_id": "rising",
        "mentor_id": mentor,
        "mentee_id": mentee,
        "state": state,
        "version": 4,
        "parties": parties,
        "run_id": "run-4",
        "succeeds": None,
        "reason": None,
        "left_id": None,
        **more,
    }


PAIRS = {
    one["id"]: one
    for one in (
        pair("p1", "helena", "amara", "active"),
        pair("p2", "helena", "jun-seo", "awaiting-training", gates=["training", "agreement", "goal"],
             waived=[{"gate": "goal", "because": "not-needed"}],
             open_gates=[{"gate": "training", "person_ids": ["jun-seo"]},
                         {"gate": "agreement", "person_ids": ["helena", "jun-seo"]}]),
        pair("p3", "haakon", "hanh", "closed", reason="mentor-left", left_id="haakon"),
    )
}
RUN = {
    "id": "run-4",
    "programme_id": "rising",
    "state": "proposed",
    "progress": 100,
    "matched": 3,
    "unmatched": 1,
    "total": 4,
    "best": 10000,
    "histogram": [0, 0, 0, 0, 0, 1, 0, 0, 2, 0],
    "version": 5,
    "release_at": NOW,
    "changes": {"since": "run-3", "moved": 2, "could_stay": 1, "points": 12, "placed": 1, "lost": 1, "joined": 3,
                "left": 0, "told": [
        {"mentee_id": "amara", "before": "haakon", "after": "helena", "code": "score", "rule": ""},
        {"mentee_id": "jun-seo", "before": "helena", "after": "haakon", "code": "barred", "rule": "reporting-line"},
        {"mentee_id": "hanh", "before": "", "after": "marguerite", "code": "new", "rule": ""},
        {"mentee_id": "ilse", "before": "marguerite", "after": "", "code": "others", "rule": ""},
    ]},
}
QUALITY: dict[str, Any] = {
    "best": 10000,
    "found": {
        "pairs": 24, "unmatched": 1, "histogram": [0, 0, 1, 2, 3, 4, 5, 5, 3, 1],
        "curve": [2300, 2900, 3400, 3800, 4200, 4500, 4800, 5100, 5300, 5600, 5900, 6200, 6500, 6700, 7000, 7200, 7500,
                  7900, 8300, 8700, 9400],
        "lowest_5": 2900, "lowest_10": 3400, "weakest_tenth": 2900, "ranks": [11, 4, 3, 2, 2, 1], "by_hand": 1,
        "by_places": [{"places": 1, "mentors": 6, "active": 1, "assigned": 5, "free": 0},
                      {"places": 2, "mentors": 9, "active": 2, "assigned": 14, "free": 2},
                      {"places": 10, "mentors": 1, "active": 3, "assigned": 5, "free": 4}],
    },
    "now": None,
}
SWAPPED_QUALITY: dict[str, Any] = {
    **QUALITY,
    "now": {**QUALITY["found"], "histogram": [0, 1, 1, 2, 3, 4, 5, 4, 3, 1], "unmatched": 2,
            "curve": [1500, 2300, *QUALITY["found"]["curve"][2:]], "lowest_5": 2300, "ranks": [10, 4, 3, 2, 2, 1],
            "by_hand": 2},
}
PROPOSALS = [
    {
        "id": "o1",
        "decided_by": "wish",
        "mentor_id": "helena",
        "mentee_id": "amara",
        "score": 8300,
        "broken_wishes": [],
        "reasons": [
            {
                "criterion": "skills",
                "points": 40,
                "params": {"kind": "overlap", "shared": ["leading", "Python"], "wanted": 3},
            },
            {"criterion": "languages", "points": 20, "params": {}},
        ],
    },
    {
        "id": "o2",
        "decided_by": "optimum",
        "mentor_id": "helena",
        "mentee_id": "jun-seo",
        "score": 5400,
        "broken_wishes": [
            {"criterion": "wish", "rank": 1, "person_id": "marguerite", "code": "seats-taken", "params": {}}
        ],
        "reasons": [{"criterion": "goals", "points": 30, "params": {}}],
    },
    {"id": "o3", "decided_by": "lock", "mentor_id": "marguerite", "mentee_id": "hanh", "score": 8100,
     "broken_wishes": [], "reasons": []},
]
UNMATCHED = [
    {"person_id": "ilse", "role": "mentee", "reason": "none-allowed",
     "params": {"rule": "own-manager", "removed": 3, "of": 3}},
    {"person_id": "haakon", "role": "mentor", "reason": "not-needed", "params": {"allowed": 2}},
]
ALTERNATIVES = [
    {"mentor_id": "haakon", "score": 7900, "reasons": PROPOSALS[0]["reasons"], "made_way": None},
    {"mentor_id": "marguerite", "score": 6000, "reasons": [], "made_way": {
        "proposal_id": "o3", "mentee_id": "hanh", "mentor_id": "helena", "score": 5000, "before": 8100}},
    {"mentor_id": "helena", "score": 5000, "reasons": [], "made_way": {
        "proposal_id": "o2", "mentee_id": "jun-seo", "mentor_id": "", "score": 0, "before": 5400}},
]
CANDIDATES: dict[str, Any] = {"found": 143, "best": 10000, "items": [
    {"mentor_id": "haakon", "score": 7900, "free": 2, "rules": [], "broken_wishes": [],
     "reasons": PROPOSALS[0]["reasons"]},
    {"mentor_id": "marguerite", "score": 6000, "free": 1, "rules": [], "reasons": [],
     "broken_wishes": [{"criterion": "wish", "rank": 1, "person_id": "haakon", "code": "", "params": {}}]},
    {"mentor_id": "helena", "score": 5000, "free": 0, "rules": [], "broken_wishes": [], "reasons": []},
    {"mentor_id": "ilse", "score": 9000, "free": 1, "rules": ["reporting-line", "exclusion"], "broken_wishes": [],
     "reasons": []},
]}
def an_outlook(objective: str, *figures: int, why: str = "") -> dict[str, Any]:
    names = ("pairs", "unmatched", "total", "lowest_5", "first_choices", "regret")
    return {"objective": objective, "why": why, **dict(zip(names, figures or (0,) * len(names), strict=True))}


TRADE_OFF: dict[str, Any] = {
    "mentees": 241, "wishers": 200, "best": 100, "why": "", "as_of": NOW, "counting": False, "progress": 0,
    "outlooks": [an_outlook("participation", 198, 43, 14210, 31, 96, 62),
                 an_outlook("score", 190, 51, 14380, 40, 97, 60),
                 an_outlook("maximin", 198, 43, 13900, 48, 88, 55),
                 an_outlook("minimax-regret", why="objective-for-one-mentor"),
                 an_outlook("least-squares-regret", 198, 43, 14005, 39, 90, 41)]}
READY: dict[str, Any] = {"mentees": 241, "seats": 198, "undecided": 2, "looked_at": 200, "unmatched": 43, "as_of": NOW,
                         "counting": False,
    "concerns": [
        {"key": "nobody-allowed-mentee", "code": "nobody-allowed", "role": "mentee", "count": 2,
         "facts": {"rule": "common-language"}, "people": ["hanh", "amara"]},
        {"key": "wish-barred-mentee", "code": "wish-barred", "role": "mentee", "count": 1, "facts": {},
         "people": ["jun-seo"]},
        {"key": "no-wish-mentee", "code": "no-wish", "role": "mentee", "count": 1, "facts": {}, "people": ["hanh"]},
        {"key": "blank-mentor-goals", "code": "blank", "role": "mentor", "count": 700, "facts": {"column": "goals"},
         "people": ["helena", "haakon"]},
        {"key": "no-seat-mentor", "code": "no-seat", "role": "mentor", "count": 1, "facts": {},
         "people": ["marguerite"]},
    ]}
FAIRNESS: dict[str, Any] = {
    "lowest_5": 5400,
    "choices": [{"rank": 1, "mentees": 12}, {"rank": 2, "mentees": 5}, {"rank": 3, "mentees": 2},
                {"rank": 0, "mentees": 4}, {"rank": None, "mentees": 1}],
    "groups": [
        {"column": "department", "hidden": 2, "shown": [
            {"name": "Grid planning", "mentees": 14, "with_mentor": 13, "mean": 7700, "choices": [7, 4, 1]},
            {"name": "", "mentees": 6, "with_mentor": 3, "mean": 7100, "choices": [3, 0, 0]}]},
        {"column": "location", "hidden": 4, "shown": []},
    ],
}
RULINGS = [
    {"id": "l1", "programme_id": "rising", "mentor_id": "marguerite", "mentee_id": "hanh", "state": "locked",
     "by": "ilse", "at": NOW, "version": 0},
    {"id": "l2", "programme_id": "rising", "mentor_id": "haakon", "mentee_id": "amara", "state": "excluded",
     "by": "ilse", "at": NOW, "version": 0},
]
CHECKED = {
    "id": "imp-1",
    "programme_id": "rising",
    "role": "mentor",
    "state": "checked",
    "columns": ["Full name", "Mail", "Team"],
    "mapping": {"name": "Full name", "email": "Mail", "department": "Team"},
    "errors": [],
    "bad_lines": 0,
    "importable": 120,
    "rows": 120,
    "progress": 0,
    "sample": [
        {"Full name": "Helena Novotná", "Mail": "helena@caldera.example", "Team": "Engineering"},
        {"Full name": "=1+1", "Mail": "x@caldera.example", "Team": ""},
    ],
    "results": None,
}
FAULTY = {
    **CHECKED,
    "id": "imp-2",
    "state": "refused",
    "importable": 0,
    "errors": [
        {"line": 7, "column": "Mail", "code": "not-an-address", "text": "“helena(at)caldera” is no e-mail address"},
        {"line": 12, "column": None, "code": "too-few", "text": "The line has 2 cells, 3 are needed"},
    ],
}
DIFFERING_IMPORT = {
    **CHECKED,
    "id": "imp-5",
    "differing": [{"line": line, "column": column, "code": "differs-from-directory", "text": ""}
                  for line, column in ((3, "Mail"), (3, "Team"), (8, "Mail"))],
    "differing_count": 4,
}
TAKEN_OUT_IMPORT = {
    **CHECKED,
    "id": "imp-6",
    "importable": 118,
    "taken_out": [{"line": 4, "at": "2027-02-10T09:00:00Z"}, {"line": 9, "at": "2027-02-12T09:00:00Z"}],
    "taken_out_count": 2,
}
RUNNING_IMPORT = {**CHECKED, "id": "imp-3", "state": "running", "progress": 0.4}
COMPARED_FILE = {
    "id": "file-1",
    "state": "checked",
    "full": True,
    "rows": 118,
    "difference": {"leaving": 14, "back": 1, "new": 3, "changed": 2, "refused": 1, "unchanged": 111},
    "results": {"leaving": 0, "back": 0, "new": 0, "changed": 0, "refused": 0, "unchanged": 0},
    "brought_by": "hr",
    "created_at": NOW,
    "errors": [{"line": 9, "column": "Mail", "code": "bad-email", "text": "This is no e-mail address."}],
    "error_count": 1,
    "present": 120,
    "most_leaving": 10,
    "many_leave": True,
    "changes": 20,
    "progress": 1.0,
}
APPLIED_FILE = {**COMPARED_FILE, "id": "file-2", "state": "done", "results": COMPARED_FILE["difference"],
                "brought_by": "schedule"}
DIRECTORY_LINES = [
    {"line": 0, "kind": "leaving", "person_id": "helena", "fields": [], "name": ""},
    {"line": 4, "kind": "changed", "person_id": "amara", "name": "Amara Okonkwo",
     "fields": ["department", "manager_id"]},
]
DONE_IMPORT = {
    **CHECKED,
    "id": "imp-4",
    "state": "done",
    "progress": 1.0,
    "results": {"added": 118, "changed": 2, "unchanged": 0, "left_out": 0},
}
IMPORTS = [
    {"id": id, "role": role, "state": state, "rows": 120, "refused": refused, "results": results, "brought_by": by,
     "created_at": at}
    for id, role, state, refused, results, by, at in (
        ("imp-1", "mentor", "checked", 0, None, "coordinator", NOW),
        ("imp-2", "mentor", "refused", 120, None, "coordinator", NOW),
        ("imp-3", "mentee", "running", 0, {"added": 48, "changed": 0, "unchanged": 0, "left_out": 0}, "", None),
        ("imp-4", "mentor", "done", 2, {"added": 115, "changed": 2, "unchanged": 1, "left_out": 2}, "programme-office",
         NOW),
    )
]
CHECK_IN = {
    "id": "ci-1",
    "journey_id": "j-p1",
    "pair_id": "p1",
    "programme_id": "rising",
    "person_id": "amara",
    "role": "mentee",
    "period": 1,
    "state": "open",
    "answer": None,
    "answered_at": None,
    "answer_by": "2026-06-16T09:00:00.000Z",
    "closes_at": "2099-06-30T00:00:00.000Z",
}
CHECK_INS = [
    {**CHECK_IN, "id": f"ci-{period}-{role}", "period": period, "role": role, "state": state, "answer": answer,
     "opens_at": f"2026-0{period + 3}-01T08:00:00.000Z"}
    for period, role, state, answer in (
        (1, "mentee", "answered", {"rating": 4}),
        (1, "mentor", "answered", {"rating": 5}),
        (2, "mentee", "answered", {"rating": 2}),
        (2, "mentor", "missed", None),
        (3, "mentee", "open", None),
        (4, "mentee", "planned", None),
    )
]
CASE = {
    "id": "case-1",
    "pair_id": "p1",
    "programme_id": "rising",
    "topic": "silence",
    "person_id": "helena",
    "state": "raised",
    "due_at": "2026-06-12T09:00:00.000Z",
}
MAIL = {
    "id": "m-1",
    "to": "amara@caldera.example",
    "subject": "How is mentoring going?",
    "sent_at": NOW,
    "person_id": "amara",
    "text": "Hello Amara\n\nhttp://127.0.0.1/c/abcdefghijklmnopqrstuv/4 Good\n<b>not bold</b>",
    "html": '<html><body><h1>How is mentoring going?</h1><p style="color:#74234f">Choose one</p></body></html>',
}


MESSAGES = [
    {"id": f"m-{at}", "template": template, "person_id": who, "pair_id": pair, "state": state, "tries": 1, "why": why,
     "queued_at": NOW, "sent_at": NOW if state == "accepted" else None}
    for at, (template, who, pair, state, why) in enumerate((
        ("introduction", "amara", "p1", "accepted", None),
        ("check-in-opened", "helena", "p1", "failed", "recipient-refused"),
        ("case-raised", "ilse", None, "failed", "message-refused"),
        ("check-in-opened", "amara", "p1", "failed", "not-composed"),
        ("check-in-opened", "helena", "p1", "suppressed", "unreachable"),
        ("case-raised", "ilse", None, "suppressed", "a-newer-reason"),
    ))
]


def told(kind: str, at: str, who: str | None = None, **facts: Any) -> dict[str, Any]:
    return {"at": f"2026-{at}T08:00:00.000Z", "kind": kind, "facts": facts, "person_id": who}


TIMELINES = {
    "matching": [told("pair-created", "03-09"), told("pair-activated", "03-20")],
    "surveys": [
        told("goal-drafted", "03-12", "amara"),
        told("check-in-answered", "05-14", "amara"),
        told("check-in-missed", "05-26", "helena", in_a_row=2),
    ],
    "community": [told("training-completed", "03-16", "helena", module="joint-kick-off")],
    "notifications": [
        told("message-sent", "05-12", "helena", template="check-in-opened"),
        told("something-newer", "05-27"),
    ],
}


def side(role: str, *steps: tuple[str, int, int, int | None]) -> dict[str, Any]:
    """Each step with who came, of them by the step before, and after how many days."""
    before = [0, *(count for _, count, _, _ in steps)]
    return {"role": role, "steps": [
        {"step": name, "count": count, "came": came, "lost": max(0, was - came), "days": days}
        for was, (name, count, came, days) in zip(before, steps, strict=False)]}


FUNNEL = {
    "programme_id": "rising",
    "as_of": NOW,
    "sides": [
        side("mentor", ("invited", 220, 0, None), ("applied", 198, 190, 4), ("approved", 183, 183, 6),
             ("matched", 170, 170, 12), ("met", 120, 120, 9), ("completed", 0, 0, None)),
        side("mentee", ("invited", 350, 0, None), ("applied", 261, 250, 6), ("approved", 241, 229, 9),
             ("matched", 212, 212, 15), ("something-newer", 3, 3, 1), ("met", 150, 150, 11),
             ("completed", 0, 0, None)),
    ],
    "last": {"programme_id": "rising-2025", "as_of": NOW, "sides": [
        side("mentee", ("invited", 310, 0, None), ("applied", 166, 160, 8), ("approved", 151, 150, 9),
             ("matched", 98, 98, 30), ("completed", 61, 61, 260))]},
}
FIRST_SESSIONS: dict[str, Any] = {
    "programme_id": "rising", "met": 150, "waiting": 62, "median_days": 17, "followed_days": 120,
    "as_of": NOW,
    "points": [{"day": 3, "share": 0.1, "at_risk": 212}, {"day": 9, "share": 0.31, "at_risk": 190},
               {"day": 17, "share": 0.55, "at_risk": 140}, {"day": 41, "share": 0.72, "at_risk": 80}],
    "marks": [{"day": 14, "share": 0.31}, {"day": 30, "share": 0.55}]}
CAMPAIGN = {
    "id": "cam-1", "programme_id": "rising", "role": "mentor", "name": "Spring in Sales", "code": "K7Q2MXB",
    "state": "launched", "walk": "nothing", "departments": ["Sales", "Grid planning"], "locations": [], "grades": [],
    "is_list": False, "size": 120, "asked": 97, "refused": {"applies-already": 20, "cannot-apply": 3}, "reminded": 31,
    "remind_days": 7, "created_at": NOW, "launched_at": NOW,
}
DRAFT_CAMPAIGN = {**CAMPAIGN, "id": "cam-2", "state": "draft", "asked": 0, "refused": {}, "reminded": 0, "size": 2,
                  "is_list": True, "departments": [], "remind_days": 0, "launched_at": None}
COUNTING_CAMPAIGN = {**DRAFT_CAMPAIGN, "id": "cam-3", "walk": "count", "size": 0}


TEXTS = {"placeholders": {"programme": "Rising Engineers 2026", "url": "http://localhost/j/K7Q2MXB-m"}, "texts": [
    {"channel": channel, "said": {"title": title, "text": text}, "is_own": channel == "notice", "most": most,
     "filled": {"title": title.replace("{programme}", "Rising"), "text": text.replace("{programme}", "Rising")},
     "ready": ready}
    for channel, title, text, most, ready in (
        ("mail", "Join {programme}", "Hello", 2000, ""), ("chat", "", "Come to {programme}", 500, "Come to Rising"),
        ("notice", "News", "Ours", 1500, "News\n\nOurs"), ("poster", "Big", "Small", 300, "Big"))]}


def report_of(campaign: dict[str, Any]) -> dict[str, Any]:
    counts = {"mail": 24, "reminder": 9, "poster": 12, "chat": 0, "notice": 0, "briefing": 3, "proposal": 0}
    launched = campaign["state"] == "launched"
    codes = [{"channel": channel, "code": f"K7Q2MXB-{letter}", "steps": {
        "applied": count * launched, "approved": count * launched, "matched": count // 2 * launched, "completed": 0}}
        for (channel, count), letter in zip(counts.items(), "mrpcnbo", strict=True)]
    return {"campaign": campaign, "codes": codes, "as_of": NOW}


def paper_of(request: Request, paper: str, form: str) -> Response:
    return Response(f"a paper in {request.args['language']}",
                    content_type={"pdf": "application/pdf", "html": "text/html"}[form],
                    headers={"Content-Disposition": f'attachment; filename="{paper}.{form}"'})


NO_FUNNEL = {"programme_id": "first-bridge", "as_of": NOW, "last": None, "sides": [
    side(role, *((name, 0, 0, None) for name in ("invited", "applied", "approved", "matched", "met", "completed")))
    for role in ("mentor", "mentee")]}
INVITATION = {
    "id": "inv-1", "programme_id": "rising", "step": "invite", "state": "checked", "version": 1, "created_at": NOW,
    "ready": 1, "done": 0,
    "entries": [
        {"role": "mentee", "person_id": "amara", "name": "Amara Okonkwo", "doubt": "", "result": ""},
        {"role": "mentor", "person_id": "helena", "name": "Helena Novotná", "doubt": "cannot-apply", "result": ""},
    ],
    "unread": [{"role": "mentee", "line": 2, "code": "unknown"}, {"role": "mentor", "line": 1, "code": "ambiguous"}],
}
SENT_INVITATION = {
    **INVITATION, "id": "inv-2", "state": "done", "done": 1, "unread": [],
    "entries": [{**one, "result": result} for one, result in zip(INVITATION["entries"], ("done", "cannot-apply"),
                                                                 strict=True)],
}
INVITED = [{"id": f"ap-{who}", "programme_id": "rising", "person_id": who, "role": role, "state": state,
            "invited_at": NOW}
           for who, role, state in (("amara", "mentee", "invited"), ("hanh", "mentor", "submitted"))]


def answers() -> dict[str, dict[str, Any]]:
    """What each service answers, by method and path below /v1."""
    return {
        "matching": matching_answers(),
        "surveys": surveys_answers(),
        "community": community_answers(),
        "notifications": notifications_answers(),
    }


def matching_answers() -> dict[str, Any]:
    return {
        "GET /templates": [
            {"id": "cohort", "name": "Cohort, nine months", "names": {"de": "Jahrgang, neun Monate"}},
            {"id": "open", "name": "Open, all year", "names": {}},
        ],
        "GET /programmes": programmes_of,
        "POST /programmes": made("/programmes/first-bridge"),
        "POST /programmes/rising/copies": made("/programmes/first-bridge"),
        "GET /programmes/rising": PROGRAMME,
        "PATCH /programmes/(?:rising|first-bridge)": PROGRAMME,
        "GET /programmes/first-bridge": DRAFT,
        "POST /programmes/first-bridge/opening": PROGRAMME,
        "GET /programmes/rising/summary": SUMMARY,
        "GET /programmes/first-bridge/summary": {"funnel": [], "to_do": {}, "as_of": NOW},
        "GET /programmes/rising/participants": participants,
        "GET /programmes/first-bridge/participants": [],
        "GET /me/participants": parts_of,
        "GET /participants/a-([a-z-]+)": lambda _request, id: a_part(
            id, "mentor" if id in ("helena", "marguerite", "haakon") else "mentee"),
        "PATCH /participants/a-[a-z-]+": a_part("helena", "mentor"),
        "POST /participants/a-[a-z-]+/[a-z]+": a_part("helena", "mentor"),
        "GET /programmes/first-bridge/(?:runs|pairs)": [],
        "POST /programmes/rising/imports": made("/imports/imp-1"),
        "GET /programmes/rising/imports": IMPORTS,
        "GET /programmes/first-bridge/imports": [],
        "GET /imports/imp-1": CHECKED,
        "GET /imports/imp-2": FAULTY,
        "GET /imports/imp-3": RUNNING_IMPORT,
        "GET /imports/imp-4": DONE_IMPORT,
        "GET /imports/imp-5": DIFFERING_IMPORT,
        "GET /imports/imp-6": TAKEN_OUT_IMPORT,
        "PUT /imports/imp-1/mapping": CHECKED,
        "POST /imports/imp-1/start": (202, RUNNING_IMPORT, {"Location": "/v1/imports/imp-3"}),
        "GET /programmes/rising/rules": RULES,
        "GET /programmes/first-bridge/rules": RULES,
        "POST /programmes/rising/trials": (202, WAITING_TRIAL, {"Location": "/v1/trials/trial-2"}),
        "GET /trials/trial-1": TRIAL,
        "GET /trials/trial-2": WAITING_TRIAL,
        "GET /trials/trial-3": FAILED_TRIAL,
        "GET /directory/files": [COMPARED_FILE, APPLIED_FILE],
        "POST /directory/files": made("/directory/files/file-1"),
        "GET /directory/files/file-1": COMPARED_FILE,
        "GET /directory/files/file-2": APPLIED_FILE,
        "GET /directory/files/file-3": {**COMPARED_FILE, "id": "file-3", "state": "comparing", "difference": {}},
        "GET /directory/files/file-4": {**COMPARED_FILE, "id": "file-4", "state": "refused", "difference": {}},
        "GET /directory/files/file-[123]/lines": DIRECTORY_LINES,
        "POST /directory/files/file-1/(?:application|cancellation)": (202, APPLIED_FILE, {}),
        "GET /programmes/rising/runs": [RUN],
        "POST /programmes/rising/runs": (202, RUN, {"Location": "/v1/runs/run-5"}),
        "GET /runs/run-4": RUN,
        "GET /runs/run-5": {
            **RUN,
            "id": "run-5",
            "state": "solving",
            "progress": 40,
            "matched": None,
            "unmatched": None,
        },
        "GET /runs/run-(?:4|5)/proposals": lambda request: sorted(
            PROPOSALS, key=lambda one: one["score"], reverse=request.args.get("order") != "weakest"),
        "GET /runs/run-4/proposals/(o[0-9])": lambda _request, id: next(one for one in PROPOSALS if one["id"] == id),
        "GET /runs/run-4/proposals/o[0-9]/alternatives": ALTERNATIVES,
        "GET /runs/run-(?:4|5)/fairness": FAIRNESS,
        "GET /runs/run-(?:4|5)/quality": QUALITY,
        "POST /runs/run-4/proposals/o1/swap": RUN,
        "GET /programmes/[^/]+/views": lambda request: [one for one in VIEWS if one["list"] == request.args["list"]],
        "POST /programmes/rising/views": (201, VIEWS[0], {"Location": "/v1/views/v1"}),
        "PATCH /views/v1": VIEWS[0],
        "DELETE /views/v1": VIEWS[0],
        "GET /programmes/rising/rulings": lambda request: [one for one in RULINGS if one["mentee_id"] in (
            request.args.getlist("mentee_id") or [one["mentee_id"]]) and request.args.get("state", one["state"]) == one[
                "state"]],
        "GET /programmes/first-bridge/rulings": [],
        "POST /programmes/rising/(?:locks|exclusions)": (201, RULINGS[0], {"Location": "/v1/rulings/l1"}),
        "DELETE /rulings/l[0-9]": RULINGS[0],
        "GET /runs/run-(?:4|5)/unmatched": lambda request: [
            one for one in UNMATCHED if request.args.get("role", one["role"]) == one["role"]],
        "GET /runs/run-(?:4|5)/publication": {"looked_at": 3, "refused_count": 0, "refused": [], "ending": 0},
        "POST /runs/run-4/publication": (202, {**RUN, "state": "published"}, {}),
        "DELETE /runs/run-4/publication": RUN,
        "POST /runs/run-5/cancellation": RUN,
        "POST /people/named": lambda request: [
            {"text": text, "people": [one for one in PEOPLE.values() if text in (one["name"], one["email"])]}
            for text in request.get_json()["texts"]],
        "GET /people": lambda request: [PEOPLE[one] for one in request.args.getlist("id") if one in PEOPLE],
        "GET /people/([a-z-]+)": lambda _request, id: PEOPLE.get(id) or problem(404, "not-found"),
        "GET /programmes/rising/pairs": pairs_of_programme,
        "GET /me/pairs": lambda request: [
            one for one in PAIRS.values() if caller(request) in (one["mentor_id"], one["mentee_id"])
        ],
        "GET /me/circles": lambda request: [one for one in CIRCLES if caller(request) in sitting(one)],
        "GET /programmes/rising/circles": lambda request: [
            one for one in CIRCLES if request.args.get("state") in (None, one["state"])],
        "GET /programmes/first-bridge/circles": [],
        "POST /programmes/rising/circles": made("/circles/c1"),
        "GET /circles/(c[0-9])": lambda _request, id: next(one for one in CIRCLES if one["id"] == id),
        "POST /circles/c[0-9]/members": (201, {"id": "seat"}, {}),
        "POST /circles/c[0-9]/members/[a-z]+/departure": {"id": "seat"},
        "POST /circles/c[0-9]/closure": lambda _request: CIRCLES[0],
        "GET /calls": CALLS,
        "GET /programmes/rising/motives": {
            "items": MOTIVES, "as_of": NOW, "counting": False, "renewals": MOTIVES[1:], "asked": 20, "stayed": 15,
            "nearly_all": False, "least": 5, "fewest": 10},
        "GET /programmes/first-bridge/motives": {"as_of": NOW, "counting": False, "items": [
            {**one, "answered": 0, "motives": [], "few": []} for one in MOTIVES], "renewals": [], "asked": 0,
            "stayed": None, "nearly_all": False, "least": 5, "fewest": 10},
        "GET /programmes/rising/profile": PROFILE,
        "GET /programmes/first-bridge/profile": {"version": 3, "criteria": [], "unasked": [], "scoring": False},
        "GET /programmes/[a-z-]+/form": FORM,
        "PATCH /programmes/rising": PROGRAMME,
        "PUT /programmes/[a-z-]+/draft": {"id": "new", "flaws": [], "answers": {}},
        "GET /me/applications": applications_of,
        "GET /applications/ap-1": APPLICATIONS["ap-1"],
        "GET /applications/ap-1/steps": STEPS,
        "PUT /applications/ap-1/interview": STEPS,
        "POST /applications/ap-1/endorsement": STEPS,
        "GET /me/endorsements": [{
            "application_id": "ap-1", "programme_id": "rising", "programme": "Rising Engineers 2026",
            "person_id": "hanh", "role": "mentee", "role_names": None, "asked_at": NOW}],
        "POST /me/endorsements/ap-1/answer": {"application_id": "ap-1", "endorsed": True, "answered_at": NOW},
        "GET /me/renewals": lambda request: [RENEWAL] if caller(request) == "helena" else [],
        "POST /me/renewals/rising/answer": {"programme_id": "rising", "answer": "stay"},
        "GET /me/stepping-up": lambda request: [STEP] if caller(request) == "hanh" else [],
        "POST /me/stepping-up/rising/refusal": {**STEP, "state": "refused"},
        "GET /programmes/rising/stepping-up": {"invited": 12, "applied": 5, "mentors": 3},
        "GET /programmes/first-bridge/stepping-up": {"invited": 0, "applied": 0, "mentors": 0},
        "GET /me/places": lambda request: PLACES if caller(request) == "hanh" else [],
        "POST /applications/[a-z0-9-]+/[a-z]+": {},
        "GET /programmes/rising/applications": applications_in,
        "GET /programmes/first-bridge/applications": [],
        "GET /programmes/rising/applications/count": {"count": 120, "as_of": NOW},
        "POST /programmes/rising/decisions": (202, {"id": "d1"}, {"Location": "/v1/decisions/d1"}),
        "GET /programmes/rising/campaigns": [CAMPAIGN, DRAFT_CAMPAIGN],
        "GET /programmes/first-bridge/campaigns": [],
        "POST /programmes/rising/campaigns": made("/campaigns/cam-2"),
        "GET /campaigns/cam-1": report_of(CAMPAIGN),
        "GET /campaigns/cam-2": report_of(DRAFT_CAMPAIGN),
        "GET /campaigns/cam-3": report_of(COUNTING_CAMPAIGN),
        "POST /campaigns/cam-[12]/(?:launch|end)": CAMPAIGN,
        "GET /campaigns/cam-[123]/texts": TEXTS,
        "PUT /campaigns/cam-1/texts/([a-z]+)": lambda _request, _channel: TEXTS,
        "DELETE /campaigns/cam-1/texts/([a-z]+)": lambda _request, _channel: TEXTS,
        "GET /campaigns/cam-1/kit/([a-z]+).([a-z]+)": paper_of,
        "GET /programmes/rising/funnel": FUNNEL,
        "GET /programmes/[a-z-]+/funnel/people": lambda request: [
            {"id": f"w{at}", "person_id": who, "role": request.args["role"], "at": NOW}
            for at, who in enumerate(["amara", "hanh", None])],
        "GET /programmes/rising/first-sessions": FIRST_SESSIONS,
        "GET /programmes/first-bridge/first-sessions": {
            **FIRST_SESSIONS, "met": 0, "waiting": 0, "median_days": None, "followed_days": None, "points": [],
            "marks": [{"day": 14, "share": None}, {"day": 30, "share": None}]},
        "GET /programmes/first-bridge/funnel": NO_FUNNEL,
        "POST /programmes/rising/invitations": made("/invitations/inv-1"),
        "GET /programmes/rising/invited": INVITED,
        "GET /programmes/first-bridge/invited": [],
        "GET /invitations/inv-1": INVITATION,
        "GET /invitations/inv-2": SENT_INVITATION,
        "POST /invitations/inv-1/start": (202, SENT_INVITATION, {"Location": "/v1/invitations/inv-2"}),
        "GET /decisions/d1": {"id": "d1", "state": "done", "chosen": 2, "decided": 1,
                              "refused": {"ap-1": "wrong-state"}},
        "GET /me/requests": requests_of,
        "GET /me/openings": lambda request: [OPENING] if caller(request) == "hanh" else [],
        "GET /programmes/rising/offers": OFFERS,
        "GET /programmes/rising/requests": lambda request: [one for one in REQUESTS.values() if (
            one["state"] == "open" if "unanswered" in request.args
            else request.args.get("state") in (None, one["state"]))],
        "GET /programmes/first-bridge/requests": [],
        "GET /programmes/rising/requests/summary": {
            "states": {"open": 2}, "unanswered": 1},
        "GET /programmes/first-bridge/requests/summary": {},
        "GET /programmes/rising/requests/refusals": {
            "declined": {"no-time": 12, "other": 9}, "least": 3, "fewest": 12, "as_of": NOW, "counting": False},
        "GET /programmes/first-bridge/requests/refusals": {"declined": {}, "as_of": None, "counting": True},
        "GET /programmes/rising/charge": CHARGE,
        "GET /programmes/rising/checklist": CHECKLIST,
        "GET /programmes/first-bridge/checklist": DRAFT_CHECKLIST,
        "PUT /programmes/rising/checklist/[a-z-]+/tick": CHECKLIST,
        "DELETE /programmes/rising/checklist/[a-z-]+/tick": CHECKLIST,
        "GET /programmes/rising/sponsor-view": SPONSOR_VIEW,
        "GET /programmes/first-bridge/charge": {**CHARGE, "id": "first-bridge", "substitutes": [], "routes": []},
        "PUT /programmes/rising/substitutes/[a-z]+": CHARGE,
        "DELETE /programmes/rising/substitutes/[a-z]+": CHARGE,
        "PUT /programmes/rising/routes": CHARGE,
        "GET /programmes/rising/tasks": lambda request: [
            one for one in TASKS if one["state"] == request.args.get("state")],
        "GET /programmes/first-bridge/tasks": [],
        "POST /tasks/t[0-9]/completion": {},
        "GET /programmes/rising/candidates": CANDIDATES,
        "GET /programmes/rising/readiness": READY,
        "GET /programmes/[a-z-]+/trade-off": TRADE_OFF,
        "POST /programmes/[a-z-]+/trade-off": (202, {**TRADE_OFF, "counting": True}, {}),
        "GET /programmes/first-bridge/readiness": {**READY, "mentees": 0, "seats": 0, "undecided": 0, "looked_at": 0,
                                                   "unmatched": 0, "concerns": []},
        "POST /programmes/rising/pairs": made("/pairs/p1"),
        "POST /programmes/rising/requests": made("/requests/r1"),
        "PUT /requests/r1/choices": {},
        "POST /requests/r[0-9]/[a-z]+": {},
        "GET /pairs/(p[0-9])": lambda _request, id: PAIRS.get(id) or problem(404, "not-found"),
        "GET /pairs/[a-z0-9]+/parting": lambda request: (
            {"reason": "no-fit", "note": "They never met.", "by": "hanh"} if caller(request) == "ilse"
            else problem(404, "not-found")),
        "POST /pairs/p3/rematch": problem(409, "wrong-state"),
        "POST /pairs/(p[0-9])/[a-z]+": lambda _request, id: PAIRS[id],
        "GET /pairs/p[0-9]/timeline": TIMELINES["matching"],
    }


def surveys_answers() -> dict[str, Any]:
    return {
        "GET /pairs/(p[0-9])/journey": journey,
        "PUT /journeys/([a-z0-9-]+)/agreement-terms": lambda _request, id: {"id": id},
        "POST /journeys/([a-z0-9-]+)/goals": lambda _request, id: made(f"/goals/of-{id}"),
        "GET /journeys/j-p1/goals": [{"id": "g1", "title": "Lead a first team by spring", "person_id": "amara"}],
        "GET /journeys/j-p2/goals": [],
        "GET /journeys/j-p1/check-ins": CHECK_INS,
        "GET /journeys/j-(?:p2|p3)/(?:check-ins|goals)": [],
        "GET /me/check-ins": lambda request: [CHECK_IN] if caller(request) == "amara" else [],
        "GET /check-ins/ci-1": CHECK_IN,
        "POST /check-ins/ci-[0-9]/reminder": made("/check-ins/ci-1"),
        "PUT /check-ins/ci-1/answer": {**CHECK_IN, "state": "answered"},
        "GET /programmes/(?:rising|first-bridge)/check-ins/summary": {
            "states": {"open": 12, "answered": 162, "missed": 19},
            "sent": 205,
            "delivered": 200,
            "answered": 162,
            "overdue": 19,
            "rounds": [{"period": 1, "delivered": 120, "answered": 102},
                       {"period": 2, "delivered": 80, "answered": 60}],
            "as_of": NOW,
        },
        "GET /programmes/rising-2025/check-ins/summary": {
            "states": {}, "rounds": [{"period": 2, "delivered": 50, "answered": 40}], "as_of": NOW},
        "GET /programmes/rising/check-ins": lambda request: [] if request.args.get("state") == "open" else [
            {**CHECK_IN, "state": "missed"}, {**CHECK_IN, "id": "ci-2", "person_id": "hanh", "state": "missed",
                                              "reminded_at": "2026-06-05T07:00:00.000Z"}
        ],
        "GET /programmes/rising/cases": [CASE],
        "GET /programmes/first-bridge/cases": [],
        "POST /cases/case-1/resolution": {**CASE, "state": "resolved"},
        "GET /pairs/p[0-9]/timeline": TIMELINES["surveys"],
    }


def community_answers() -> dict[str, Any]:
    assignment = {
        "id": "a-1",
        "person_id": "helena",
        "module": "joint-kick-off",
        "state": "assigned",
        "due_on": "2026-06-30",
        "overdue": False,
        "titles": {"en": "Joint kick-off", "de": "Gemeinsamer Auftakt"},
    }
    return {
        "GET /modules": MODULES,
        "GET /me/assignments": lambda request: [assignment] if caller(request) == "helena" else [],
        "POST /assignments/a-1/completion": {**assignment, "state": "completed"},
        "GET /programmes/[a-z-]+/training/summary": {
            "states": {"assigned": 8, "completed": 400},
            "overdue": 2,
            "as_of": NOW,
        },
        "GET /pairs/p[0-9]/timeline": TIMELINES["community"],
    }


def notifications_answers() -> dict[str, Any]:
    resolved = {"purpose": "check-in", "subject_id": "ci-1", "person_id": "amara", "open": True}
    return {
        "POST /codes/resolution": lambda request: (
            resolved
            if request.get_json()["code"] == "abcdefghijklmnopqrstuv"
            else {**resolved, "open": False}
            if request.get_json()["code"] == "closed0000000000000000"
            else problem(404, "not-found")
        ),
        "POST /programmes/[a-z-]+/previews/invitation": lambda request: {
            "subject": "Would you be a mentor?", "text": "Hello",
            "html": f"<html><body><h1>{request.get_json()['letter']} {request.get_json()['code']}</h1></body></html>"},
        "POST /programmes/rising/previews/introduction": lambda request: introductions(request.get_json()),
        "GET /mailbox": [MAIL],
        "GET /mailbox/m-1": MAIL,
        "POST /programmes/rising/contacts/[a-z]+/retry": {"reachable": True},
        "GET /programmes/rising/messages": lambda request: [
            one for one in MESSAGES if request.args.get("state") in (None, one["state"])
            and ("bounced" not in request.args or one["why"] == "recipient-refused")
            and ("unreachable" not in request.args or one["why"] == "unreachable")
        ],
        "GET /programmes/[a-z-]+/messages/summary": {
            "queued": 0,
            "accepted": 640,
            "failed": 3,
            "bounced": 1,
            "unreachable": 1,
            "suppressed": 2,
            "last_sent_at": NOW,
            "as_of": NOW,
        },
        "GET /pairs/p[0-9]/timeline": TIMELINES["notifications"],
    }


def introductions(wanted: Any) -> Any:
    sides = {"mentor": "You are the mentor of {}", "mentee": "{} is your mentor"}
    subjects = {side: words.format(wanted["mentee" if side == "mentor" else "mentor"]["name"])
                for side, words in sides.items()}
    return {side: {"subject": subject, "text": f"{subject}\n\nHello {wanted[side]['name']}",
                   "html": f'<html lang="{wanted["language"]}"><head><title>{subject}</title></head>'
                           f"<body><main><h1>{subject}</h1></main></body></html>"}
            for side, subject in subjects.items()}


def a_circle(id: str, name: str, state: str, lacks: list[str], **people: str) -> dict[str, Any]:
    """`people` are roles by id."""
    return {"id": id, "version": 3, "programme_id": "rising", "name": name, "min_mentees": 2, "max_mentees": 8,
            "state": state, "lacks": lacks, "reason": None, "formed_at": NOW,
            "parties": [{"person_id": one, "role": role} for one, role in people.items()]}


CIRCLES = [
    a_circle("c1", "Leading teams from afar", "active", ["too-few-mentees"], helena="mentor", amara="mentee"),
    a_circle("c2", "Python in the evening", "forming", [], haakon="mentor"),
]


def sitting(circle: dict[str, Any]) -> set[str]:
    return {one["person_id"] for one in circle["parties"]}


def caller(request: Request) -> str:
    """Who the token is for; its signature is others' to check."""
    import base64

    body = request.headers["Authorization"].split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(body + "=="))["person_id"])


def programmes_of(request: Request) -> list[Any]:
    return [PROGRAMME, DRAFT] if caller(request) == "ilse" else []


def participants(request: Request) -> list[Any]:
    role, alone = request.args.get("role"), "alone" in request.args
    roles = {
        "helena": "mentor",
        "marguerite": "mentor",
        "haakon": "mentor",
        "amara": "mentee",
        "jun-seo": "mentee",
        "hanh": "mentee",
    }
    return [
        a_part(id, one)
        for id, one in roles.items()
        if role in (None, one) and (not alone or id == "hanh")
    ]


def a_part(id: str, role: str, **more: Any) -> dict[str, Any]:
    state = "paused" if id == "haakon" else "active"
    return {"id": f"a-{id}", "version": 5, "programme_id": "rising", "person_id": id, "role": role, "state": state,
            "capacity": 2, "taken": 1, **more}


def parts_of(request: Request) -> list[Any]:
    role = {"helena": "mentor", "amara": "mentee"}.get(caller(request))
    return [a_part(caller(request), role)] if role else []


def choice(mentor: str, state: str, **more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"answer_by": None, "reason": None, "note": "", "question": "", "reply": ""}
    return {"mentor_id": mentor, "state": state, **known, **more}


REQUESTS: dict[str, dict[str, Any]] = {
    "r1": {"id": "r1", "version": 3, "programme_id": "rising", "mentee_id": "jun-seo", "state": "open",
           "opened_at": NOW, "pair_id": None, "choices": [
               choice("haakon", "declined"),
               choice("marguerite", "asked-for-more", answer_by="2026-06-12T14:59:59.999Z", question="What for?"),
               choice("helena", "waiting")]},
    "r2": {"id": "r2", "version": 1, "programme_id": "rising", "mentee_id": "hanh", "state": "exhausted",
           "opened_at": NOW, "pair_id": None, "choices": [choice("haakon", "expired")]},
}
TASKS = [
    {"id": "t1", "kind": "request-exhausted", "state": "open", "programme_id": "rising", "mentor_id": "",
     "mentee_id": "hanh", "pair_id": "", "request_id": "r2", "rules": [], "opened_at": NOW},
    {"id": "t2", "kind": "reporting-line", "state": "open", "programme_id": "rising", "mentor_id": "helena",
     "mentee_id": "jun-seo", "pair_id": "p2", "request_id": "", "rules": ["reporting-line"], "opened_at": NOW},
    {"id": "t3", "kind": "request-exhausted", "state": "done", "programme_id": "rising", "mentor_id": "",
     "mentee_id": "amara", "pair_id": "", "request_id": "r3", "rules": [], "opened_at": NOW},
]
OPENING: dict[str, Any] = {"programme_id": "rising", "name": "Rising Engineers"}
OFFERS = [
    {"mentor_id": "helena", "score": 7300, "room": 2, "reasons": [
        {"criterion": "skills", "params": {"kind": "overlap", "shared": ["Python", "leading"], "wanted": 3}},
        {"criterion": "wish", "params": {"kind": "wish", "rank": 2}},
        {"criterion": "languages", "params": {"kind": "overlap", "shared": ["Deutsch"], "wanted": 1}}]},
    {"mentor_id": "marguerite", "score": 6100, "room": 1, "reasons": [
        {"criterion": "location", "params": {"kind": "same", "value": "Hamburg"}}]},
]


def a_field(key: str, kind: str, en: str, de: str, **more: Any) -> dict[str, Any]:
    nothing = {"helps": {}, "roles": ["mentor", "mentee"], "required": False, "options": [], "least": None,
               "most": None}
    return {"key": key, "kind": kind, "labels": {"en": en, "de": de}, **nothing, **more}


FORM: dict[str, Any] = {
    "version": 7, "programme_id": "rising", "programme": "Rising Engineers 2026", "language": "en", "skills": [],
    "takes_applications": True, "fields": [
        a_field("skills", "skills", "What can others learn from you?", "Was können andere von dir lernen?",
                roles=["mentor"], required=True, helps={"en": "A skill a line.", "de": "Eine Fähigkeit je Zeile."}),
        a_field("goals", "skills", "What would you like to learn?", "Was möchtest du lernen?", roles=["mentee"]),
        a_field("languages", "several-of", "Which languages do you talk?", "Welche Sprachen sprichst du?",
                required=True, options=[{"code": "en", "labels": {"en": "English", "de": "Englisch"}},
                                        {"code": "de", "labels": {"en": "German", "de": "Deutsch"}}]),
        a_field("capacity", "number", "How many mentees?", "Wie viele Mentees?", roles=["mentor"], least=0, most=10),
        a_field("voluntary", "yes-no", "Do you volunteer?", "Machst du das freiwillig?", roles=["mentor"],
                required=True),
        a_field("ready", "scale", "How ready are you?", "Wie bereit bist du?"),
        a_field("since", "date", "Since when are you here?", "Seit wann bist du hier?"),
        a_field("why", "long-text", "Why?", "Warum?"),
    ]}


def a_criterion(code: str, key: str, en: str, de: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "key": key, "wants": "names", "words": [], "least": 1, "points": 10,
            "module": "active-listening", "labels": {"en": en, "de": de}, **more}


PROFILE: dict[str, Any] = {
    "version": 3, "unasked": ["gone"], "scoring": False, "criteria": [
        a_criterion("willing", "voluntary", "Does it of their own accord", "Macht es aus freien Stücken",
                    words=["yes"], points=40, module="mentor-role"),
        a_criterion("ready", "ready", "Is ready", "Ist bereit", wants="at-least", least=4, points=15),
        a_criterion("talks", "languages", "Talks with many", "Spricht mit vielen", words=["en", "de"], least=2,
                    points=30),
        a_criterion("gone", "hurdles", "Has time", "Hat Zeit", wants="names-none", words=["time"]),
    ]}
MOTIVES: list[dict[str, Any]] = [
    {"key": "drivers", "answered": 40, "labels": {"en": "Why would you like to be a mentor?", "de": "Warum?"},
     "motives": [{"code": "pass-on", "count": None}, {"code": "learn", "count": 12}], "few": ["lead"],
     "options": [{"code": code, "labels": {"en": en, "de": en}} for code, en in (
         ("pass-on", "Pass on what I know"), ("learn", "Learn from others"), ("lead", "Practise leading"))]},
    {"key": "hurdles", "answered": 40, "labels": {"en": "What could get in the way?", "de": "Was steht im Weg?"},
     "motives": [{"code": "time", "count": 28}, {"code": "rooms", "count": 9}, {"code": "distance", "count": 8},
                 {"code": "none", "count": 6}], "few": ["support"],
     "options": [{"code": code, "labels": {"en": en, "de": en}} for code, en in (
         ("time", "Little time"), ("Rooms", "No room to meet"), ("distance", "Another place"), ("none", "None"),
         ("support", "Little support"))]},
]
RENEWAL = {"id": "rn-1", "programme_id": "rising", "programme": "Rising Engineers 2026", "capacity": 2, "asked_at": NOW,
           "answer": None, "questions": MOTIVES}
MODULES = [
    {"id": id, "days": 30, "titles": {"en": en, "de": de}}
    for id, en, de in (("mentor-role", "Your role", "Deine Rolle"),
                       ("active-listening", "Active listening", "Aktives Zuhören"))
]


def application(id: str, person: str, role: str, state: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "version": 2, "programme_id": "rising", "person_id": person, "role": role, "state": state,
            "answers": {"goals": "python", "languages": "en; de", "gone": "kept"}, "submitted_at": NOW,
            "decided_at": None, "reason": None, "note": None, "flaws": [], **more}


APPLICATIONS = {one["id"]: one for one in (
    application("ap-1", "hanh", "mentee", "submitted"),
    application("ap-2", "amara", "mentor", "submitted", score=55, best=85, gaps=["talks"], terms=[
        {"code": "willing", "points": 40, "most": 40}, {"code": "ready", "points": 15, "most": 15},
        {"code": "talks", "points": 0, "most": 30}]),
    application("ap-3", "hanh", "mentor", "approved", score=15, best=15, gaps=[], terms=[
        {"code": "ready", "points": 15, "most": 15}]),
    application("ap-5", "amara", "mentee", "waiting", rounds=2),
    application("ap-4", "jun-seo", "mentee", "declined", reason="no-places", note="asked late"),
)}
STEPS: dict[str, Any] = {
    "application_id": "ap-1", "steps": ["interview", "endorsement"], "open_steps": ["interview", "endorsement"],
    "waived": [], "has_manager": True, "interview": None, "endorsement": None}
STEP = {"id": "s-1", "version": 1, "programme_id": "rising", "state": "invited", "invited_at": NOW,
        "answers": {"languages": "de", "why": "I have learnt a lot", "goals": "python"}}
PLACES = [
    {"programme_id": "rising", "role": "mentee", "waits_for": waits_for, "position": position, "rounds": rounds}
    for waits_for, position, rounds in (("place", 4, 0), ("mentor", 2, 1))
]
CALLS = [
    {"programme_id": id, "name": name, "language": "en", "starts_on": "2026-03-02", "ends_on": "2026-11-30",
     "always_on": always, "applications_until": until}
    for id, name, always, until in (("rising", "Rising Engineers 2026", True, None),
                                    ("first-bridge", "First Bridge 2027", False, "2026-06-30"))
]


def applications_of(request: Request) -> list[Any]:
    return [one for one in APPLICATIONS.values() if one["person_id"] == caller(request)]


def applications_in(request: Request) -> list[Any]:
    return [one for one in APPLICATIONS.values() if all(
        request.args.get(name) in (None, one[name]) for name in ("state", "role"))]


def requests_of(request: Request) -> list[Any]:
    return [one for one in REQUESTS.values() if one["mentee_id"] == caller(request)]


def pairs_of_programme(request: Request) -> list[Any]:
    return [one for one in PAIRS.values() if request.args.get("state") in (None, one["state"])]


def journey(_request: Request, pair_id: str) -> Any:
    terms = {"meetings_every_days": 14, "ends_on": "2026-11-30"} if pair_id == "p1" else None
    return {"id": f"j-{pair_id}", "pair_id": pair_id, "state": "under-way" if terms else "waiting", "terms": terms}


@dataclass
class FakeServices:
    """All four, and what was sent to them."""

    sent: list[Sent] = field(default_factory=list)
    services: dict[str, FakeService] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services = {name: FakeService(name, told, self.sent) for name, told in answers().items()}

    def answer(self, service: str, pattern: str, answer: Any) -> None:
        """Another answer from here on; it wins over the canned ones."""
        others = {known: told for known, told in self.services[service].answers.items() if known != pattern}
        self.services[service].answers = {pattern: answer, **others}

    def __getitem__(self, name: str) -> FakeService:
        return self.services[name]

    def last(self) -> Sent:
        return self.sent[-1]


EVENTS = [
    {
        "at": NOW,
        "topic": "mentoring.pairs.v1",
        "type": "mentoring.pair-created.v1",
        "key": "p1",
        "data": {"pair_id": "p1"},
    }
]
