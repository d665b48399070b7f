"""Who calls, and the rules that say who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from shared.kernel.errors import NotAllowed
from shared.kernel.ids import derived_id

View = TypeVar("View", bound=Callable[..., Any])
Ids = Mapping[str, str]


@dataclass(frozen=True)
class Caller:
    """Whose token came with the request. `person_id` is None for machines; `subject` is None for nobody at all."""

    person_id: str | None
    subject: str | None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()

    @property
    def anonymous(self) -> bool:
        return self.subject is None

    @property
    def opaque(self) -> str:
        """Names the caller in a document without saying who it is: a provider's subject may be an address."""
        return derived_id("caller", self.person_id or "", self.subject or "")

    @property
    def known_as(self) -> str:
        """Who acts, for documents, events and the audit log: a person's id, or a client's. A subject that may say who
        somebody is says nothing here: an address, or that of somebody with a role whose id the token does not have."""
        if self.anonymous:
            return "anonymous"
        subject = self.subject or ""
        return self.person_id or (self.opaque if self.roles or "@" in subject else subject)


NOBODY = Caller(None, None)

Rule = Callable[[Any, Caller, Ids], None]
"""(service, caller, ids in the path) → None, or raises NotFound (routes with an id) or NotAllowed (routes without)."""


class NotSignedIn(Exception):
    """No token, or one that does not count: 401. `reason` tells the client, and holds nothing of the token."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Checker(Protocol):
    """Turns a bearer token into a caller."""

    def check(self, token: str) -> Caller:
        """Raises NotSignedIn, or Unavailable when the issuer's keys cannot be had."""


def requires(rule: Rule) -> Callable[[View], View]:
    """States who may call the view. Anonymous callers get 401 before the rule is asked, unless it is `anyone`."""
    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view
    return mark


def anyone(_service: Any, _caller: Caller, _ids: Ids) -> None:
    """Open to all, signed in or not; the caller may be anonymous."""


def signed_in(_service: Any, _caller: Caller, _ids: Ids) -> None:
    """Anybody with a token that counts."""


def role(*names: str) -> Rule:
    """Callers whose token has one of the roles."""
    return partial(_one_of, "roles", frozenset(names))


def scope(*names: str) -> Rule:
    """Callers, mostly machines, whose token has one of the scopes."""
    return partial(_one_of, "scopes", frozenset(names))


def _one_of(field: str, names: frozenset[str], _service: Any, caller: Caller, _ids: Ids) -> None:
    if not names & getattr(caller, field):
        raise NotAllowed(f"this needs one of the {field} {', '.join(sorted(names))}")
