"""A small organisation in one house, on a clock that stands until it is told to go on."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from deploy.standalone.environment import environment
from deploy.standalone.house import House
from shared.kernel.clock import SettableClock
from shared.web.tokens import TokenIssuer, key_from

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
OFFICE = "the-office"
PATIENT = {"PART_MILLISECONDS": "60000"}
"""However busy the machine is, no page of a test goes without a part."""

MENTORS = """id,name,email,manager,languages,skills,grade,location,capacity
a1,Ada Stone,ada@example.com,z1,en;de,python;leading,lead,Oslo,2
a2,Abe Moor,abe@example.com,z2,en,sales;pitching,senior,Bonn,1
c1,Cora Lind,cora@example.com,,en,,lead,Oslo,0
"""
MENTEES = """id,name,email,manager,languages,goals,grade,location,wishes
e1,Eve Hill,eve@example.com,z3,en,python,junior,Oslo,a1
e2,Ely Lake,ely@example.com,z3,en,sales,junior,Bonn,a1
"""


class Village:
    """Everything goes through the public HTTP of the services."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.environ = environment(folder, "http://127.0.0.1:8080", {**PATIENT, **environ})
        self.clock = SettableClock(START)
        self.house = House(self.environ, self.clock)
        self.issuer = TokenIssuer(key_from(self.environ["TOKEN_KEY"]))

    def ask(self, method: str, service: str, path: str, *, by: str = OFFICE, scopes: tuple[str, ...] = (),
            **more: Any) -> Any:
        """The answer to one request in somebody's name."""
        roles = ("programme-office", "hr", "operator") if by == OFFICE else ()
        token = self.issuer.mint(by, person_id=by, roles=roles, scopes=scopes)
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        return self.house.apps[service].test_client().open("/v1" + path, method=method, headers=headers, **more)

    def get(self, service: str, path: str, **more: Any) -> Any:
        """The body of a GET that must succeed."""
        answer = self.ask("GET", service, path, **more)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json

    def send(self, method: str, service: str, path: str, **more: Any) -> Any:
        """The answer to a command that must succeed."""
        answer = self.ask(method, service, path, **more)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer

    def settle(self, **later: float) -> None:
        """Lets that much time pass, and everything happen that is due by then."""
        self.clock.set(self.clock.now() + timedelta(**later))
        self.house.settle()

    def programme(self, template: str = "career-development", **settings: Any) -> str:
        """An open programme made from a template, with no time for second thoughts."""
        made = self.send("POST", "matching", "/programmes", json={
            "template": template, "name": "Rising", "starts_on": "2026-03-02"})
        place = f"/programmes/{made.json['id']}"
        self.send("PATCH", "matching", place, json={"undo_minutes": 0, **settings}, headers={"If-Match": "*"})
        self.send("POST", "matching", f"{place}/opening")
        self.settle()
        return str(made.json["id"])

    def bring(self, programme_id: str, role: str, text: str) -> None:
        """Imports a file, from upload to result."""
        made = self.send("POST", "matching", f"/programmes/{programme_id}/imports",
                         data={"role": role, "file": (BytesIO(text.encode()), f"{role}s.csv")})
        place = "/imports/" + made.json["id"]
        self.settle()
        checked = self.get("matching", place)
        assert checked["state"] == "checked", checked
        self.send("POST", "matching", f"{place}/start")
        self.settle()
        assert self.get("matching", place)["state"] == "done"

    def put_in_charge(self, programme_id: str, name: str = "Cora Lind") -> str:
        """Makes an imported person the coordinator; answers who."""
        ids = [one["person_id"] for one in self.get("matching", f"/programmes/{programme_id}/participants")["items"]]
        people = self.get("matching", "/people?" + "&".join(f"id={one}" for one in ids))["items"]
        coordinator = next(str(one["id"]) for one in people if one["name"] == name)
        self.send("PATCH", "matching", f"/programmes/{programme_id}", json={"coordinator_ids": [coordinator]},
                  headers={"If-Match": "*"})
        self.settle()
        return coordinator

    def matched(self, programme_id: str) -> list[dict[str, Any]]:
        """Runs, publishes, and answers the pairs."""
        run = self.send("POST", "matching", f"/programmes/{programme_id}/runs", json={}).json["id"]
        self.settle()
        assert self.get("matching", f"/runs/{run}")["state"] == "proposed"
        self.send("POST", "matching", f"/runs/{run}/publication")
        self.settle()
        assert self.get("matching", f"/runs/{run}")["state"] == "published"
        pairs: list[dict[str, Any]] = self.get("matching", f"/programmes/{programme_id}/pairs")["items"]
        return pairs

    def events(self) -> list[str]:
        """The short names of all events so far, in the order of the log."""
        records = self.house.latest(100_000)
        return [record.type.removeprefix("mentoring.").removesuffix(".v1") for record in reversed(records)]

    def mails(self) -> list[dict[str, Any]]:
        """Every mail sent, newest first."""
        found: list[dict[str, Any]] = self.get("notifications", "/mailbox?limit=200")["items"]
        return found

    def close(self) -> None:
        self.house.close()
