"""The protocol over our storage: several may write at once, and an offboarding gets through."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scim2_models import (
    InvalidFilterException,
    PreconditionFailedException,
    ResourceType,
    ResponseParameters,
    SCIMException,
    SearchRequest,
)
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService

from services.matching.adapters.scim.dialects import is_gone, offboards, plain
from services.matching.adapters.scim.models import Listed, provider
from services.matching.adapters.scim.storage import PeopleStorage
from services.matching.application.directory import Directory
from services.matching.domain.directory import Details

_TRIES = 20
LONGEST_QUERY = 2_000
LAST_PLACE = 2**31 - 1


class Service(ScimService):
    """Reads no question that takes longer to read than to answer."""

    def read_search(self, resource_types: list[ResourceType], payload: Any) -> tuple[SearchRequest[Any], Any]:
        texts = payload.values() if isinstance(payload, dict) else ()
        if any(isinstance(one, str) and len(one) > LONGEST_QUERY for one in texts):
            raise InvalidFilterException(detail=f"a filter has {LONGEST_QUERY} characters at most")
        asked, position = super().read_search(resource_types, payload)
        asked.start_index = min(asked.start_index or 1, LAST_PLACE)
        return asked, position


class ScimServer(ScimHandler):
    """`serve` answers every request, refusals of the protocol too; what is wrong with the store is raised."""

    def __init__(self, directory: Directory, fresh: Details) -> None:
        self._people = PeopleStorage(directory, fresh)
        super().__init__(Service(provider()), self._people)

    def serve(self, request: ScimRequest) -> ScimResponse:
        """The answer. `fresh` details count for new people of whom the directory does not say them."""
        try:
            return self.handle(request)
        except SCIMException as error:
            return self.service.error_response(error)

    def patch(self, request: ScimRequest) -> ScimResponse:
        """As the RFC has it; of a patch that is refused, an offboarding in it is done all the same."""
        try:
            return again_when_lost(replace(request, body=plain(request.body)), super().patch)
        except SCIMException:
            if not offboards(request.body):
                raise
            return self._let_go(request, self.service.patch_response)

    def replace(self, request: ScimRequest) -> ScimResponse:
        """As a patch."""
        try:
            return again_when_lost(request, super().replace)
        except SCIMException:
            if not is_gone(request.body):
                raise
            return self._let_go(request, self.service.replacement_response)

    def delete(self, request: ScimRequest) -> ScimResponse:
        """An offboarding, too, whatever version it names."""
        return again_when_lost(replace(request, headers={}), super().delete)

    def _let_go(self, request: ScimRequest, answer: Callable[..., ScimResponse]) -> ScimResponse:
        """Nothing but the offboarding, whatever version the request names."""
        with self.service.provider:
            target = self.service.route(request, self.service.match(request).operation)
            self.service.resource_type_at(str(target.endpoint))
            user = self._people.let_go(str(target.resource_id))
            return answer(request.base_url, user, ResponseParameters[Listed]())


def again_when_lost(request: ScimRequest, step: Callable[[ScimRequest], ScimResponse]) -> ScimResponse:
    """Who named no version wants the last word, not a refusal because somebody else wrote meanwhile."""
    for _ in range(_TRIES):
        try:
            return step(request)
        except PreconditionFailedException:
            if request.header("If-Match"):
                raise
    return step(request)
