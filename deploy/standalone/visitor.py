"""Somebody who uses a house over its public HTTP, without a socket in between."""

from dataclasses import dataclass
from typing import Any

from deploy.standalone.house import House
from shared.web.tokens import TokenIssuer, key_from

OFFICE = "sample-programme-office"
OFFICE_ROLES = ("programme-office", "operator", "hr")


class Refusal(RuntimeError):
    """A service refused what a visitor asked for."""


@dataclass
class Visitor:
    """Speaks in anybody's name: the house trusts its own key."""

    house: House

    def __post_init__(self) -> None:
        self._issuer = TokenIssuer(key_from(self.house.environ["TOKEN_KEY"]))
        self._clients = {name: app.test_client() for name, app in self.house.apps.items()}

    def ask(self, method: str, place: str, *, by: str = OFFICE, scopes: tuple[str, ...] = (), **more: Any) -> Any:
        """The answer; `place` is service/path, such as `matching/programmes`."""
        service, _, path = place.partition("/")
        roles = OFFICE_ROLES if by == OFFICE else ()
        token = self._issuer.mint(by, person_id=by, roles=roles, scopes=scopes)
        headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
        return self._clients[service].open(f"/v1/{path}", method=method, headers=headers, **more)

    def send(self, method: str, place: str, **more: Any) -> dict[str, Any]:
        """The body of an answer that must be good. Raises Refusal."""
        answer = self.ask(method, place, **more)
        if answer.status_code >= 300:
            raise Refusal(f"{method} {place}: {answer.status_code} {answer.text}")
        return answer.json or {}

    def all(self, place: str, **more: Any) -> list[dict[str, Any]]:
        """A list, whole."""
        found: list[dict[str, Any]] = []
        following: str | None = place + ("&" if "?" in place else "?") + "limit=200"
        while following:
            answer = self.ask("GET", following, **more)
            if answer.status_code != 200:
                raise Refusal(f"GET {following}: {answer.status_code} {answer.text}")
            found += answer.json["items"]
            link = answer.headers.get("Link", "")
            following = place.partition("/")[0] + link.partition(">")[0].partition("/v1")[2] if link else None
        return found
