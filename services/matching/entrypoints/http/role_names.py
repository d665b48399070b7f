"""What the roles of a programme are called, over HTTP."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length

from services.matching.contracts.programmes import RoleNames
from services.matching.domain.role_names import LANGUAGES, MOST_LETTERS
from shared.web.bodies import Body


def _by_language() -> fields.Dict:
    return fields.Dict(keys=fields.String(validate=Length(2, 35)), required=True, validate=Length(max=len(LANGUAGES)),
                       values=fields.String(validate=Length(1, MOST_LETTERS)))


class RoleNamesBody(Body):
    """By language, as within a sentence."""

    mentor = _by_language()
    mentee = _by_language()

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> RoleNames:
        return RoleNames(**{role: {language: " ".join(name.split()) for language, name in names.items()}
                            for role, names in data.items()})
