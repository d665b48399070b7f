"""Codes of campaigns: short enough for a poster, and of a kind that tells which link brought somebody."""

import re
from enum import StrEnum
from hashlib import blake2b

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Nothing that looks like something else on paper."""
LENGTH = 7
_BETWEEN = re.compile(r"[\s\-‐-–]")


class Channel(StrEnum):
    """Where a link stands."""

    MAIL = "mail"
    REMINDER = "reminder"
    CHAT = "chat"
    NOTICE = "notice"
    POSTER = "poster"
    BRIEFING = "briefing"
    PROPOSAL = "proposal"


LETTERS = {Channel.MAIL: "m", Channel.REMINDER: "r", Channel.CHAT: "c", Channel.NOTICE: "n", Channel.POSTER: "p",
           Channel.BRIEFING: "b", Channel.PROPOSAL: "o"}


def code_of(campaign_id: str) -> str:
    """The code of a campaign follows from its id."""
    number = int.from_bytes(blake2b(campaign_id.encode(), digest_size=8).digest())
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)


def channel_code(code: str, channel: Channel) -> str:
    """What stands in a link."""
    return f"{code}-{LETTERS[channel]}"


def read_code(text: str) -> str:
    """A code as it stands in a link, from what somebody typed, with a hyphen or without, or a link was made of; empty:
    it is none."""
    typed = _BETWEEN.sub("", text)
    code, letter = typed[:LENGTH].upper(), typed[LENGTH:].lower()
    sound = len(code) == LENGTH and set(code) <= set(ALPHABET) and letter in LETTERS.values()
    return f"{code}-{letter}" if sound else ""
