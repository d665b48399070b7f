"""Calls over HTTP as anybody."""

from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask
from joserfc.jwk import ECKey

from shared.web.tokens import TokenIssuer

KEY = ECKey.generate_key("P-256")
KEY.ensure_kid()
PUBLIC_KEY = orjson.dumps(KEY.as_dict(private=False)).decode()
"""What a service that runs for itself is given."""


@dataclass(frozen=True)
class Caller:
    """Calls as this person, with these roles; without a person id, by the name that the provider has."""

    app: Flask
    person_id: str | None = None
    roles: tuple[str, ...] = ()
    subject: str = "machine"

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        token = TokenIssuer(KEY).mint(self.person_id or self.subject, person_id=self.person_id, roles=self.roles)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().open("/v1" + path, method=method, json=body,
                                           headers={"Authorization": f"Bearer {token}", **named})

    def get(self, path: str) -> Any:
        return self("GET", path)
