"""What of matching has timers, for the worker: a part of `bootstrap`, which would be too long with it."""

from typing import Any

from services.matching.application import Matching
from shared.messaging.clock_loop import Ticking


def ticking(matching: Matching) -> list[Ticking]:
    """What has timers; runs and imports are jobs that do a part of their work at each ring. Imports from before any was
    discarded get theirs."""
    matching.imports.expire()
    jobs: list[Any] = [
        matching.erasures, matching.imports, matching.imports.orphans,
        matching.directory_files.walk, matching.directory_files.orphans, matching.inviting, matching.campaigns,
        matching.hr, matching.deciding, matching.scorings, matching.requests, matching.funnels, matching.digests,
        matching.saved_views]
    heavy: list[Any] = [
        matching.runs, matching.trials, matching.trade_offs, matching.readiness, matching.motives,
        matching.refusals, matching.summaries.headcounts, matching.sweeps]
    return [Ticking(matching.people.store), Ticking(matching.programmes.store),
            Ticking(matching.applications.store, matching.confirming.ring),
            Ticking(matching.pairs.store, matching.closing.ring),
            *(Ticking(one.store, one.ring) for one in jobs),
            *(Ticking(one.store, one.ring, at_once=1) for one in heavy)]
