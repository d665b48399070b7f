"""What surveys reads of the events it listens to: everything else in them may change without notice."""

from typing import Any

from marshmallow import fields, post_load

from services.surveys.application.check_ins import MessageFacts
from services.surveys.application.journeys import PairFacts
from services.surveys.application.ladder import SidePeriod
from services.surveys.application.programmes import ProgrammeFacts
from services.surveys.contracts.check_ins import CheckInMissed
from services.surveys.contracts.internal import CheckInDue, CheckInLapsed
from services.surveys.contracts.relationships import Relationship
from shared.messaging.seen import Reading, Seen


class RouteSeen(Reading):
    queue = fields.String(required=True)
    person_ids = fields.List(fields.String(), required=True)


class ProgrammeSeen(Seen):
    into = ProgrammeFacts

    programme_id = fields.String(required=True)
    state = fields.String(required=True)
    time_zone = fields.String(required=True)
    ends_on = fields.String(required=True)
    coordinator_ids = fields.List(fields.String(), required=True)
    check_in_days = fields.List(fields.Integer(), load_default=[12, 30])
    check_in_every_days = fields.Integer(load_default=30)
    check_in_answer_days = fields.Integer(load_default=7)
    check_in_reminder_days = fields.Integer(load_default=3)
    case_days = fields.Integer(load_default=3)
    format = fields.String(load_default="pairs")
    close_days = fields.Integer(load_default=14)
    routes = fields.List(fields.Nested(RouteSeen), load_default=[])

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ProgrammeFacts:
        return ProgrammeFacts(**{**data, "routes": {one["queue"]: one["person_ids"] for one in data["routes"]}})


class PartySeen(Reading):
    person_id = fields.String(required=True)
    role = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, str], **_: Any) -> tuple[str, str]:
        return data["person_id"], data["role"]


class PairSeen(Seen):
    into = PairFacts

    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    parties = fields.List(fields.Nested(PartySeen), required=True)
    state = fields.String(required=True)
    reason = fields.String(load_default=None, allow_none=True)


class CircleSeen(PairSeen):
    """A circle is followed as a pair is."""

    pair_id = fields.String(required=True, data_key="circle_id")
    relationship = fields.Constant(Relationship.CIRCLE)


class MessageSeen(Seen):
    into = MessageFacts

    check_in_id = fields.String(required=True, data_key="about")
    person_id = fields.String(required=True, allow_none=True)
    why = fields.String(load_default=None, allow_none=True)
    permanent = fields.Boolean(load_default=False)


class SideSeen(Seen):
    into = SidePeriod

    journey_id = fields.String(required=True)
    person_id = fields.String(required=True)
    period = fields.Integer(required=True)
    reason = fields.String(load_default=None, allow_none=True)


class _OwnSeen(Seen):
    journey_id = fields.String(required=True)
    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.String(required=True)
    period = fields.Integer(required=True)
    relationship = fields.Enum(Relationship, by_value=True, load_default=Relationship.PAIR)
    closes_at = fields.AwareDateTime(required=True)


class DueSeen(_OwnSeen):
    into = CheckInDue

    opens_at = fields.AwareDateTime(required=True)


class LapsedSeen(_OwnSeen):
    into = CheckInLapsed

    check_in_id = fields.String(required=True)


class MissedSeen(_OwnSeen):
    into = CheckInMissed

    check_in_id = fields.String(required=True)
    in_a_row = fields.Integer(required=True)


class ReminderSeen(Reading):
    check_in_id = fields.String(required=True)


class ResolvedSeen(Reading):
    case_id = fields.String(required=True)
    reason = fields.String(required=True)
