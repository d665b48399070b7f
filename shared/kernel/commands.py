"""The command being served: who asks, under which idempotency key, and how its answer is written down.

Set by `shared/web` around one request and read by the repository, so that the answer is part of the one write that the
command makes; rules and use cases never see it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from shared.kernel.aggregate import Aggregate, Answer
from shared.kernel.errors import KeyReused
from shared.kernel.points import reached


class AnsweredBefore(Exception):
    """The same command came before: `answer` is what it was told then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.key)
        self.answer = answer


@dataclass(frozen=True, kw_only=True)
class Command:
    """One request that changes something.

    `caller` is an opaque id, `key` the Idempotency-Key, `request` a hash over route and body; `render` turns the
    changed aggregate into (status, JSON body).
    """

    caller: str
    key: str
    route: str
    request: str
    render: Callable[[Any], tuple[int, Any]]

    def check(self, aggregate: Aggregate) -> None:
        """Raises AnsweredBefore for a repeat, KeyReused when the key came with another request."""
        for answer in aggregate.answered:
            if (answer.caller, answer.key) == (self.caller, self.key):
                if answer.request != self.request:
                    raise KeyReused("this Idempotency-Key was used for another request: choose a new one")
                raise AnsweredBefore(answer)

    def remember(self, aggregate: Aggregate) -> None:
        """Writes the answer into the aggregate, which then keeps the last 20."""
        status, body = self.render(aggregate)
        aggregate.answered.append(Answer(self.caller, self.key, self.request, status, body))
        del aggregate.answered[:-20]
        reached("api-before-write")


_current: ContextVar[Command | None] = ContextVar("command", default=None)


def current_command() -> Command | None:
    """The command being served in this thread; None for those without an idempotency key and outside of requests."""
    return _current.get()


@contextmanager
def serving(command: Command) -> Iterator[None]:
    """While inside, every aggregate that is saved remembers the command's answer."""
    token = _current.set(command)
    try:
        yield
    finally:
        _current.reset(token)
