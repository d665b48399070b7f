"""What moves mentors to take part, and what hinders them: figures for whoever is in charge."""

from typing import Any

from marshmallow import fields

from services.matching.application import Matching
from services.matching.domain.form import FormField
from services.matching.domain.motives import MotiveReport, Ranked, asked
from services.matching.domain.renewal import standard
from services.matching.domain.suppression import Suppression
from services.matching.entrypoints.http.callers import in_charge
from services.matching.entrypoints.http.form_bodies import OptionBody
from shared.web.bodies import Body, Moment
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("motives", "", description="Why mentors come, and what hinders them")


class MotiveBody(Body):
    """`count` null: nearly all name it."""

    code = fields.String()
    count = fields.Integer(allow_none=True)


class QuestionBody(Body):
    """`answered` in steps, 0 while there are too few; `few` are codes that too few name."""

    key = fields.String()
    answered = fields.Integer()
    motives = fields.List(fields.Nested(MotiveBody))
    few = fields.List(fields.String())
    labels = fields.Dict(keys=fields.String(), values=fields.String())
    options = fields.List(fields.Nested(OptionBody))


class MotiveReportBody(Body):
    """Without `items`, and `as_of` null, until the worker has counted for the first time; whoever asks has it counted
    anew, unless that was seconds ago: `counting` says so. `renewals` are the same questions, put to mentors whose last
    pair is complete: so many were `asked`, 0 while there are too few, and `stayed`; null: a small group did, or did
    not, and `nearly_all` says which. Figures go in steps of `least`, from `fewest` answers on."""

    items = fields.List(fields.Nested(QuestionBody), required=True)
    renewals = fields.List(fields.Nested(QuestionBody), required=True)
    asked = fields.Integer()
    stayed = fields.Integer(allow_none=True)
    nearly_all = fields.Boolean()
    least = fields.Integer()
    fewest = fields.Integer()
    as_of = Moment(allow_none=True)
    counting = fields.Boolean()


@routes.get("/programmes/<programme_id>/motives")
@requires(in_charge)
@routes.response(200, MotiveReportBody)
def of_programme(matching: Matching, _caller: Caller, programme_id: str) -> dict[str, Any]:
    form = matching.programmes.get(programme_id).form
    report: MotiveReport = matching.motives.of(programme_id)
    return {"items": [_with_words(one, asked(form, one.key)) for one in report.questions],
            "renewals": [_with_words(one, standard(form, one.key)) for one in report.renewals],
            "asked": report.asked, "stayed": report.stayed, "nearly_all": report.nearly_all,
            "least": report.least, "fewest": Suppression(report.least).answers,
            "as_of": report.counted_at, "counting": report.counting}


def _with_words(one: Ranked, field: FormField | None) -> dict[str, Any]:
    return {**vars(one), "labels": field.labels if field else {}, "options": field.options if field else ()}
