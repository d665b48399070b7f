"""What matching reads of the events it listens to, and nothing more."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, Regexp

from services.matching.contracts.circles import CircleCloseReason
from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import Role
from services.matching.contracts.people import PersonState
from services.matching.contracts.renewals import RenewalAnswer
from services.matching.domain.directory import Leave, Weekday
from services.matching.domain.sound import LONGEST, READABLE
from shared.messaging.seen import Reading


class PartySeen(Reading):
    person_id = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class CircleSeen(Reading):
    circle_id = fields.String(required=True)


class CircleClosedSeen(CircleSeen):
    programme_id = fields.String(required=True)
    reason = fields.Enum(CircleCloseReason, by_value=True, required=True)
    parties = fields.List(fields.Nested(PartySeen), required=True)


class MilestoneSeen(Reading):
    programme_id = fields.String(required=True)
    milestone = fields.String(required=True)
    parties = fields.List(fields.Nested(PartySeen), load_default=[])


class CircleSeatSeen(CircleSeen):
    seat_id = fields.String(required=True)


class PersonSeen(Reading):
    person_id = fields.String(required=True)
    state = fields.Enum(PersonState, by_value=True, required=True)


def _name() -> fields.String:
    """Of the directory, as its rules have it."""
    return fields.String(required=True, validate=[Length(1, LONGEST), Regexp(READABLE)])


class NewsSeen(Reading):
    """What is null is not said."""

    directory_id = _name()
    name = fields.String(allow_none=True, load_default=None)
    email = fields.String(allow_none=True, load_default=None)
    language = fields.String(allow_none=True, load_default=None)
    time_zone = fields.String(allow_none=True, load_default=None)
    department = fields.String(allow_none=True, load_default=None)
    location = fields.String(allow_none=True, load_default=None)
    grade = fields.String(allow_none=True, load_default=None)
    manager_id = fields.String(allow_none=True, load_default=None)
    languages = fields.List(fields.String(), allow_none=True, load_default=None)
    working_days = fields.List(fields.Enum(Weekday, by_value=True), allow_none=True, load_default=None)
    holiday_calendar = fields.String(allow_none=True, load_default=None)


class JoinedSeen(NewsSeen):
    name = fields.String(required=True)
    email = fields.String(required=True)


class LeaveSeen(Reading):
    directory_id = _name()
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(allow_none=True, load_default=None)

    @post_load
    def leave(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """As the domain writes days."""
        last = data["ends_on"]
        return {**data, "leave": Leave(starts_on=data["starts_on"].isoformat(), ends_on=last and last.isoformat())}


class BackSeen(Reading):
    directory_id = _name()
    back_on = fields.Date(required=True)


class GoneSeen(Reading):
    directory_id = _name()


class ErasureSeen(Reading):
    person_id = fields.String(required=True)
    service = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ProgrammeSeen(Reading):
    programme_id = fields.String(required=True)


class RenamedSeen(Reading):
    person_id = fields.String(required=True)
    said = fields.List(fields.String(), load_default=[])


class CoordinatorSeen(ProgrammeSeen):
    replaced = fields.Boolean(load_default=False)


class ProfileSeen(ProgrammeSeen):
    number = fields.Integer(required=True)


class RunSeen(ProgrammeSeen):
    run_id = fields.String(required=True)


class CoupleSeen(ProgrammeSeen):
    mentee_id = fields.String(required=True)


class SwapSeen(Reading):
    programme_id = fields.String(required=True)
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)
    instead_of = fields.String(required=True)
    swapped_by = fields.String(required=True)


class RematchSeen(Reading):
    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentee_id = fields.String(required=True)


class PairSeen(Reading):
    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)
    run_id = fields.String(load_default=None, allow_none=True)


class RenewalSeen(Reading):
    application_id = fields.String(required=True)
    decided = fields.Enum(RenewalAnswer, by_value=True, required=True)
    capacity = fields.Integer(load_default=None, allow_none=True)


class PairClosedSeen(PairSeen):
    reason = fields.Enum(CloseReason, by_value=True, allow_none=True, load_default=None)


class ParticipantSeen(Reading):
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class StepSeen(ParticipantSeen):
    campaign_code = fields.String(allow_none=True, load_default=None)


class ApplicationSeen(Reading):
    application_id = fields.String(required=True)


class RequestSeen(Reading):
    request_id = fields.String(required=True)


class TrainingSeen(Reading):
    """`pair_id` None: the training counts for every pair of the person in the programme. One that closes a `gap` opens
    no gate."""

    person_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    pair_id = fields.String(allow_none=True, load_default=None)
    gap = fields.String(load_default="")


class TermsSeen(Reading):
    pair_id = fields.String(required=True)
    set_by = fields.String(required=True)
    ends_on = fields.String(load_default=None, allow_none=True)


class ConcludedSeen(Reading):
    pair_id = fields.String(required=True)


class PraisedSeen(Reading):
    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)


class GoalSeen(Reading):
    pair_id = fields.String(required=True)
    person_id = fields.String(required=True)
