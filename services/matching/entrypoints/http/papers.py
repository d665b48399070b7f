"""Papers to hand out: in which language they are asked for, and how they are given."""

from flask import Response
from marshmallow import fields
from marshmallow.validate import OneOf

from services.matching.domain.kit import LANGUAGES, Form
from shared.web.bodies import Query

MEDIA = {Form.HTML: "text/html", Form.PDF: "application/pdf"}


class PaperQuery(Query):
    language = fields.String(load_default=LANGUAGES[0], validate=OneOf(LANGUAGES))


def file_of(name: str, form: Form, made: bytes) -> Response:
    """What was made, as a file of this name."""
    return Response(made, content_type=MEDIA[form], headers={
        "Content-Disposition": f'attachment; filename="{name}.{form}"'})
