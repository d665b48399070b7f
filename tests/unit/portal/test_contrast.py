"""Every colour that carries words or a sign stands out enough from what is behind it."""

import re

import pytest

from services.portal.assets import build

TEXT, SIGN = 4.5, 3.0
STATUS = ("good", "watch", "risk", "info", "rest")
GROUNDS = ("paper", "surface", "sunk")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "accent", "accent-hover") for ground in GROUNDS),
    *((tone, ground, TEXT) for tone in STATUS for ground in (f"{tone}-tint", *GROUNDS)),
    *(("surface", ground, TEXT) for ground in ("accent", "accent-hover", "risk", "ink", "sea")),
    *((ink, "sea", TEXT) for ink in ("sea-ink", "sea-ink-2", "sun")),
    *((f"{role}-ink", role, TEXT) for role in ("mentor", "mentee")),
    *((ink, "accent-tint", TEXT) for ink in ("ink", "ink-2", "ink-3", "accent", "accent-hover")),
    ("sea", "surface", TEXT),
    ("accent-hover", "accent-mid", TEXT),
    *((sign, ground, SIGN) for sign in ("line-strong", "focus", "c1", "c2", "c3") for ground in GROUNDS),
    ("sun", "sea", SIGN),
]


def palette() -> dict[str, str]:
    sheet = (build.HERE / "src" / "tokens.css").read_text()
    found = dict(re.findall(r"--ith-([\w-]+):(#[0-9a-f]{3,6})\b", sheet))
    return {name: whole(value) for name, value in found.items()}


def whole(colour: str) -> str:
    """#abc is #aabbcc."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def luminance(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines define it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_palette_can_be_read(front: str, back: str, least: float) -> None:
    colours = palette()

    found = contrast(colours[front], colours[back])

    assert found >= least, f"{front} on {back}: {found:.2f}"


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
