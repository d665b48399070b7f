"""Everything that matching holds of one person, by the inventory of what it stores."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.matching.application.requests import Requests
from services.matching.domain.application import Application
from services.matching.domain.application_views import seen_by_applicant, seen_by_endorser
from services.matching.domain.campaign import Campaign
from services.matching.domain.circle import Circle
from services.matching.domain.circle_seat import CircleSeat
from services.matching.domain.decision import Decision
from services.matching.domain.digest import Digest
from services.matching.domain.directory_chunk import FileChunk
from services.matching.domain.directory_file import DirectoryFile
from services.matching.domain.dotted_line import DottedLine
from services.matching.domain.erasure import ErasedName, Erasure
from services.matching.domain.funnel import Funnel
from services.matching.domain.headcount import Headcount
from services.matching.domain.hr_news import HrNews
from services.matching.domain.import_chunk import Chunk
from services.matching.domain.import_job import Import
from services.matching.domain.invitation import Invitation
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.motives import MotiveReport
from services.matching.domain.pair import Pair
from services.matching.domain.participant import Participant
from services.matching.domain.person import Person
from services.matching.domain.programme import Programme
from services.matching.domain.proposal import Proposal, Unmatched
from services.matching.domain.ready import Readying
from services.matching.domain.refusal_report import RefusalReport
from services.matching.domain.renewal import Renewal
from services.matching.domain.request import Request
from services.matching.domain.request_views import seen_by
from services.matching.domain.ruling import Ruling
from services.matching.domain.saved_view import SavedView
from services.matching.domain.scoring import Scoring
from services.matching.domain.stepping_up import SteppingUp
from services.matching.domain.sweep import Sweep
from services.matching.domain.task import Task
from services.matching.domain.trade_off import TradeOff
from services.matching.domain.trial import Trial
from services.matching.domain.way import Way
from shared.kernel.aggregate import Aggregate
from shared.store.conversion import WIRE
from shared.store.repository import Repository

PERSONAL: Mapping[type[Aggregate], tuple[str, ...]] = {
    Person: ("_id",), Participant: ("person_id",), Pair: ("mentor_id", "mentee_id"),
    Proposal: ("mentor_id", "mentee_id"), Unmatched: ("person_id",), Erasure: ("_id",),
    Request: ("mentee_id", "choices.mentor_id"), Application: ("person_id", "endorsement.endorser_id"),
    Ruling: ("mentor_id", "mentee_id"), SteppingUp: ("person_id",),
    Renewal: ("person_id",), CircleSeat: ("person_id",), SavedView: ("owner_id",),
}
"""Kinds that are about people, and the fields that say about whom. All of their own fields are exported, of requests
and applications those that the person may know."""

IMPERSONAL: Mapping[type[Aggregate], str] = {
    Programme: "settings, and which coordinator ticked what off",
    MatchingRun: "figures of a programme, and whom coordinators moved",
    Task: "ids of a pair, a circle or a request",
    Circle: "a name, and ids of its members, each of whom has a seat",
    Campaign: "figures, and ids of people on a list, each of whom has an application when they are asked",
    Invitation: "ids of people who are asked to apply, each of whom has an application then",
    Decision: "ids of applications, and what became of each",
    Way: "first times of a participation, by the id of the application",
    Funnel: "figures of a programme",
    Headcount: "figures of a programme",
    Digest: "the last month that was told",
    Sweep: "how far a walk through a programme is, figures, and ids of documents that it looks at twice",
    Scoring: "how far a programme is with scoring everybody anew",
    MotiveReport: "figures of a programme",
    RefusalReport: "figures of a programme",
    Readying: "figures of a programme, and ids of people about whom something is to be mended",
    TradeOff: "figures of a programme",
    Trial: "figures, and for a day the ids of a few pairs that there are not",
    ErasedName: "a hash",
    DottedLine: "ids of a report and a manager, as the entry of the report names them",
    HrNews: "what HR told of somebody nobody knew yet, gone into the person or after seven days",
    Import: "a file of somebody else's making, gone into people and applications, or after seven days",
    Chunk: "rows of such a file",
    DirectoryFile: "a file of the directory, gone into people",
    FileChunk: "rows of such a file, emptied when it is applied or after seven days",
}
"""Kinds that are not exported, and why."""

_BOOKKEEPING = frozenset(Aggregate.__dataclass_fields__) - {"id"}


@dataclass(frozen=True)
class Exporting:
    """`stores` has a repository for every kind of `PERSONAL`."""

    stores: Mapping[type[Aggregate], Repository[Any]]
    requests: Requests

    def of(self, person_id: str, reader: str | None = None) -> dict[str, list[dict[str, Any]]]:
        """By the name of the collection. Why a pair parted is told to nobody but a `reader` who said it."""
        return {self.stores[kind].documents.name: list(self._about(kind, fields, person_id, reader))
                for kind, fields in PERSONAL.items()}

    def _about(self, kind: type[Aggregate], fields: tuple[str, ...], person_id: str,
               reader: str | None) -> Iterator[dict[str, Any]]:
        if kind is Request:
            yield from (_own(seen_by(one, person_id)) for one in self.requests.about(person_id))
            return
        for field in fields:
            yield from (_own(_seen(one, person_id, reader)) for one in self.stores[kind].each({field: person_id}))


def _seen(one: Aggregate, person_id: str, reader: str | None) -> Aggregate:
    """Why two are kept together or apart, why a pair parted, or never began, is of whoever said it, and what a flash
    mentor was asked of the two."""
    if isinstance(one, Pair) and reader not in (one.mentor_id, one.mentee_id):
        one = replace(one, one_question="")
    if isinstance(one, Ruling) and one.by != reader:
        return replace(one, note="")
    if isinstance(one, Pair) and one.parting and one.parting.by != reader:
        one = replace(one, parting=None)
    if isinstance(one, Pair) and one.refusal and one.refusal.by != reader:
        return replace(one, refusal=None)
    if isinstance(one, Application):
        return seen_by_applicant(one) if one.person_id == person_id else seen_by_endorser(one)
    return one


def _own(one: Aggregate) -> dict[str, Any]:
    return {name: value for name, value in WIRE.unstructure(one).items() if name not in _BOOKKEEPING}
