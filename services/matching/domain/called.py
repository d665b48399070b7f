"""How people are found by a part of their name: without accents and capitals, from any of its words on."""

import unicodedata
from typing import Any

from services.matching.domain.directory import Details

LAST = "\U0010ffff"
"""Behind every text that begins with what stands before it."""


def searched(text: str) -> str:
    """The form in which names are looked for; a comma parts words only."""
    plain = unicodedata.normalize("NFKD", text.replace(",", " "))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())


def turned(name: str) -> str:
    """The last word first, as lists have it."""
    *before, last = name.split() or [""]
    return " ".join([last, *before])


def names(text: str, name: str) -> bool:
    """Whether each word of the text begins a word of the name."""
    words, asked = searched(name).split(), searched(text).split()
    return bool(asked) and all(any(word.startswith(one) for word in words) for one in asked)


def beginning(text: str) -> dict[str, str]:
    """What a field is compared with to begin with the text."""
    return {"$gte": text, "$lt": text + LAST}


def within(name: str) -> tuple[str, str]:
    """The two longest words between the first and the last of a name as it is looked for, empty where there are fewer:
    what else stands there is short, as in José de la Cruz, and found beside another word."""
    inner = sorted(name.split()[1:-1], key=len, reverse=True)
    longest, next_longest, *_ = (*inner, "", "")
    return longest, next_longest


def forms(details: Details) -> tuple[str, str, str, str]:
    """The name as it is looked for, with its last word first, and words within it."""
    name = searched(details.name)
    return name, turned(name), *within(name)


def with_forms_of_name(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 4, which was found by the whole name alone."""
    name = searched(document["details"]["name"])
    return {**document, "called": name, "surname": turned(name)}


def with_words_within(document: dict[str, Any]) -> dict[str, Any]:
    """From shape 5, which was not found by a word in the middle of the name."""
    longest, next_longest = within(document["called"])
    return {**document, "middle": longest, "other_middle": next_longest}
