"""What matching reads of the events it listens to, and nothing more."""

from marshmallow import EXCLUDE, Schema, fields

from services.matching.contracts.people import PersonState


class _Seen(Schema):
    class Meta:
        unknown = EXCLUDE


class PersonSeen(_Seen):
    person_id = fields.String(required=True)
    state = fields.Enum(PersonState, by_value=True, required=True)


class ProgrammeSeen(_Seen):
    programme_id = fields.String(required=True)


class RematchSeen(_Seen):
    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentee_id = fields.String(required=True)


class TrainingSeen(_Seen):
    """`pair_id` None: the training counts for every pair of the person in the programme."""

    person_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    pair_id = fields.String(allow_none=True, load_default=None)


class TermsSeen(_Seen):
    pair_id = fields.String(required=True)
    set_by = fields.String(required=True)


class GoalSeen(_Seen):
    pair_id = fields.String(required=True)
    person_id = fields.String(required=True)
