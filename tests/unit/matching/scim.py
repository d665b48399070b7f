"""A directory that calls by SCIM."""

from typing import Any

from shared.web.tokens import TokenIssuer
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MatchingHouse
from tests.unit.surveys.calling import KEY

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OWN = "urn:ietf:params:scim:schemas:extension:ithaca:2.0:User"
ADA = {"schemas": [CORE, ENTERPRISE], "userName": "Ada@Example.org", "externalId": "x-1", "active": True,
       "displayName": "Ada Blum", "emails": [{"value": "ada@example.org", "type": "work", "primary": True}],
       ENTERPRISE: {"department": "Research"}}


class ScimCaller:
    """Calls below /scim/v2 with a token of one scope."""

    def __init__(self, house: MatchingHouse, scope: str = "scim") -> None:
        self.app = app_of(house)
        self.token = TokenIssuer(KEY).mint("directory", scopes=[scope])

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.app.test_client().open(f"/scim/v2{path}", method=method, json=body,
                                           headers={**self.headers, **headers})

    def patch(self, id: str, *operations: Any) -> Any:
        return self("PATCH", f"/Users/{id}", {"schemas": [PATCH], "Operations": list(operations)})
