"""What community reads of the events it listens to: everything else in them may change without notice."""

from marshmallow import fields

from services.community.application.copies import PairFacts, PersonFacts, ProgrammeFacts
from shared.messaging.seen import Seen


class ProgrammeSeen(Seen):
    into = ProgrammeFacts

    programme_id = fields.String(required=True)
    state = fields.String(required=True)
    time_zone = fields.String(required=True)
    coordinator_ids = fields.List(fields.String(), required=True)


class PairSeen(Seen):
    into = PairFacts

    pair_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    mentor_id = fields.String(required=True)
    mentee_id = fields.String(required=True)
    state = fields.String(required=True)


class PersonSeen(Seen):
    into = PersonFacts

    person_id = fields.String(required=True)
    state = fields.String(required=True)
