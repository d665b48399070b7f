"""Several questions at once: each has its time, and one that is not answered leaves a gap, not an error."""

import math
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextvars import copy_context
from dataclasses import dataclass
from time import monotonic
from typing import Any

from services.portal.clients.calls import NoAnswer, Refused

MOST_AT_ONCE = 3
NOT_HIS = (401, 403, 404)


@dataclass(frozen=True)
class Parts:
    """The answers by name. A part nobody answered is None and stands in `missing`; one not for the person is None."""

    values: Mapping[str, Any]
    missing: tuple[str, ...]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


def at_once(within: float, asks: Mapping[str, Callable[[], Any]]) -> Parts:
    """Asks at most three at a time and waits for each as long as `within` seconds."""
    pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="part")
    try:
        futures = {name: pool.submit(copy_context().run, ask) for name, ask in asks.items()}
        until = monotonic() + within * math.ceil(len(asks) / MOST_AT_ONCE)
        outcomes = {name: outcome(future, until) for name, future in futures.items()}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    gaps = tuple(name for name, got in outcomes.items() if isinstance(got, NoAnswer))
    return Parts({name: None if name in gaps else got for name, got in outcomes.items()}, gaps)


def outcome(future: Future[Any], until: float) -> Any:
    try:
        return future.result(timeout=max(0.0, until - monotonic()))
    except (TooLate, NoAnswer):
        return NoAnswer("a service")
    except Refused as refusal:
        if refusal.status in NOT_HIS:
            return None
        raise


def in_time(within: float, ask: Callable[[], Any]) -> Any:
    """One question the page cannot do without: raises NoAnswer when it is late."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="part")
    try:
        return pool.submit(copy_context().run, ask).result(timeout=within)
    except TooLate as late:
        raise NoAnswer("a service") from late
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
