"""What a campaign says in each channel: a coordinator's words, with placeholders for the programme's facts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.matching.domain.kit import Paper
from shared.kernel.errors import Invalid

MOST_OF_A_TITLE = 120
MOST: Mapping[Paper, int] = {Paper.MAIL: 2_000, Paper.CHAT: 500, Paper.NOTICE: 1_500, Paper.POSTER: 300}
"""Papers whose words may be a coordinator's own, and the most characters of each."""
SHORT = (Paper.CHAT, Paper.NOTICE, Paper.POSTER)
"""Those that are copied into something else."""
UNTITLED = (Paper.CHAT,)

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")


class BadText(Invalid):
    """Empty, too long, or with a placeholder that stands for nothing. The text names everything that is wrong."""

    code = "bad-text"


@dataclass(frozen=True, kw_only=True)
class ChannelText:
    """`title` is the subject of a mail, the headline of a notice or a poster; a chat message has none."""

    text: str
    title: str = ""

    def require_sound(self, paper: Paper, known: Iterable[str]) -> None:
        """`known` are the placeholders that there are. Raises BadText."""
        if found := [*self._flaws(paper, {*known})]:
            raise BadText("; ".join(found))

    def filled(self, facts: Mapping[str, str]) -> "ChannelText":
        """In words; a dash where a fact is gone meanwhile."""
        return ChannelText(title=_filled(self.title, facts), text=_filled(self.text, facts))

    def ready(self, url: str) -> str:
        """To be copied, with where it leads, unless that is said already."""
        parts = (self.title, self.text, "" if url in self.text else url)
        return "\n\n".join(one for one in parts if one)

    def _flaws(self, paper: Paper, known: set[str]) -> Iterator[str]:
        if not self.text or bool(self.title) is (paper in UNTITLED):
            yield "a chat message is one text" if paper in UNTITLED else "a title and a text are needed"
        if len(self.title) > MOST_OF_A_TITLE or len(self.text) > MOST[paper]:
            yield f"a title has {MOST_OF_A_TITLE} characters at most, and this text {MOST[paper]}"
        words = f"{self.title} {self.text}"
        if unknown := [one for one in dict.fromkeys(_PLACEHOLDER.findall(words)) if one not in known]:
            yield f"nothing stands behind {', '.join(f'{{{one}}}' for one in unknown)}"
        if _BRACE.search(_PLACEHOLDER.sub("", words)):
            yield "a brace belongs to no placeholder"


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: facts.get(found[1], "–"), text)
