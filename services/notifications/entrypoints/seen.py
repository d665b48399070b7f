"""What notifications reads of the events it listens to: everything else in them may change without notice."""

from datetime import datetime
from typing import Any

from marshmallow import fields, post_load

from services.notifications.application.application_notices import ApplicationNews, EndorsementNews
from services.notifications.application.circle_notices import SeatLost
from services.notifications.application.notices import CaseNews, CheckInNews, DigestNews, Ending
from services.notifications.application.request_notices import RequestNews
from services.notifications.domain.contact import Card, ContactState
from services.notifications.domain.copies import Assignment, Circle, Pair, Programme
from services.notifications.domain.letters import Role
from shared.messaging.seen import Reading, Seen


class CardSeen(Seen):
    into = Card

    person_id = fields.String(required=True)
    state = fields.Enum(ContactState, by_value=True, required=True)
    name = fields.String(required=True)
    email = fields.String(load_default="")
    language = fields.String(load_default="")
    time_zone = fields.String(load_default="UTC")
    location = fields.String(load_default="")


def _by_language() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class RoleNamesSeen(Reading):
    mentor = _by_language()
    mentee = _by_language()


class RouteSeen(Reading):
    queue = fields.String(required=True)
    person_ids = fields.List(fields.String(), required=True)


class ProgrammeSeen(Seen):
    into = Programme

    programme_id = fields.String(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    time_zone = fields.String(load_default="UTC")
    coordinator_ids = fields.List(fields.String(), required=True)
    role_names = fields.Nested(RoleNamesSeen, load_default=None, allow_none=True)
    routes = fields.List(fields.Nested(RouteSeen), load_default=[])
    format = fields.String(load_default="pairs")
    state = fields.String(load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Programme:
        routes = {one["queue"]: tuple(one["person_ids"]) for one in data["routes"]}
        return Programme(**{**data, "coordinator_ids": tuple(data["coordinator_ids"]), "routes": routes,
                            "role_names": data["role_names"] or {}})


class CoordinatorSeen(Reading):
    programme_id = fields.String(required=True)
    replaced = fields.Boolean(load_default=False)


class PairSeen(Seen):
    into = Pair

    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(load_default=None, allow_none=True)


class AnswerSeen(Reading):
    """Who said yes to a proposal, or has not, or did so in vain."""

    accepted_by = fields.String(load_default="")
    waiting_ids = fields.List(fields.String(), load_default=[])
    silent_ids = fields.List(fields.String(), load_default=[])


class EndSeen(Seen):
    into = Ending

    rematch_asked = fields.Boolean(load_default=False)
    with_programme = fields.Boolean(load_default=False)


class PartySeen(Reading):
    person_id = fields.String(required=True)
    role = fields.String(required=True)


class CircleSeen(Seen):
    into = Circle

    circle_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    parties = fields.List(fields.Nested(PartySeen), required=True)
    state = fields.String(required=True)
    reason = fields.String(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Circle:
        return Circle(**{**data, "parties": tuple((one["person_id"], one["role"]) for one in data["parties"])})


class CircleNewsSeen(Reading):
    joined_ids = fields.List(fields.String(), load_default=[])
    left_ids = fields.List(fields.String(), load_default=[])


class SeatLostSeen(Seen):
    into = SeatLost

    circle_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    because = fields.String(required=True)


class AssignmentSeen(Seen):
    into = Assignment

    assignment_id = fields.String(required=True)
    person_id = fields.String(required=True)
    pair_id = fields.String(required=True)
    module = fields.String(required=True)
    due_on = fields.String(required=True)


class CheckInSeen(Seen):
    into = CheckInNews

    check_in_id = fields.String(required=True)
    pair_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    attempt = fields.Integer(load_default=0)
    closes_at: "fields.Field[datetime]" = fields.AwareDateTime(load_default=None, allow_none=True)
    in_a_row = fields.Integer(load_default=0)


class CaseSeen(Seen):
    into = CaseNews

    case_id = fields.String(required=True)
    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    due_at: "fields.Field[datetime]" = fields.AwareDateTime(load_default=None, allow_none=True)


class RequestSeen(Seen):
    into = RequestNews

    request_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)
    state = fields.String(required=True)
    because = fields.String(load_default=None, allow_none=True)
    answer_by: "fields.Field[datetime]" = fields.AwareDateTime(load_default=None, allow_none=True)


class ApplicationSeen(Seen):
    into = ApplicationNews

    application_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    by_application = fields.Boolean(load_default=False)
    campaign_code = fields.String(load_default=None, allow_none=True)


class RenewalSeen(ApplicationSeen):
    """Mentors alone are asked."""

    role = fields.Enum(Role, by_value=True, load_default=Role.MENTOR)


class EndorsementSeen(Seen):
    into = EndorsementNews

    application_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    endorser_id = fields.String(required=True)


class FigureSeen(Reading):
    code = fields.String(required=True)
    count = fields.Integer(allow_none=True, load_default=None)


class DigestSeen(Seen):
    into = DigestNews

    programme_id = fields.String(required=True)
    sponsor_id = fields.String(required=True)
    figures = fields.List(fields.Nested(FigureSeen), required=True)
    least = fields.Integer(load_default=5)
    last = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> DigestNews:
        counts = {one["code"]: one["count"] or 0 for one in data.pop("figures")}
        return DigestNews(figures={"least": data.pop("least"), **counts}, **data)


class ReachableSeen(Reading):
    person_id = fields.String(required=True)


class FailureSeen(Reading):
    person_id = fields.String(load_default=None, allow_none=True)
    reason = fields.String(load_default="")
