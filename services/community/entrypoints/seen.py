"""What community reads of the events it listens to: everything else in them may change without notice."""

from typing import Any

from marshmallow import fields, post_load

from services.community.application.copies import PairFacts, PersonFacts, ProgrammeFacts
from services.community.application.gaps import Learner
from shared.messaging.seen import Reading, Seen


class ProgrammeSeen(Seen):
    into = ProgrammeFacts

    programme_id = fields.String(required=True)
    state = fields.String(required=True)
    time_zone = fields.String(required=True)
    coordinator_ids = fields.List(fields.String(), required=True)
    format = fields.String(load_default="pairs")


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


class GapSeen(Reading):
    gap = fields.String(required=True)
    module = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, str], **_: Any) -> tuple[str, str]:
        return data["gap"], data["module"]


class LearnerSeen(Seen):
    into = Learner

    programme_id = fields.String(required=True)
    person_id = fields.String(required=True)
    role = fields.String(required=True)
    state = fields.String(required=True)
    training = fields.List(fields.Nested(GapSeen), load_default=[])
