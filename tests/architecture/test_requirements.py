"""What is installed: pinned with hashes, from wherever the machine installs, and with a reason."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, short, tracked

NAME = r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:\[[\w,.-]+\])?"
PIN = re.compile(rf"{NAME}==[\w.!+-]+(?: ; [^#]+?)?(?: --hash=sha256:[0-9a-f]{{64}})+")
ASKED = re.compile(rf"(?P<what>-[rc] [\w-]+\.(?:in|txt)|(?P<name>{NAME})(?:[<>=!~]=?[\w.,<>=!~*]+)?)")
REASON = re.compile(r"\s#.*\w{3,}")


def lists(ending: str) -> list[Path]:
    return list(tracked(f"requirements/*.{ending}"))


def asked(text: str) -> list[str]:
    """The lines of a `.in` that ask for something."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(text: str) -> list[str]:
    """The lines of a `.txt`, put together where they go on, without comments."""
    whole = re.sub(r"\s*\\\n\s*", " ", text)
    return [line for line in whole.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def unreasonable(text: str) -> list[str]:
    """Lines without a reason, and those that are neither a name nor another list."""
    return [line for line in asked(text)
            if not REASON.search(line) or not ASKED.fullmatch(line.split("#")[0].rstrip())]


def unpinned(text: str) -> list[str]:
    """Whatever is not one exact version with hashes: options, addresses and indexes too."""
    return [line for line in pins(text) if not PIN.fullmatch(line)]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.split("[")[0]).lower()


def names_asked(text: str) -> set[str]:
    found = (ASKED.match(line) for line in asked(text))
    return {canonical(match["name"]) for match in found if match and match["name"]}


def names_pinned(text: str) -> set[str]:
    return {canonical(line.split("==")[0]) for line in pins(text)}


def test_every_line_says_why_it_is_there() -> None:
    silent = [f"{short(path)}: {line}" for path in lists("in") for line in unreasonable(path.read_text("utf-8"))]

    assert lists("in")
    assert silent == []


def test_every_pin_is_exact_and_has_hashes_and_no_line_is_anything_else() -> None:
    loose = [f"{short(path)}: {line}" for path in lists("txt") for line in unpinned(path.read_text("utf-8"))]

    assert all(pins(path.read_text("utf-8")) for path in lists("txt"))
    assert loose == []


def test_no_list_names_a_host() -> None:
    assert [short(path) for path in lists("*") if "://" in path.read_text("utf-8")] == []


def test_all_that_is_asked_for_is_pinned() -> None:
    missing = [f"{short(path)}: {name}" for path in lists("in")
               for name in names_asked(path.read_text("utf-8")) - names_pinned(pinned_by(path))]

    assert missing == []


def pinned_by(path: Path) -> str:
    pinned = path.with_suffix(".txt")
    return pinned.read_text("utf-8") if pinned.is_file() else ""


def test_make_lock_pins_every_list() -> None:
    locked = re.search(r"for name in ([\w ]+); do", (ROOT / "Makefile").read_text("utf-8"))

    assert locked
    assert set(locked[1].split()) == {path.stem for path in lists("in")}


@pytest.mark.parametrize("line", [
    "pytest",
    "pytest  #",
    "-r standalone.in",
    "--index-url https://example.invalid  # ours",
    "ithaca @ git+https://example.invalid/ithaca  # ours",
])
def test_a_list_that_asks_without_reason_or_by_address_is_noticed(line: str) -> None:
    assert unreasonable(f"# a heading\n{line}\nflask>=3,<4   # the web framework\n") == [line]


@pytest.mark.parametrize("line", [
    "flask==3.1.3",
    "flask>=3.1 --hash=sha256:" + "0" * 64,
    "flask==3.1.3 --hash=sha256:0",
    "flask==3.1.3 --hash=md5:" + "0" * 32,
    "--extra-index-url https://example.invalid",
    "--trusted-host example.invalid",
    "-e .",
    "flask @ https://example.invalid/flask.whl --hash=sha256:" + "0" * 64,
])
def test_a_pin_that_would_bring_something_else_is_noticed(line: str) -> None:
    hashes = [f"--hash=sha256:{digit * 64}" for digit in "ab"]
    good = f"jinja2==3.1.6 \\\n    {hashes[0]} \\\n    {hashes[1]}\n    # via flask\n"

    assert unpinned(f"{good}{line}\n{good}") == [line]
