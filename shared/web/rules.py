"""The URLs of an app: they are read from the first request on, and few of them are ever built."""

from collections.abc import Callable
from functools import cache, partial

from werkzeug.routing import Rule


class LazyRule(Rule):
    """Werkzeug compiles two functions a rule that build its URL, which takes a tenth of a start: here when the first
    URL is built."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))
        return lambda rule, /, **values: compiled()(rule, **values)
