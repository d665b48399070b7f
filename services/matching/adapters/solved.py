"""What the engine solves: runs, trials of other rules, and what each objective would bring. A part of `bootstrap`."""

from dataclasses import replace

from services.matching.adapters import indexes
from services.matching.adapters.engine_solver import EngineSolver
from services.matching.application.matchmaking import Matchmaker
from services.matching.application.measuring import Measuring
from services.matching.application.pairs import Pairs
from services.matching.application.publishing import Publishing
from services.matching.application.rerunning import Rerunning
from services.matching.application.runs import Runs
from services.matching.application.solving import Solving
from services.matching.application.swapping import ALTERNATIVES, Swapping
from services.matching.application.trade_offs import TradeOffs
from services.matching.application.trials import Trials
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.proposal import Proposal, Unmatched
from services.matching.domain.quota import Quota
from services.matching.domain.suppression import Suppression
from services.matching.domain.trade_off import TradeOff
from services.matching.domain.trial import Trial
from shared.runtime.backbone import Backbone

MOST_FORESEEN = 20_000_000
"""Mentees by mentors for whom every objective is solved while runs wait behind it."""


def runs(backbone: Backbone, pairs: Pairs, runs_a_day: int, suppression: Suppression) -> Runs:
    store = backbone.repository(MatchingRun, "matching_runs", indexes=indexes.RUN_INDEXES)
    proposals = backbone.repository(Proposal, "proposals", indexes=indexes.PROPOSAL_INDEXES)
    unmatched = backbone.repository(Unmatched, "unmatched", indexes=indexes.UNMATCHED_INDEXES)
    programmes, clock, matchmaker = pairs.programmes, backbone.clock, Matchmaker(EngineSolver(), others=ALTERNATIVES)
    rerunning = Rerunning(store, proposals, unmatched, pairs.candidates.people)
    swapping = Swapping(proposals, programmes, pairs.candidates)
    solving = Solving(store, proposals, unmatched, programmes, pairs.candidates, rerunning, matchmaker,
                      Measuring(swapping), suppression, clock)
    publishing = Publishing.of(store, proposals, pairs)
    return Runs(store, proposals, unmatched, programmes, swapping, solving, publishing,
                Quota("matching runs", runs_a_day), clock)


def trials(backbone: Backbone, pairs: Pairs, quota: Quota) -> Trials:
    store = backbone.repository(Trial, "trials", indexes=indexes.TRIAL_INDEXES)
    return Trials(store, pairs.programmes, pairs.candidates, Matchmaker(EngineSolver()), quota, backbone.clock)


def runs_and_trials(backbone: Backbone, pairs: Pairs, runs_a_day: int, suppression: Suppression) -> tuple[Runs, Trials]:
    """A programme may have as many of these as of those."""
    found = runs(backbone, pairs, runs_a_day, suppression)
    return found, trials(backbone, pairs, replace(found.quota, what="trials of rules"))


def trade_offs(backbone: Backbone, runs: Runs) -> TradeOffs:
    return TradeOffs(backbone.repository(TradeOff, "trade_offs"), runs.solving,
                     Matchmaker(EngineSolver(most_pairs=MOST_FORESEEN)), backbone.clock)
