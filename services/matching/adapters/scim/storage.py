"""The people of matching as the storage of a SCIM server."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from scim2_models import (
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    TooManyException,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from services.matching.adapters.scim.filters import lookups, narrowed
from services.matching.adapters.scim.models import MOST_RESULTS
from services.matching.adapters.scim.users import told_by, user_of
from services.matching.application.directory import Directory, NameTaken, Told
from services.matching.application.erased_names import NameErased
from services.matching.application.references import References
from services.matching.domain.directory import Details
from services.matching.domain.person import Person
from services.matching.domain.sound import BadDetails
from shared.kernel.errors import NotFound, Stale

T = TypeVar("T")
MOST_LOOKED_AT = 10_000
"""As many people a filter may look at one by one, which takes some seconds."""


class PeopleStorage(ScimStorage):
    """Every answer is made anew from the person; versions are those of the document."""

    def __init__(self, directory: Directory, fresh: Details) -> None:
        self._directory, self._fresh = directory, fresh
        self._references = References(directory.people, directory.erased)
        self._lookups = lookups(directory)

    def get(self, resource_type: ResourceType, resource_id: str, *,  # noqa: ARG002 - the port's
            response_parameters: ResponseParameters[Any] | None = None) -> Resource[Any]:  # noqa: ARG002 - the port's
        return _answered(lambda: self._directory.listed(resource_id))

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:  # noqa: ARG002 - the port's
        return _answered(lambda: self._directory.enter(self._told(resource, None)))

    def update(self, resource_type: ResourceType, resource: Resource[Any], *,  # noqa: ARG002 - the port's
               expected_version: str | None = None) -> Resource[Any]:
        person_id = str(resource.id)
        return _answered(lambda: self._directory.follow(
            person_id, self._told(resource, self._directory.listed(person_id)), if_version=_number(expected_version)))

    def let_go(self, resource_id: str) -> Resource[Any]:
        """They have left, and nothing else is said of them."""
        return _answered(lambda: self._directory.offboard(resource_id))

    def delete(self, resource_type: ResourceType, resource_id: str, *,  # noqa: ARG002 - the port's
               expected_version: str | None = None) -> None:
        _asked(lambda: self._directory.withdraw(resource_id, _number(expected_version)))

    def _told(self, resource: Resource[Any], before: Person | None) -> Told:
        told = told_by(resource, before, self._fresh)
        told.require_sound(before)
        return replace(told, details=self._references.by_id(told.details, before.details if before else self._fresh))

    def search(self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *,  # noqa: ARG002 - the port's
               position: Any = None) -> SearchPage:  # noqa: ARG002 - the port's
        """Who is asked for by a name, id or address is looked up; any other filter looks at everybody, unless there are
        too many."""
        if search_request.filter is None:
            return self._page_of_all(search_request)
        users = map(user_of, self._candidates(search_request.filter))
        found = [one for one in users if search_request.filter.match(one)]
        return SearchPage(len(found), found[_window(search_request)])

    def _page_of_all(self, asked: SearchRequest[Any]) -> SearchPage:
        shown = self._directory.page(asked.start_index_0 or 0, MOST_RESULTS if asked.count is None else asked.count)
        return SearchPage(self._directory.size(), [user_of(one) for one in shown])

    def _candidates(self, asked: Any) -> Iterable[Person]:
        found = narrowed(asked.ast, self._lookups)
        if found is None and self._directory.size() > MOST_LOOKED_AT:
            raise TooManyException(detail=f"of more than {MOST_LOOKED_AT} people ask for a value (eq) of userName, "
                                          "externalId, id, displayName, name.… or emails")
        return self._directory.each() if found is None else sorted(found, key=lambda one: one.id)


def _answered(ask: Callable[[], Person]) -> Resource[Any]:
    user: Resource[Any] = user_of(_asked(ask))
    return user


def _asked(ask: Callable[[], T]) -> T:
    """Our refusals as those of the protocol; what else is wrong is answered as everywhere."""
    try:
        return ask()
    except NotFound:
        raise NotFoundException from None
    except (NameTaken, NameErased) as error:
        raise UniquenessException(detail=str(error)) from None
    except Stale:
        raise PreconditionFailedException from None
    except BadDetails as error:
        raise InvalidValueException(detail=str(error)) from None


def _number(version: str | None) -> int | None:
    return int(version.removeprefix('W/').strip('"')) if version else None


def _window(asked: SearchRequest[Any]) -> slice:
    start = asked.start_index_0 or 0
    return slice(start, None if asked.count is None else start + asked.count)
