"""Campaigns: an audience and a code, launched and ended; the papers of their kit; what came of each code."""

from typing import Any

from flask import Response
from marshmallow import fields, post_load
from marshmallow.validate import Length, Range

from services.matching.application import Matching
from services.matching.contracts.participants import Role
from services.matching.domain.campaign import MOST_DAYS, MOST_LISTED, Audience, Campaign, CampaignState, Walk, Wanted
from services.matching.domain.campaign_code import Channel
from services.matching.domain.kit import Form, Paper
from services.matching.domain.way import Step
from services.matching.entrypoints.http.callers import coordinator, coordinator_of_campaign
from services.matching.entrypoints.http.papers import MEDIA, PaperQuery, file_of
from shared.kernel.errors import NotFound
from shared.web.bodies import Body, Moment, Query, items_of
from shared.web.callers import Caller, requires, signed_in
from shared.web.paging import Paging, paged
from shared.web.replies import Reply
from shared.web.routes import Routes

routes = Routes("campaigns", "", description="Making a programme known")

Given = dict[str, Any]


def _texts() -> fields.List:
    return fields.List(fields.String(validate=Length(1, 200)), load_default=list, validate=Length(max=100))


class NewCampaignBody(Body):
    """The audience is the list of `names`, a mail address or whole name each; without one, everybody in the directory
    who is in one of the departments, locations and grades, as far as any are named. `remind_days` 0: never."""

    name = fields.String(required=True, validate=Length(1, 200))
    role = fields.Enum(Role, by_value=True, required=True)
    departments = _texts()
    locations = _texts()
    grades = _texts()
    names = fields.List(fields.String(validate=Length(max=320)), load_default=None, allow_none=True,
                        validate=Length(1, MOST_LISTED))
    remind_days = fields.Integer(load_default=7, validate=Range(0, MOST_DAYS))

    @post_load
    def made(self, data: Given, **_: Any) -> Given:
        rule = {name: tuple(data.pop(name)) for name in ("departments", "locations", "grades")}
        names = data.pop("names")
        return {"wanted": Wanted(**data, audience=Audience(**rule)), "names": names}


class CampaignLineBody(Body):
    """`size` people are in the audience, as far as it is counted; `asked` of them were invited, `refused` says why not,
    `reminded` heard once more. `walk`: what is being done with the audience now."""

    id = fields.String()
    version = fields.Integer()
    programme_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    name = fields.String()
    code = fields.String()
    state = fields.Enum(CampaignState, by_value=True)
    walk = fields.Enum(Walk, by_value=True)
    departments = fields.List(fields.String(), attribute="audience.departments")
    locations = fields.List(fields.String(), attribute="audience.locations")
    grades = fields.List(fields.String(), attribute="audience.grades")
    is_list = fields.Function(lambda one: one.audience.listed is not None)
    size = fields.Integer()
    asked = fields.Integer()
    refused = fields.Function(lambda one: {why: count for why, count in one.results.items() if why != "done"})
    reminded = fields.Integer()
    remind_days = fields.Integer()
    created_at = Moment()
    launched_at = Moment(allow_none=True)


class BroughtBody(Body):
    channel = fields.Enum(Channel, by_value=True)
    code = fields.String()
    steps = fields.Dict(keys=fields.Enum(Step, by_value=True), values=fields.Integer())


class ReportBody(Body):
    """What came of each code: how many applied by it, and how far they came."""

    campaign = fields.Nested(CampaignLineBody)
    codes = fields.List(fields.Nested(BroughtBody))
    as_of = Moment()


class CodeQuery(Query):
    code = fields.String(required=True, validate=Length(1, 40))


class LedToBody(Body):
    """Where a code leads, and the code as it counts."""

    programme_id = fields.String()
    role = fields.Enum(Role, by_value=True)
    code = fields.String()


@routes.get("/campaign-code")
@requires(signed_in)
@routes.arguments(CodeQuery, location="query")
@routes.response(200, LedToBody)
def led_to(matching: Matching, _caller: Caller, query: Given) -> Given:
    """From a short address on paper to the form; capitals do not count."""
    campaign, code = matching.campaigns.led_to(query["code"])
    return {"programme_id": campaign.programme_id, "role": campaign.role, "code": code}


@routes.post("/programmes/<programme_id>/campaigns")
@requires(coordinator)
@routes.arguments(NewCampaignBody)
@routes.response(201, CampaignLineBody, location="/campaigns/{id}")
def draft(matching: Matching, _caller: Caller, body: Given, programme_id: str) -> Campaign:
    return matching.campaigns.draft(programme_id, **body)


@routes.get("/programmes/<programme_id>/campaigns")
@requires(coordinator)
@routes.arguments(Paging, location="query")
@routes.response(200, items_of(CampaignLineBody))
def find(matching: Matching, _caller: Caller, query: Given, programme_id: str) -> Reply:
    return paged(matching.campaigns.find(programme_id, **query))


@routes.get("/campaigns/<campaign_id>")
@requires(coordinator_of_campaign)
@routes.response(200, ReportBody)
def show(matching: Matching, _caller: Caller, campaign_id: str) -> Given:
    campaign = matching.campaigns.get(campaign_id)
    as_of = matching.funnels.as_of(matching.funnels.of(campaign.programme_id))
    return {"campaign": campaign, "codes": [one._asdict() for one in matching.campaigns.report(campaign_id)],
            "as_of": as_of}


@routes.post("/campaigns/<campaign_id>/launch")
@requires(coordinator_of_campaign)
@routes.response(202, CampaignLineBody, location="/campaigns/{id}")
def launch(matching: Matching, _caller: Caller, campaign_id: str) -> Campaign:
    return matching.campaigns.launch(campaign_id)


@routes.post("/campaigns/<campaign_id>/end")
@requires(coordinator_of_campaign)
@routes.response(200, CampaignLineBody)
def end(matching: Matching, _caller: Caller, campaign_id: str) -> Campaign:
    return matching.campaigns.end(campaign_id)


@routes.get("/campaigns/<campaign_id>/kit/<paper>.html")
@requires(coordinator_of_campaign)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, content_type=MEDIA[Form.HTML])
def page(matching: Matching, _caller: Caller, query: Given, campaign_id: str, paper: str) -> Response:
    """With the programme's facts as they are now."""
    return _handed_over(matching, campaign_id, paper, Form.HTML, query["language"])


@routes.get("/campaigns/<campaign_id>/kit/<paper>.pdf")
@requires(coordinator_of_campaign)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, content_type=MEDIA[Form.PDF])
def printed(matching: Matching, _caller: Caller, query: Given, campaign_id: str, paper: str) -> Response:
    """The same to print."""
    return _handed_over(matching, campaign_id, paper, Form.PDF, query["language"])


def _handed_over(matching: Matching, campaign_id: str, paper: str, form: Form, language: str) -> Response:
    """A file. Raises NotFound."""
    if paper not in list(Paper):
        raise NotFound("no such paper")
    return file_of(paper, form, matching.kits.paper(campaign_id, Paper(paper), form, language))
