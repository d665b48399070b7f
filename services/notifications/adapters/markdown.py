"""A letter is written once, in Markdown: from it come the plain text and the HTML of its mail."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SERIF = "Newsreader,Charter,Georgia,serif"
STYLES = {
    # mail clients know neither sheets nor custom properties: the values of the pages' tokens, written out
    "h1": f"margin:0 0 8px;font:500 30px/1.2 {_SERIF}",
    "h2": "margin:28px 0 4px;padding-top:20px;border-top:1px solid #e5dfe2;font-size:17px;font-weight:600",
    "p": "margin:0 0 16px",
    "a": "color:#74234f",
    "ul": "margin:20px 0 16px;padding:0;list-style:none",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 8px",
    "blockquote": "margin:0 0 16px;padding:12px 14px;background:#f1edee;border-radius:7px;font-size:15px;"
                  "line-height:1.45;color:#574c5a",
}
INSIDE = {
    # a list without numbers is a choice: each of its links is a button of full width
    "bullet_list": {
        "a": "display:block;padding:12px 16px;border:1px solid #8b7f8d;border-radius:7px;color:#241a26;"
             "font-weight:600;text-decoration:none",
        "strong": f"display:inline-block;width:28px;color:#74234f;font:500 20px/1 {_SERIF}",
        "p": "margin:0",
    },
    "blockquote": {"p": "margin:0"},
}
_PARSER = MarkdownIt("commonmark", {"html": False})


def parsed(text: str) -> list[Token]:
    return _PARSER.parse(text)


def heading(tokens: Sequence[Token]) -> str:
    """The first heading, as plain text: it is the subject of the mail. Raises ValueError when there is none."""
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            return _inline(content)
    raise ValueError("a letter begins with a heading")


def html(tokens: Sequence[Token]) -> str:
    """HTML with every style inline, in which user's text is nothing but text."""
    around: list[str] = []
    for token in tokens:
        _keep_track(around, token)
        for one in (token, *(token.children or ())):
            _dress(one, around)
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return rendered


def _keep_track(around: list[str], token: Token) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name in INSIDE and token.nesting == 1:
        around.append(name)
    elif name in INSIDE:
        around.pop()


def _dress(token: Token, around: Sequence[str]) -> None:
    special = INSIDE[around[-1]] if around else {}
    style = special.get(token.tag) or STYLES.get(token.tag)
    if style and token.nesting == 1:
        token.attrSet("style", style)


def plain(tokens: Sequence[Token]) -> str:
    """The same words for people and programs that read no HTML."""
    return "\n\n".join(_blocks(tokens)) + "\n"


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    items: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = []
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            yield "\n".join(items or [])
            items = None
        elif token.type == "inline" and items is not None:
            items.append(f"- {_inline(token)}")
        elif token.type == "inline":
            yield _inline(token)


def _inline(token: Token) -> str:
    parts, targets = [], []
    for child in token.children or ():
        if child.type == "link_open":
            targets.append(str(child.attrGet("href")))
        elif child.type == "link_close":
            parts.append(f": {targets.pop()}")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "hardbreak" else " ")
        else:
            parts.append(child.content)
    return "".join(parts)
