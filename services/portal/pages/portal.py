"""What pages are made with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.portal.clients import Services
from services.portal.clients.calls import Calls
from services.portal.clients.community import Community
from services.portal.clients.matching import Matching
from services.portal.clients.notifications import Notifications
from services.portal.clients.provider import Provider
from services.portal.clients.surveys import Surveys
from services.portal.pages.people import Person, SamplePerson
from services.portal.pages.sessions import Sessions
from services.portal.settings import Settings
from shared.kernel.clock import Clock
from shared.kernel.trace import current_traceparent
from shared.web.limiter import Limiter
from shared.web.tokens import TokenIssuer

SamplePeople = Callable[[], Sequence[SamplePerson]]
RecentEvents = Callable[[], Sequence[Mapping[str, Any]]]
FILES_A_SECOND = 1
"""Whole lists that one person may take, ten at once at most: each reads as much as hundreds of pages."""


@dataclass(frozen=True)
class Portal:
    """The services it calls and what it remembers, `unsent` forms too until their people are back. Sample people,
    events and mailbox are there when standalone only; nobody is a sample where there is an identity provider."""

    settings: Settings
    clock: Clock
    http: Mapping[str, httpx.Client]
    tokens: TokenIssuer
    sessions: Sessions
    unsent: Sessions
    sample_people: SamplePeople | None = None
    recent_events: RecentEvents | None = None
    mailbox: bool = False
    provider: Provider | None = None
    files: Limiter = field(default_factory=lambda: Limiter(FILES_A_SECOND))

    def services_for(self, person: Person) -> Services:
        return self._services(self.tokens.mint(person.id, person_id=person.id, roles=person.roles))

    def services_as_portal(self, *scopes: str) -> Services:
        """For what the portal does itself, such as resolving a one-click code."""
        return self._services(self.tokens.mint("portal", scopes=scopes))

    def services_as(self, person_id: str) -> Services:
        """For somebody who proved a right by a one-click code: no roles."""
        return self._services(self.tokens.mint(person_id, person_id=person_id))

    def _services(self, token: str) -> Services:
        return Services(
            Matching(self._calls("matching", token)),
            Surveys(self._calls("surveys", token)),
            Community(self._calls("community", token)),
            Notifications(self._calls("notifications", token)),
        )

    def _calls(self, service: str, token: str) -> Calls:
        trace = current_traceparent()
        headers = {"Authorization": f"Bearer {token}"} | ({"traceparent": trace} if trace else {})
        return Calls(service, self.http[service], headers)
