"""Letters as forms: read as Markdown once, then filled in for each person with words that are nothing but text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from services.notifications.application.ports import Text

Words = Mapping[str, str | None]
_MARK = re.compile(r"zq(\d+)qz")
_LINK = re.compile(r'(?<= href=")[^"]+')
_SAFE = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True)
class Form:
    """A letter with a mark in place of each of its `names`."""

    names: Sequence[str]
    text: Text

    def filled(self, words: Words) -> Text:
        """The letter in these words, each on one line."""
        plain = [" ".join((words[name] or "").split()) for name in self.names]
        safe, link = [escape(one) for one in plain], [escape(quote(one, safe=_SAFE)) for one in plain]
        html = _LINK.sub(lambda found: _fill(found[0], link), self.text.html)
        return Text(subject=_fill(self.text.subject, plain), plain=_fill(self.text.plain, plain),
                    html=_fill(html, safe))


def _fill(text: str, words: Sequence[str]) -> str:
    return _MARK.sub(lambda found: words[int(found[1])], text)


def form(words: Words, write: Callable[[dict[str, object]], Text]) -> Form:
    """The form that `write` makes when given marks; words that are missing stay missing, for a letter says it then
    in other ways. A name with a dot, such as `you.name`, is a part of something."""
    names = [name for name, word in words.items() if word is not None]
    marks: dict[str, object] = {}
    for number, name in enumerate(names):
        whole, _, part = name.partition(".")
        if part:
            group = marks.setdefault(whole, {})
            assert isinstance(group, dict)
            group[part] = f"zq{number}qz"
        else:
            marks[name] = f"zq{number}qz"
    absent = {name.partition(".")[0]: None for name in words}
    return Form(names, write({**absent, **marks}))
