"""The protocol over our storage: several may write at once, and an offboarding gets through."""

from collections.abc import Callable
from dataclasses import replace

from scim2_models import PreconditionFailedException, SCIMException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService

from services.matching.adapters.scim.dialects import OFFBOARDING, offboards, plain
from services.matching.adapters.scim.models import provider
from services.matching.adapters.scim.storage import PeopleStorage
from services.matching.application.directory import Directory
from services.matching.domain.directory import Details

_TRIES = 20


class ScimServer(ScimHandler):
    """`serve` answers every request, refusals of the protocol too; what is wrong with the store is raised."""

    def __init__(self, directory: Directory, fresh: Details) -> None:
        super().__init__(ScimService(provider()), PeopleStorage(directory, fresh))

    def serve(self, request: ScimRequest) -> ScimResponse:
        """The answer. `fresh` details count for new people of whom the directory does not say them."""
        try:
            return self.handle(request)
        except SCIMException as error:
            return self.service.error_response(error)

    def patch(self, request: ScimRequest) -> ScimResponse:
        """As the RFC has it; of a patch that is refused, an offboarding in it is done all the same."""
        try:
            return self._patch(request, plain(request.body))
        except SCIMException:
            if not offboards(request.body):
                raise
            return self._patch(request, OFFBOARDING)

    def replace(self, request: ScimRequest) -> ScimResponse:
        return again_when_lost(request, super().replace)

    def delete(self, request: ScimRequest) -> ScimResponse:
        return again_when_lost(request, super().delete)

    def _patch(self, request: ScimRequest, body: bytes) -> ScimResponse:
        return again_when_lost(replace(request, body=body), super().patch)


def again_when_lost(request: ScimRequest, step: Callable[[ScimRequest], ScimResponse]) -> ScimResponse:
    """Who named no version wants the last word, not a refusal because somebody else wrote meanwhile."""
    for _ in range(_TRIES):
        try:
            return step(request)
        except PreconditionFailedException:
            if request.header("If-Match"):
                raise
    return step(request)
