"""Which encoding a spreadsheet wrote: a mark at the start, valid UTF-8, UTF-16 by its zeros, or the least odd code page."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = ("cp1252", "mac_roman", "cp1250", "cp1254", "cp1251", "cp1253")
_TYPOGRAPHY = frozenset("‘’‚“”„–—…€§°·«»¿¡\xa0")
_WORDS = re.compile(r"\w+")
_SAMPLE = 65_536


def encoding_of(data: bytes) -> str:
    """The name of a codec that reads all of `data`."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if _reads(data, "utf-8") and b"\0" not in data:
        return "utf-8"
    return _utf_16_by_zeros(data) or _code_page(data)


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf_16_by_zeros(data: bytes) -> str | None:
    """Text of Western languages in UTF-16 has a zero in every second byte; nothing else has so many."""
    head = data[:_SAMPLE]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 5 < len(head):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    return name if _reads(data, name) else None


def _code_page(data: bytes) -> str:
    sample = b"\n".join(_lines_with_more_than_ascii(data))
    readable = [name for name in _CODE_PAGES if _reads(data, name)]
    oddities = {name: _oddities(sample.decode(name)) for name in readable}
    best = min(readable, key=lambda name: oddities[name], default="")
    return best if best and not oddities[best] else _by_language(data, sample) or best or "latin-1"


def _lines_with_more_than_ascii(data: bytes) -> Iterator[bytes]:
    taken = 0
    for line in data.splitlines():
        if not line.isascii():
            yield line
            taken += len(line)
        if taken > _SAMPLE:
            return


def _by_language(data: bytes, sample: bytes) -> str | None:
    """For scripts beyond Europe's. Loads tables of languages, so it is imported when needed."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best and _reads(data, best.encoding) else None


def _oddities(text: str) -> int:
    """How many characters a person would not have typed: symbols, capitals inside words, words of accents only."""
    symbols = sum(1 for sign in text if ord(sign) > 127 and not sign.isalpha() and sign not in _TYPOGRAPHY)
    return symbols + sum(_odd_in(word) for word in _WORDS.findall(text) if not word.isascii())


def _odd_in(word: str) -> int:
    capitals = sum(1 for a, b in zip(word, word[1:], strict=False) if a.islower() and b.isupper())
    latin = [letter for letter in word if letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")]
    accented = sum(1 for letter in latin if ord(letter) > 127)
    mixed = 0 < len(latin) < sum(map(str.isalpha, word))
    return capitals + (accented if len(latin) > 2 and accented * 2 > len(latin) else 0) + mixed
