"""What of a user the SCIM API takes: the parts of RFC 7643 that matching has a use for, and its own extension.

Everything else a directory sends is dropped unread.
"""

from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Patch,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models.urn import URN

MOST_RESULTS = 200


class Name(ComplexAttribute):
    """Its parts."""

    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    """One address, as lists and HR write them too: what is none is refused by the rules of people."""

    value: str | None = None
    type: str | None = Field(default=None, examples=["work", "home", "other"])
    primary: bool | None = None


class User(Resource[AnyExtension]):
    """A person."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    display_name: str | None = None
    name: Name | None = None
    user_type: str | None = None
    preferred_language: str | None = None
    timezone: str | None = None
    active: bool | None = None
    emails: list[Email] | None = None


class Manager(ComplexAttribute):
    """Whom a person reports to, by the id of that user."""

    value: str | None = None
    display_name: Annotated[str | None, Mutability.read_only] = None


class Enterprise(Extension):
    """Where in the organisation."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    department: str | None = None
    manager: Manager | None = None


class Mentoring(Extension):
    """What mentoring needs to know beyond. Lists are texts with semicolons: every directory can map those."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:ithaca:2.0:User")

    location: str | None = None
    grade: str | None = None
    languages: str | None = None
    working_days: str | None = Field(default=None, examples=["mon; tue; wed; thu; fri", "mon; tue; wed; thu"])
    holiday_calendar: str | None = None
    other_managers: str | None = None
    sponsor: str | None = None
    on_leave: bool | None = None


Listed: Any = User[Enterprise | Mentoring]
"""A user with both extensions."""


def provider() -> ScimProvider:
    """The description of this service, with the liberties that the directories of the market take."""
    policy = ScimPolicy(unknown=ScimPolicy.Unknown.ignore, remove_value_as_filter=ScimPolicy.RemoveValue.apply,
                        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create)
    return ScimProvider([User, Enterprise, Mentoring], [ResourceType.from_resource(Listed)], _config(), policy)


def _config() -> ServiceProviderConfig:
    bearer = AuthenticationScheme(type=AuthenticationScheme.Type.oauthbearertoken, name="Bearer token",
                                  description="A token with the scope scim", primary=True)
    return ServiceProviderConfig(
        patch=Patch(supported=True), filter=Filter(supported=True, max_results=MOST_RESULTS), etag=ETag(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0), sort=Sort(supported=False),
        change_password=ChangePassword(supported=False), authentication_schemes=[bearer])
