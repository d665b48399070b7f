"""What a campaign says in each channel: looked at, changed, and given back to what everybody says."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, OneOf

from services.matching.application import Matching
from services.matching.domain.channel_text import MOST, MOST_OF_A_TITLE, ChannelText
from services.matching.domain.kit import LANGUAGES, Paper
from services.matching.entrypoints.http.callers import coordinator_of_campaign
from services.matching.entrypoints.http.papers import PaperQuery
from shared.kernel.errors import NotFound
from shared.web.bodies import Body
from shared.web.callers import Caller, requires
from shared.web.routes import Routes

routes = Routes("channel-texts", "", description="What a campaign says in each channel")

Given = dict[str, Any]


class WordsBody(Body):
    title = fields.String()
    text = fields.String()


class ChannelTextBody(Body):
    """`said` has placeholders, `filled` the facts in their place; `ready` is to be copied, with the link of this
    channel: empty where it is long. `is_own`: not what everybody says. The text has `most` characters at most."""

    channel = fields.Enum(Paper, by_value=True, attribute="paper")
    said = fields.Nested(WordsBody)
    is_own = fields.Boolean()
    filled = fields.Nested(WordsBody)
    ready = fields.String()
    most = fields.Integer()


class ChannelTextsBody(Body):
    """`placeholders` with what each stands for; the link is another one in each channel."""

    texts = fields.List(fields.Nested(ChannelTextBody))
    placeholders = fields.Dict(keys=fields.String(), values=fields.String())


class NewTextBody(Body):
    language = fields.String(load_default=LANGUAGES[0], validate=OneOf(LANGUAGES))
    title = fields.String(load_default="", validate=Length(max=MOST_OF_A_TITLE))
    text = fields.String(required=True, validate=Length(1, max(MOST.values())))

    @post_load
    def made(self, data: Given, **_: Any) -> Given:
        words = {name: data[name].replace("\r\n", "\n").strip() for name in ("title", "text")}
        return {"language": data["language"], "text": ChannelText(**words)}


@routes.get("/campaigns/<campaign_id>/texts")
@requires(coordinator_of_campaign)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, ChannelTextsBody)
def show(matching: Matching, _caller: Caller, query: Given, campaign_id: str) -> Given:
    return _all_of(matching, campaign_id, query["language"])


@routes.put("/campaigns/<campaign_id>/texts/<channel>")
@requires(coordinator_of_campaign)
@routes.arguments(NewTextBody)
@routes.response(200, ChannelTextsBody)
def say(matching: Matching, _caller: Caller, body: Given, campaign_id: str, channel: str) -> Given:
    """Every placeholder stands for a fact that the programme has; the last word counts."""
    matching.kits.say(campaign_id, _paper(channel), body["language"], body["text"])
    return _all_of(matching, campaign_id, body["language"])


@routes.delete("/campaigns/<campaign_id>/texts/<channel>")
@requires(coordinator_of_campaign)
@routes.arguments(PaperQuery, location="query")
@routes.response(200, ChannelTextsBody)
def say_as_everybody(matching: Matching, _caller: Caller, query: Given, campaign_id: str, channel: str) -> Given:
    matching.kits.say_as_everybody(campaign_id, _paper(channel), query["language"])
    return _all_of(matching, campaign_id, query["language"])


def _all_of(matching: Matching, campaign_id: str, language: str) -> Given:
    return {"texts": [one._asdict() for one in matching.kits.texts(campaign_id, language)],
            "placeholders": matching.kits.placeholders(campaign_id, language)}


def _paper(channel: str) -> Paper:
    """Raises NotFound."""
    if channel not in MOST:
        raise NotFound("no such channel")
    return Paper(channel)
