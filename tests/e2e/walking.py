"""Somebody who follows every kind of link that the pages of a house show, and notes where they are empty."""

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.unit.portal.conftest import Browser

LINK = re.compile(r'(?:href|src)="([^"#]+)')
PROGRAMME = re.compile(r"/programmes/([0-9a-f-]{36})")
EMPTY = re.compile(r'class="ith-empty">.*?<h\d[^>]*>(.*?)</h\d>', re.DOTALL)
SMALL = ("Nothing to learn right now.", "Nothing has happened yet.")
GAP = "A part of this page is missing."
MOST = 4
"""Pages of a kind that one person looks at."""
FREE = ("to", "after", "page", "next", "q", "mentor", "mentee")


def filters(link: str) -> list[tuple[str, str]]:
    """The query of a link; of addresses and places in a list, of which there are many, the names alone."""
    return sorted((name, "" if name in FREE else value) for name, value in parse_qsl(urlsplit(link).query))


@dataclass
class Walk:
    """`empty` holds (who, state of the programme, kind of page, words) → where; `kinds` every kind that was seen."""

    app: Flask
    public_url: str
    programmes: dict[str, str]
    empty: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def pages(self) -> set[str]:
        """Every kind of page there is."""
        return {rule.endpoint for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    def of(self, person_id: str, who: str, begin: Sequence[str] = ("/",)) -> None:
        """Everything that this person finds from where they begin."""
        self._who = who
        self._mine: Counter[str] = Counter()
        self._browser = Browser(self.app.test_client())
        assert self._browser.sign_in(person_id).status_code == 303
        ahead, seen = deque(begin), set(begin)
        while ahead:
            for link in self._look(ahead.popleft()):
                if link not in seen and self._wanted(link):
                    seen.add(link)
                    ahead.append(link)

    def _wanted(self, link: str) -> bool:
        kind = self.kind(link)
        if kind is None or kind == "static":
            return False
        about = f"{kind} {filters(link)}"
        if self._mine[about] >= MOST or self._mine.total() >= 400:
            return False
        self._mine[about] += 1
        return True

    def kind(self, link: str) -> str | None:
        """The page's own name; None for what is no page of this house."""
        try:
            endpoint, _ = self.app.url_map.bind("").match(urlsplit(link).path, method="GET")
        except HTTPException:
            return None
        return str(endpoint)

    def _look(self, path: str) -> list[str]:
        answer = self._browser.get(path, follow_redirects=True)
        kind = self.kind(path) or path
        self.kinds[kind] += 1
        if "attachment" in answer.headers.get("Content-Disposition", "") and answer.status_code == 200:
            return []
        if answer.status_code != 200 or GAP in answer.text:
            self.faults.append(f"{path}: {answer.status_code}" + (" with a gap" if GAP in answer.text else ""))
        words = [re.sub(r"<[^>]+>", "", one).strip() for one in EMPTY.findall(answer.text)]
        about = PROGRAMME.search(path)
        state = self.programmes.get(about[1], "") if about else ""
        for one in (*words, *(small for small in SMALL if small in answer.text)):
            self.empty.setdefault((self._who, state, kind, unescape(one)), path)
        links = (unescape(one).removeprefix(self.public_url) for one in LINK.findall(answer.text))
        return [one for one in links if one.startswith("/") and not one.startswith("//")]
