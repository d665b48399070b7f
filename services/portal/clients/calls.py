"""One service over HTTP: in another process by its address, or in this one through a WSGI transport."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]
MOST_PAGES = 40
PAGE = 200


class NoAnswer(Exception):
    """The service is away, too slow or broken: whether it did anything is unknown."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} does not answer")
        self.service = service


class Refused(Exception):
    """The service said no. `code` is its stable word for the reason, `detail` its sentence, `errors` the faults."""

    def __init__(self, service: str, status: int, problem: Json) -> None:
        self.service, self.status = service, status
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail") or problem.get("title") or "")
        self.errors: list[Json] = problem.get("errors") or []
        super().__init__(f"{service} answered {status} {self.code}")


@dataclass(frozen=True)
class Answer:
    """What came back: the body, its version (ETag) and where the thing named in a 201 or 202 is."""

    body: Json
    version: str | None
    location: str

    @property
    def made(self) -> str:
        """The id at the end of Location, else the body's own."""
        return self.location.rstrip("/").rsplit("/", 1)[-1] or str(self.body.get("id", ""))


@dataclass(frozen=True)
class Page:
    """One page of a long list. `after` is where the next one begins; empty on the last. `cut`: more people have the
    name that narrows it than were looked at."""

    items: list[Json]
    after: str
    cut: bool = False


@dataclass(frozen=True)
class File:
    """Bytes of a kind, under the name that the service gives them."""

    content: bytes
    media_type: str
    disposition: str


@dataclass(frozen=True)
class Calls:
    """Calls of one service in the name of one person. `headers` hold the token and the trace."""

    service: str
    http: httpx.Client
    headers: Mapping[str, str]

    def get(self, path: str, **query: Any) -> Json:
        return self.send("GET", path, params=given(query)).body

    def items(self, path: str, **query: Any) -> list[Json]:
        """One page of a list."""
        return list(self.get(path, **query).get("items", []))

    def page(self, path: str, **query: Any) -> Page:
        """The page that begins at `after`, of a list that is too long to be read whole."""
        response = self._asked("GET", str(httpx.URL(f"v1{path}", params=given(query))))
        following = httpx.URL(response.links.get("next", {}).get("url", ""))
        body = response.json()
        return Page(list(body.get("items", [])), following.params.get("after", ""), bool(body.get("cut")))

    def every(self, path: str, **query: Any) -> list[Json]:
        """A whole list, page after page. Raises NoAnswer for one that is too long to be read whole."""
        return [one for page in self._pages(path, given(query)) for one in page]

    def _pages(self, path: str, query: Json) -> Iterator[list[Json]]:
        following: str | None = str(httpx.URL(f"v1{path}", params={"limit": PAGE, **query}))
        for _ in range(MOST_PAGES):
            if following is None:
                return
            response = self._asked("GET", following)
            yield list(response.json().get("items", []))
            following = response.links.get("next", {}).get("url")
        if following is not None:
            raise NoAnswer(self.service)

    def file(self, path: str, **query: Any) -> File:
        """What is no JSON, as it came."""
        response = self._asked("GET", str(httpx.URL(f"v1{path}", params=given(query))))
        return File(response.content, response.headers.get("Content-Type", ""),
                    response.headers.get("Content-Disposition", "attachment"))

    def send(self, method: str, path: str, *, key: str = "", version: str | None = None, **parts: Any) -> Answer:
        """A command or question. `key` makes a repeat harmless; `version` must still be the present one."""
        headers = {name: value for name, value in (("Idempotency-Key", key), ("If-Match", version)) if value}
        response = self._asked(method, f"v1{path}", headers=headers, **parts)
        body = response.json() if response.content else {}
        return Answer(body, response.headers.get("ETag"), response.headers.get("Location", ""))

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, **parts: Any
    ) -> httpx.Response:
        try:
            response = self.http.request(
                method, self._local(url), headers={**self.headers, **(headers or {})}, **parts
            )
        except httpx.HTTPError as error:
            raise NoAnswer(self.service) from error
        return self._accepted(response)

    def _local(self, url: str) -> str:
        """A link of the service, as its own path below the address it is called at."""
        return url[url.index("v1/") :] if "v1/" in url else url

    def _accepted(self, response: httpx.Response) -> httpx.Response:
        if response.status_code >= 500 or is_out_of_breath(response):
            raise NoAnswer(self.service)
        if response.status_code >= 400:
            raise Refused(self.service, response.status_code, problem(response))
        return response


def given(query: Mapping[str, Any]) -> Json:
    """The query without what was left open; `as_of_` and the like lose their guard."""
    return {name.rstrip("_"): value for name, value in query.items() if value not in (None, "", ())}


def is_out_of_breath(response: httpx.Response) -> bool:
    """It asks for a pause, and would do it then; a quota that is reached is a no."""
    return response.status_code == 429 and problem(response).get("code") != "quota-reached"


def problem(response: httpx.Response) -> Json:
    """The problem document, or an empty one where a proxy answered something else."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
