"""A page with what somebody had filled in before put back into its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import unquote

PAGES_OWN = "csrf_token"
AS_SENT = ("form_key", "version")
"""Hidden fields that say which press it was and what it was about: with those of the first time nothing is done twice,
and what changed meanwhile is told as ever."""
UNFILLED = ("submit", "button", "reset", "image", "file")
Filled = Mapping[str, list[str]]


@dataclass(frozen=True)
class Tag:
    """Where in the text it stands, and what it says; `/` before the name of one that ends."""

    name: str
    begins: int
    ends: int
    says: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        return self.name == "input" and self.says.get("type") == "hidden"

    @property
    def called(self) -> str:
        return self.says.get("name") or ""


@dataclass(frozen=True)
class Form:
    """Its tags, its own two among them, and those of the folds that it stands in."""

    tags: list[Tag]
    folds: list[Tag]

    def takes(self, path: str, filled: Filled) -> bool:
        """Whether the same was sent from it: to this address, about the same things."""
        says, same = self.tags[0].says, ("", PAGES_OWN, *AS_SENT)
        about = [tag for tag in self.tags if tag.is_hidden and tag.called not in same]
        return ((says.get("method") or "").lower() == "post" and unquote(says.get("action") or path) == unquote(path)
                and all((tag.says.get("value") or "") in filled.get(tag.called, []) for tag in about))

    def shares(self, filled: Filled) -> int:
        return len({tag.called for tag in self.tags} & filled.keys())


class Tags(HTMLParser):
    """All tags of a text, with their places."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Tag] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, len(self.get_starttag_text() or ""), dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._note(f"/{tag}", len(tag) + 3, {})

    def _note(self, name: str, length: int, says: Mapping[str, str | None]) -> None:
        line, column = self.getpos()
        begins = self._lines[line - 1] + column
        self.found.append(Tag(name, begins, begins + length, says))


def refilled(page: str, path: str, filled: Filled) -> str:
    """The page with these values in the form that sends to this path; as it was where it has no such form any more."""
    fitting = [form for form in forms(Tags(page).found) if form.takes(path, filled)]
    if not fitting:
        return page
    form = max(fitting, key=lambda one: one.shares(filled))
    unfolded = [(tag.begins, tag.ends, written(tag, open="")) for tag in form.folds]
    return edited(page, [*unfolded, *filling(form, {name: [*values] for name, values in filled.items()})])


def forms(tags: list[Tag]) -> Iterator[Form]:
    folds: list[Tag] = []
    begun: Form | None = None
    for tag in tags:
        if tag.name == "form":
            begun = Form([], [*folds])
        if begun:
            begun.tags.append(tag)
        if tag.name == "/form" and begun:
            yield begun
            begun = None
        folds = [*folds, tag] if tag.name == "details" else folds[:-1] if tag.name == "/details" else folds


def filling(form: Form, left: dict[str, list[str]]) -> Iterator[tuple[int, int, str]]:
    """What stands from where to where instead. Fields of one name take their values in turn."""
    chosen: list[str] | None = None
    for tag, after in zip(form.tags, form.tags[1:], strict=False):
        if tag.name == "select":
            chosen = left.get(tag.called)
        elif tag.name == "option" and chosen is not None:
            yield tag.begins, tag.ends, written(tag, selected="" if (tag.says.get("value") or "") in chosen else None)
        elif tag.name == "textarea" and left.get(tag.called):
            yield tag.ends, after.begins, "\n" + escape(left[tag.called].pop(0))
        elif tag.name == "input" and tag.called != PAGES_OWN:
            yield tag.begins, tag.ends, input_with(tag, left)


def input_with(tag: Tag, left: dict[str, list[str]]) -> str:
    kind = tag.says.get("type") or "text"
    values = left.get(tag.called, [])
    if kind in ("checkbox", "radio"):
        return written(tag, checked="" if (tag.says.get("value") or "on") in values else None)
    if kind in UNFILLED or not values or (tag.is_hidden and tag.called not in AS_SENT):
        return written(tag)
    return written(tag, value=values.pop(0))


def written(tag: Tag, **changed: str | None) -> str:
    """The tag with some of what it says changed; None leaves it out."""
    kept = [(name, value) for name, value in tag.says.items() if name not in changed]
    more = [(name, value) for name, value in changed.items() if value is not None]
    parts = [f' {name}="{escape(value)}"' if value else f" {name}" for name, value in [*kept, *more]]
    return f"<{tag.name}{''.join(parts)}>"


def edited(text: str, changes: list[tuple[int, int, str]]) -> str:
    for begins, ends, instead in sorted(changes, reverse=True):
        text = text[:begins] + instead + text[ends:]
    return text
