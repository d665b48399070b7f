"""Somebody who uses a house over its public HTTP, without a socket in between."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from deploy.standalone.house import House
from shared.web.tokens import TokenIssuer, key_from

OFFICE = "sample-programme-office"
SIGNED_IN = 240.0
"""Seconds that a token is used again, as a browser would: it lives a minute longer."""
OFFICE_ROLES = ("programme-office", "operator", "hr")


class Refusal(RuntimeError):
    """A service refused what a visitor asked for."""

    def __init__(self, question: str, status: int, text: str) -> None:
        super().__init__(f"{question}: {status} {text}")
        self.status = status


@dataclass
class Visitor:
    """Speaks in anybody's name: the house trusts its own key. `told` counts what was asked, and what was refused."""

    house: House
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._issuer = TokenIssuer(key_from(self.house.environ["TOKEN_KEY"]))
        self._clients = {name: app.test_client(use_cookies=False) for name, app in self.house.apps.items()}
        self._tokens: dict[str, tuple[str, float]] = {}

    def ask(self, method: str, place: str, *, by: str = OFFICE, **more: Any) -> Any:
        """The answer; `place` is service/path, such as `matching/programmes`."""
        service, _, path = place.partition("/")
        self.told[f"{method} {service}"] += 1
        headers = {"Authorization": f"Bearer {self._token(by)}", **more.pop("headers", {})}
        return self._clients[service].open(f"/v1/{path}", method=method, headers=headers, **more)

    def _token(self, by: str) -> str:
        token, until = self._tokens.get(by, ("", 0.0))
        if time.monotonic() >= until:
            roles = OFFICE_ROLES if by == OFFICE else ()
            token = self._issuer.mint(by, person_id=by, roles=roles)
            self._tokens[by] = token, time.monotonic() + SIGNED_IN
        return token

    def send(self, method: str, place: str, **more: Any) -> dict[str, Any]:
        """The body of an answer that must be good. Raises Refusal."""
        answer = self.ask(method, place, **more)
        if answer.status_code >= 300:
            raise Refusal(f"{method} {place}", answer.status_code, answer.text)
        return answer.json or {}

    def enter(self, user: dict[str, Any]) -> str:
        """Somebody the company's directory tells of, by SCIM; answers the person id. Raises Refusal."""
        self.told["POST matching"] += 1
        token = self._issuer.mint("directory", scopes=["scim"])
        answer = self._clients["matching"].post(
            "/scim/v2/Users", json=user, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code != 201:
            raise Refusal("POST /scim/v2/Users", answer.status_code, answer.text)
        return str((answer.json or {})["id"])

    def attempt(self, method: str, place: str, **more: Any) -> dict[str, Any] | None:
        """As `send`, for what people try although it may be too late: None when a rule says no."""
        try:
            return self.send(method, place, **more)
        except Refusal as refusal:
            if refusal.status >= 500:
                raise
            self.told["refused"] += 1
            return None

    def all(self, place: str, **more: Any) -> list[dict[str, Any]]:
        """A list, whole."""
        found: list[dict[str, Any]] = []
        following: str | None = place + ("&" if "?" in place else "?") + "limit=200"
        while following:
            answer = self.ask("GET", following, **more)
            if answer.status_code != 200:
                raise Refusal(f"GET {following}", answer.status_code, answer.text)
            found += answer.json["items"]
            link = answer.headers.get("Link", "")
            following = place.partition("/")[0] + link.partition(">")[0].partition("/v1")[2] if link else None
        return found
