"""Compiles kernels once and keeps the machine code beside the source, where it is read though it may not be written."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from numba import njit
from numba.core.caching import (
    CompileResultCacheImpl,
    FunctionCache,
    InTreeCacheLocator,
    UserProvidedCacheLocator,
)
from numba.core.event import Event, Listener, register

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

_FILES = sorted(Path(__file__).parent.glob("*.py"))
_SOURCES = hashlib.sha256(b"".join(path.read_bytes() for path in _FILES)).hexdigest()
VERSION = _SOURCES[:16]
"""The same for the same source of the engine: what a run was solved by."""


class _AtWork(Listener):  # type: ignore[misc]
    """`depth`: kernels that are being compiled, one for another."""

    depth = 0

    def on_start(self, _event: Event) -> None:
        self.depth += 1

    def on_end(self, _event: Event) -> None:
        self.depth -= 1


_AT_WORK = _AtWork()
register("numba:compile", _AT_WORK)


def compiles() -> bool:
    """Whether a kernel is being compiled at this moment, and not just loaded."""
    return _AT_WORK.depth > 0


class _Beside(InTreeCacheLocator):  # type: ignore[misc]
    """numba reads nothing where it may not write, and an image brings machine code on a read-only file system."""

    def ensure_cache_path(self) -> None:
        with suppress(OSError):
            super().ensure_cache_path()


class _Kept(CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes = (UserProvidedCacheLocator, _Beside)


class _KeptCode(FunctionCache):  # type: ignore[misc]
    """numba looks at the file of a kernel only, not at those of the kernels it calls: here all of the engine counts."""

    _impl_class = _Kept

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*super()._index_key(sig, codegen), _SOURCES)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except OSError:
            return self.disable()  # what cannot be read is compiled

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except OSError:
            self.disable()  # a full or read-only disk costs time, not the run


def kernel(function: Kernel) -> Kernel:
    """Compiled at the first call for the types it gets; runs without the interpreter's lock.

    It works on the arrays it is given and makes none, so nobody counts who holds them: taking one out of a tuple,
    counted, costs more than most of what a loop does with it. What it made would never be freed.
    """
    return _compiled(function, counting=False)


def maker(function: Kernel) -> Kernel:
    """A kernel that makes arrays, or calls what does: a sort, a maximum by numpy's name."""
    return _compiled(function, counting=True)


def _compiled(function: Kernel, *, counting: bool) -> Kernel:
    compiled: Kernel = njit(nogil=True, _nrt=counting)(function)
    with suppress(RuntimeError):  # no folder to write to: compiled again in every process
        compiled._cache = _KeptCode(function)  # type: ignore[attr-defined]
    return compiled


def inlined(function: Kernel) -> Kernel:
    """A part of kernels, compiled into each of them: passing many arrays to a call costs more than short work."""
    part: Kernel = njit(inline="always", nogil=True)(function)
    return part
