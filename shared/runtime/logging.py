"""Logs: one JSON line an event, ids and facts; what looks like a person or a secret is taken out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import lru_cache, partial
from typing import Any

import orjson
import structlog

_SECRET = re.compile(r"(?i)pass(word)?|secret|token|authorization|cookie|email|address|^name$|comment")
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


def redact(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: fields with a telling name and anything like an e-mail address become `[redacted]`."""
    for name, value in entry.items():
        if _telling(name):
            entry[name] = "[redacted]"
        elif isinstance(value, str) and "@" in value:
            entry[name] = _ADDRESS.sub("[redacted]", value)
    return entry


@lru_cache(1_000)
def _telling(name: str) -> bool:
    return name != "event" and _SECRET.search(name) is not None


def configure(level: str = "INFO", *, pretty: bool = False) -> None:
    """Call it once, at start."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s")
    logging.getLogger("kafka").setLevel(logging.ERROR)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    renderer, lines = _pretty() if pretty else _json()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lines,
    )


def _pretty() -> tuple[Any, Any]:
    return structlog.dev.ConsoleRenderer(), structlog.PrintLoggerFactory(sys.stderr)


def _json() -> tuple[Any, Any]:
    # one write a line: each gives the interpreter's lock away to whoever waits for it
    serializer = partial(orjson.dumps, option=orjson.OPT_NON_STR_KEYS)
    return structlog.processors.JSONRenderer(serializer), structlog.BytesLoggerFactory(sys.stderr.buffer)
