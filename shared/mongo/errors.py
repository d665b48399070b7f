"""The driver's errors in our own words: they name reasons, never what is in a document."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError, OperationFailure, PyMongoError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from shared.kernel.errors import StoreFull, Unavailable
from shared.store.documents import Taken

P = ParamSpec("P")
R = TypeVar("R")

DUPLICATE = {11000, 11001, 12582}
DEADLOCK = {1, 16908292}
"""What losers of a race get from servers on PostgreSQL; 1 stands for much else too, so the text counts as well."""
NO_SPACE = {14031}
TOO_LARGE = {10334, 17280, 17419, 17420}


def is_deadlock(code: int | None, text: str) -> bool:
    """Whether nothing was written and the same may be tried again at once."""
    return code in DEADLOCK and "deadlock" in text.lower()


def _lost_to_deadlock(error: BaseException) -> bool:
    if isinstance(error, BulkWriteError):
        reasons = error.details.get("writeErrors", [])
        return bool(reasons) and all(is_deadlock(one["code"], str(one.get("errmsg"))) for one in reasons)
    return isinstance(error, OperationFailure) and is_deadlock(error.code, str(error))


def named(error: PyMongoError) -> Exception:
    """What to raise instead."""
    code = error.code if isinstance(error, OperationFailure) else None
    if isinstance(error, DuplicateKeyError):
        return Taken("a unique index is taken")
    if isinstance(error, DocumentTooLarge) or code in TOO_LARGE:
        return ValueError("a document is over the server's limit")
    if code in NO_SPACE:
        return StoreFull("the disk of the store is full: make room, then try again")
    return Unavailable(f"the store does not answer: {type(error).__name__}{f' {code}' if code else ''}")


def refused(details: Mapping[str, Any]) -> Exception:
    """One write of a batch that failed for another reason than a duplicate key."""
    return named(OperationFailure("write refused", details.get("code")))


@contextmanager
def our_words() -> Iterator[None]:
    """Raises Taken, Unavailable, StoreFull, ValueError instead of what the driver raises."""
    try:
        yield
    except PyMongoError as error:
        raise named(error) from None


def steady(asked: Callable[P, R]) -> Callable[P, R]:
    """Asks again after a deadlock, and speaks in our words."""
    again = Retrying(stop=stop_after_attempt(12), wait=wait_random_exponential(0.005, max=0.3), reraise=True,
                     retry=retry_if_exception(_lost_to_deadlock))

    @wraps(asked)
    def ask(*arguments: P.args, **named_arguments: P.kwargs) -> R:
        with our_words():
            return again.copy()(asked, *arguments, **named_arguments)
    return ask
