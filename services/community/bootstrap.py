"""The composition root: the only place that knows all parts of community below the ways in."""

from services.community.application import Community
from services.community.application.copies import Copies
from services.community.application.erasing import Erasing
from services.community.application.gaps import Gaps
from services.community.application.spaces import Spaces
from services.community.application.timeline import Timeline
from services.community.application.training import Training
from services.community.domain.assignment import Assignment
from services.community.domain.space import Space
from services.community.settings import Settings
from shared.kernel.aggregate import Aggregate
from shared.messaging.clock_loop import Ticking
from shared.runtime.backbone import Backbone
from shared.store.documents import Index
from shared.store.receipts import Receipt

PAIR_INDEXES = (Index(("programme_id", "state")), Index(("mentor_id",)), Index(("mentee_id",)))
ASSIGNMENT_INDEXES = (Index(("programme_id", "state")), Index(("person_id", "state")), Index(("pair_id",)))
TOLD: dict[type[Aggregate], tuple[str, ...]] = {
    Assignment: ("state", "programme_id", "pair_id", "person_id", "role", "module", "completed_by"),
    Space: ("state", "programme_id", "audience"),
}
"""Whose changes are in the audit log, with the ids and codes that are told before and after."""


def build(settings: Settings, backbone: Backbone) -> Community:  # noqa: ARG001 - every service is built alike
    backbone.audit(TOLD)
    copies = Copies(backbone.projection("programmes", topic="mentoring.programmes.v1"),
                    backbone.projection("pairs", indexes=PAIR_INDEXES, topic="mentoring.pairs.v1"),
                    backbone.projection("people", topic="mentoring.people.v1"), backbone.caught_up_at)
    assignments = backbone.repository(Assignment, "assignments", indexes=ASSIGNMENT_INDEXES)
    spaces = Spaces(backbone.repository(Space, "spaces"), copies)
    return Community(copies=copies, spaces=spaces, training=Training(assignments, copies, spaces, backbone.clock),
                     gaps=Gaps(assignments, copies), timeline=Timeline(assignments),
                     erasing=Erasing(assignments, backbone.repository(Receipt, "receipts"), backbone.clock))


def ticking(community: Community) -> list[Ticking]:
    """What has timers."""
    return [Ticking(community.training.store)]
