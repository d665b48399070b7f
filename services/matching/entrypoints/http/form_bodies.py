"""What the form of a programme looks like over HTTP."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length

from services.matching.contracts.participants import Role
from services.matching.domain.form import MOST_FIELDS, MOST_OPTIONS, FieldKind, Form, FormField, Option
from services.matching.entrypoints.http.role_names import RoleNamesBody
from shared.web.bodies import Body, Day

_language = fields.String(validate=Length(2, 35))


def _texts(most: int) -> fields.Dict:
    """By language."""
    return fields.Dict(keys=_language, values=fields.String(validate=Length(max=most)), validate=Length(max=20))


class OptionBody(Body):
    code = fields.String(required=True, validate=Length(1, 100))
    labels = _texts(200)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Option:
        return Option(**data)


class FormFieldBody(Body):
    key = fields.String(required=True, validate=Length(1, 50))
    kind = fields.Enum(FieldKind, by_value=True, required=True)
    labels = _texts(300)
    helps = _texts(1000)
    roles = fields.List(fields.Enum(Role, by_value=True), validate=Length(max=2))
    required = fields.Boolean()
    options = fields.List(fields.Nested(OptionBody), validate=Length(max=MOST_OPTIONS))
    least = fields.Integer(allow_none=True)
    most = fields.Integer(allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> FormField:
        lists: dict[str, Any] = {name: tuple(data[name]) for name in ("roles", "options") if name in data}
        return FormField(**{"labels": dict[str, str](), **data, **lists})


class FormBody(Body):
    fields_ = fields.List(fields.Nested(FormFieldBody), data_key="fields", attribute="fields", required=True,
                          validate=Length(max=MOST_FIELDS))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Form:
        return Form(fields=tuple(data["fields"]))


class AskedBody(FormBody):
    """The form with what goes with it."""

    version = fields.Integer()
    programme_id = fields.String()
    programme = fields.String()
    language = fields.String()
    skills = fields.List(fields.Nested(OptionBody))
    takes_applications = fields.Boolean()
    role_names = fields.Nested(RoleNamesBody)


class CallBody(Body):
    """A programme that takes applications."""

    programme_id = fields.String(attribute="id")
    name = fields.String(attribute="plan.name")
    language = fields.String(attribute="plan.language")
    starts_on = Day(attribute="plan.starts_on")
    ends_on = Day(attribute="plan.ends_on")
    always_on = fields.Boolean(attribute="plan.always_on")
    applications_until = Day(attribute="plan.applications_until", allow_none=True)
    role_names = fields.Nested(RoleNamesBody)
