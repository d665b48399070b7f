"""What speaks the protocol is large, and many a service never hears it: loaded with the first request."""

from collections.abc import Callable
from functools import cache
from typing import Any

from services.matching.application.directory import Directory
from services.matching.domain.directory import Details


def serving(directory: Directory, fresh: Details) -> Callable[[Any], Any]:
    """Answers requests of SCIM; `fresh` is what is known of people of whom the directory says nothing."""
    @cache
    def server() -> Any:
        from services.matching.adapters.scim.server import ScimServer

        return ScimServer(directory, fresh)
    return lambda request: server().serve(request)
