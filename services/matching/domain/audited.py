"""What the audit log tells of matching."""

from services.matching.domain.application import Application
from services.matching.domain.campaign import Campaign
from services.matching.domain.circle import Circle
from services.matching.domain.circle_seat import CircleSeat
from services.matching.domain.decision import Decision
from services.matching.domain.directory_file import DirectoryFile
from services.matching.domain.erasure import ErasedName, Erasure
from services.matching.domain.import_job import Import
from services.matching.domain.invitation import Invitation
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.pair import Pair
from services.matching.domain.participant import Participant
from services.matching.domain.person import Person
from services.matching.domain.programme import Programme
from services.matching.domain.renewal import Renewal
from services.matching.domain.request import Request
from services.matching.domain.ruling import Ruling
from services.matching.domain.saved_view import SavedView
from services.matching.domain.scoring import Scoring
from services.matching.domain.stepping_up import SteppingUp
from services.matching.domain.task import Task
from shared.kernel.aggregate import Aggregate

TOLD: dict[type[Aggregate], tuple[str, ...]] = {
    Person: ("state", "delisted"),
    Programme: ("state", "substitutes", "routes", "ticks", "plan/coordinator_ids", "plan/sponsor_id", "plan/gates",
                "plan/starts_on", "plan/ends_on", "plan/undo_minutes", "plan/requests_allowed", "plan/always_on",
                "plan/interview_roles", "plan/endorsement_roles"),
    Application: ("state", "programme_id", "person_id", "role", "waived", "interview/on", "endorsement/endorser_id",
                  "endorsement/state"),
    Participant: ("state", "programme_id", "person_id", "role", "capacity", "on_leave", "left_because"),
    Invitation: ("state", "programme_id", "step"),
    Campaign: ("state", "programme_id", "role", "code"),
    Decision: ("state", "programme_id"),
    Scoring: ("state", "programme_id", "number"),
    Renewal: ("programme_id", "person_id", "answer"),
    SteppingUp: ("state", "programme_id", "person_id"),
    Import: ("state", "programme_id", "role"),
    DirectoryFile: ("state", "full", "brought_by"),
    MatchingRun: ("state", "programme_id", "mentee_id", "succeeds"),
    Pair: ("state", "programme_id", "mentor_id", "mentee_id", "run_id", "succeeds", "decided_by"),
    Circle: ("state", "programme_id"),
    CircleSeat: ("state", "programme_id", "circle_id", "person_id", "role"),
    Ruling: ("state", "programme_id", "mentor_id", "mentee_id", "by"),
    Request: ("state", "programme_id", "mentee_id", "asked_id", "pair_id"),
    Task: ("state", "kind", "programme_id", "pair_id", "request_id", "circle_id"),
    Erasure: ("state",),
    ErasedName: (),
    SavedView: ("programme_id", "owner_id", "list", "gone"),
}
"""Whose changes are in the audit log, with the ids and codes that are told before and after. Rows of an import and what
a run found are not: they are parts of a job that is; nor is what HR tells of people whom nobody here knows: it is told
of whoever comes, or is nobody's."""
