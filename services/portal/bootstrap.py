"""Puts the portal together: the only place that knows all of its parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import httpx

from services.portal.clients.provider import Provider
from services.portal.pages.people import SamplePerson
from services.portal.pages.portal import Portal
from services.portal.pages.sessions import Sessions, SessionsInMemory
from services.portal.settings import SERVICES, Settings
from shared.kernel.clock import Clock, SystemClock
from shared.runtime.settings import WrongSettings
from shared.web.tokens import TokenIssuer, key_from

People = Iterable[tuple[str, str, Sequence[str], str, str]]
Events = Sequence[Mapping[str, Any]]


def build(
    settings: Settings,
    *,
    apps: Mapping[str, Any] | None = None,
    clock: Clock | None = None,
    sample_people: Callable[[], People] | None = None,
    recent_events: Callable[[], Events] | None = None,
    mailbox: bool = False,
    sessions: Sessions | None = None,
    provider_http: httpx.Client | None = None,
) -> Portal:
    """`apps` are the services of this process, by name, as WSGI; the others are called at their URLs.

    `sample_people` yields (person id, name, roles, kind, name of the partner); `recent_events` the newest first, each
    with at, topic, type, key and data. Raises WrongSettings for a service that has neither app nor URL.
    """
    clock = clock or SystemClock()
    return Portal(
        settings=settings,
        clock=clock,
        http=clients(settings, apps or {}),
        tokens=issuer(settings),
        sessions=sessions or SessionsInMemory(SystemClock(), settings.session_hours),
        unsent=SessionsInMemory(SystemClock(), hours=0.5, most=300),
        sample_people=people_of(sample_people) if sample_people else None,
        recent_events=recent_events,
        mailbox=mailbox,
        provider=provider(settings, provider_http or httpx.Client(timeout=5)) if settings.oidc_issuer else None,
    )


def clients(settings: Settings, apps: Mapping[str, Any]) -> dict[str, httpx.Client]:
    homeless = [name for name in SERVICES if name not in apps and not settings.service_urls.get(name)]
    if homeless:
        raise WrongSettings("; ".join(f"{name.upper()}_URL is missing" for name in homeless))
    return {name: client(settings, name, apps.get(name)) for name in SERVICES}


def client(settings: Settings, name: str, app: Any) -> httpx.Client:
    """In process an app is called as a server would, so that both ways are one."""
    if app is not None:
        transport = httpx.WSGITransport(app=app, raise_app_exceptions=False)
        return httpx.Client(transport=transport, base_url=f"http://{name}.local/")
    timeout = httpx.Timeout(settings.command_seconds, connect=settings.part_seconds)
    return httpx.Client(base_url=settings.service_urls[name] + "/", timeout=timeout)


def issuer(settings: Settings) -> TokenIssuer:
    """The built-in one, whom the services trust."""
    return TokenIssuer(key_from(settings.token_key))


def provider(settings: Settings, http: httpx.Client) -> Provider:
    """The company's, which sends people back to the portal's own address."""
    return Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret,
                    f"{settings.public_url}/sign-in/return", http)


def people_of(given: Callable[[], People]) -> Callable[[], list[SamplePerson]]:
    return lambda: [
        SamplePerson(person_id, name, tuple(roles), *more) for person_id, name, roles, *more in given()
    ]
