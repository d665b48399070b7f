"""What can be asked of matching: one class an aggregate, one method a use case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.matching.application.acquaintances import Acquaintances
from services.matching.application.applications import Applications
from services.matching.application.campaigns import Campaigns
from services.matching.application.charges import Charges
from services.matching.application.checklists import Checklists
from services.matching.application.circles import Circles
from services.matching.application.circling import Circling
from services.matching.application.closing import Closing
from services.matching.application.confirming import Confirming
from services.matching.application.counted import Countings
from services.matching.application.deciding import Deciding
from services.matching.application.digests import Digests
from services.matching.application.directory import Directory
from services.matching.application.directory_files import DirectoryFiles
from services.matching.application.erasures import Erasures
from services.matching.application.exporting import Exporting
from services.matching.application.finding import Finding
from services.matching.application.funnels import Funnels
from services.matching.application.hr import HrChanges
from services.matching.application.imports import Imports
from services.matching.application.inviting import Inviting
from services.matching.application.kits import Kits
from services.matching.application.motives import Motives
from services.matching.application.moves import Moves
from services.matching.application.offering import Offering
from services.matching.application.pairs import Pairs
from services.matching.application.participants import Participants
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.application.proposed_pairs import ProposedPairs
from services.matching.application.readiness import Readiness
from services.matching.application.refusals import Refusals
from services.matching.application.renewals import Renewals
from services.matching.application.requests import Requests
from services.matching.application.rulings import Rulings
from services.matching.application.runs import Runs
from services.matching.application.saved_views import SavedViews
from services.matching.application.scoring import Scorings
from services.matching.application.seeking import Seeking
from services.matching.application.settling import Settling
from services.matching.application.sponsoring import Sponsoring
from services.matching.application.stepping_ups import SteppingUps
from services.matching.application.steps import Steps
from services.matching.application.summaries import Summaries
from services.matching.application.superseding import Superseding
from services.matching.application.sweeps import Sweeps
from services.matching.application.tasks import Tasks
from services.matching.application.trade_offs import TradeOffs
from services.matching.application.trials import Trials
from services.matching.application.waiting import Waiting


@dataclass(frozen=True)
class Matching:
    """The whole service."""

    people: People
    directory: Directory
    directory_files: DirectoryFiles
    hr: HrChanges
    scim: Callable[[Any], Any]
    programmes: Programmes
    participants: Participants
    applications: Applications
    inviting: Inviting
    campaigns: Campaigns
    kits: Kits
    deciding: Deciding
    scorings: Scorings
    motives: Motives
    stepping_ups: SteppingUps
    waiting: Waiting
    imports: Imports
    runs: Runs
    trials: Trials
    trade_offs: TradeOffs
    rulings: Rulings
    pairs: Pairs
    circles: Circles
    circling: Circling
    seeking: Seeking
    readiness: Readiness
    saved_views: SavedViews
    requests: Requests
    offering: Offering
    settling: Settling
    refusals: Refusals
    tasks: Tasks
    moves: Moves
    erasures: Erasures
    exporting: Exporting
    funnels: Funnels
    summaries: Summaries
    sweeps: Sweeps
    digests: Digests
    acquaintances: Acquaintances

    @property
    def renewals(self) -> Renewals:
        """Mentors who are asked to go on."""
        return self.motives.renewals

    @property
    def confirming(self) -> Confirming:
        """Approvals that wait for the person's yes."""
        return Confirming(self.applications, self.requests.asking)

    @property
    def steps(self) -> Steps:
        """Interviews and endorsements."""
        return Steps(self.applications)

    @property
    def finding(self) -> Finding:
        """Lists by names."""
        return Finding(self.applications, self.runs, self.summaries.headcounts, self.requests)

    @property
    def proposed_pairs(self) -> ProposedPairs:
        """Pairs that wait for a yes."""
        return ProposedPairs(self.pairs, self.requests.asking)

    @property
    def superseding(self) -> Superseding:
        """Drafts that nobody needs any more."""
        return Superseding(self.runs.store, self.pairs.seating)

    @property
    def closing(self) -> Closing:
        """The last weeks of pairs."""
        return Closing(self.pairs)

    @property
    def sponsoring(self) -> Sponsoring:
        """What a sponsor sees."""
        return self.digests.sponsoring

    @property
    def countings(self) -> Countings:
        """Whom the funnel counts."""
        return Countings(self.funnels, self.applications)

    @property
    def checklists(self) -> Checklists:
        """What is to be done in each phase."""
        return Checklists(self.programmes, self.campaigns, self.summaries, self.readiness, self.motives)

    @property
    def charges(self) -> Charges:
        """Who is in charge while a coordinator is away, or has left."""
        return Charges(self.programmes, self.people)
