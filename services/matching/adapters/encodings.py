"""Which encoding a spreadsheet wrote: by its mark, valid UTF-8, the zeros of UTF-16, or the least odd code page."""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = ("cp1252", "iso8859_15", "mac_roman", "cp1250", "cp1254")
_OTHER_SCRIPTS = ["cp1251", "cp1253", "cp932", "gb18030", "big5", "cp949", "koi8_r", "cp1255", "cp1256"]
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
    """Delimiters and ends of lines have a zero byte in UTF-16; in no other text is there one."""
    head = data[:_SAMPLE]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if not odd + even:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    return name if _reads(data, name) else None


def _code_page(data: bytes) -> str:
    sample = b"\n".join(_lines_with_more_than_ascii(data))
    readable = [name for name in _CODE_PAGES if _reads(data, name)]
    oddities = {name: _oddities(sample.decode(name)) for name in readable}
    best = min(readable, key=lambda name: oddities[name], default="latin-1")
    foreign = oddities.get(best, 1) * 4 > sum(byte > 127 for byte in sample)
    return _of_another_script(data, sample) or best if foreign else best


def _lines_with_more_than_ascii(data: bytes) -> Iterator[bytes]:
    taken = 0
    for line in data.splitlines():
        if not line.isascii():
            yield line
            taken += len(line)
        if taken > _SAMPLE:
            return


def _of_another_script(data: bytes, sample: bytes) -> str | None:
    """By frequency of letters. Loads tables of languages, so it is imported when needed."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
    return best.encoding if best and _reads(data, best.encoding) else None


def _oddities(text: str) -> int:
    """How many characters a person would not have typed: symbols, capitals inside words, words of accents."""
    symbols = sum(1 for sign in text if ord(sign) > 127 and not sign.isalpha() and sign not in _TYPOGRAPHY)
    return symbols + sum(_odd_in(word) for word in _WORDS.findall(text) if not word.isascii())


def _odd_in(word: str) -> int:
    capitals = sum(1 for letter in word[1:] if ord(letter) > 127 and letter.isupper()) if not word.isupper() else 0
    letters = [letter for letter in word if letter.isalpha()]
    accented = sum(1 for letter in letters if ord(letter) > 127)
    return capitals + (accented if len(letters) > 4 and accented * 2 > len(letters) else 0)
