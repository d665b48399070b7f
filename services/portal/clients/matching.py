"""What the portal asks of matching: people, programmes, runs and pairs, and by subject all else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.clients.applications import Applications
from services.portal.clients.asking import Asking
from services.portal.clients.calls import Answer, Calls, Json, Page
from services.portal.clients.campaigns import Campaigns
from services.portal.clients.circles import Circles
from services.portal.clients.counting import Counting
from services.portal.clients.directory_files import DirectoryFiles
from services.portal.clients.imports import Imports
from services.portal.clients.inviting import Inviting
from services.portal.clients.saved_views import SavedViews
from services.portal.clients.setting_up import SettingUp
from services.portal.clients.stepping import Stepping
from services.portal.clients.taking_part import TakingPart
from services.portal.clients.workbench import Workbench

MOST_IDS = 200


@dataclass(frozen=True)
class Matching:
    calls: Calls

    @property
    def applications(self) -> Applications:
        """People who ask to take part."""
        return Applications(self.calls)

    @property
    def asking(self) -> Asking:
        """Mentors of one's choice."""
        return Asking(self.calls)

    @property
    def imports(self) -> Imports:
        """Files of mentors and mentees."""
        return Imports(self.calls)

    @property
    def inviting(self) -> Inviting:
        """People who are asked to apply."""
        return Inviting(self.calls)

    @property
    def campaigns(self) -> Campaigns:
        """How a programme is made known."""
        return Campaigns(self.calls)

    @property
    def circles(self) -> Circles:
        """Mentors with several mentees."""
        return Circles(self.calls)

    @property
    def taking_part(self) -> TakingPart:
        """With how much room people take part, and their breaks."""
        return TakingPart(self.calls)

    @property
    def stepping(self) -> Stepping:
        """Interviews and endorsements."""
        return Stepping(self.calls)

    @property
    def setting_up(self) -> SettingUp:
        """What a coordinator sets of a programme."""
        return SettingUp(self.calls)

    @property
    def views(self) -> SavedViews:
        """Filters of lists under names."""
        return SavedViews(self.calls)

    @property
    def workbench(self) -> Workbench:
        """What a coordinator looks at around a run."""
        return Workbench(self.calls)

    @property
    def counting(self) -> Counting:
        """Who came how far, and how long it took."""
        return Counting(self.calls)

    @property
    def directory_files(self) -> DirectoryFiles:
        """The organisation's directory, as files."""
        return DirectoryFiles(self.calls)

    def templates(self) -> list[Json]:
        return self.calls.items("/templates")

    def programmes(self) -> list[Json]:
        return self.calls.every("/programmes")

    def programme(self, programme_id: str) -> Json:
        return self.calls.get(f"/programmes/{programme_id}")

    def create_programme(self, wanted: Json, key: str) -> str:
        return self.calls.send("POST", "/programmes", json=wanted, key=key).made

    def copy_programme(self, programme_id: str, wanted: Json, key: str) -> str:
        return self.calls.send("POST", f"/programmes/{programme_id}/copies", json=wanted, key=key).made

    def open_programme(self, programme_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/programmes/{programme_id}/opening", key=key)

    def people(self, ids: Iterable[str]) -> dict[str, Json]:
        """Names and places of many people by their ids; who is not known is left out."""
        wanted = sorted({one for one in ids if one})
        batches = [wanted[start : start + MOST_IDS] for start in range(0, len(wanted), MOST_IDS)]
        found = [one for batch in batches for one in self.calls.every("/people", id=batch)]
        return {str(one["id"]): one for one in found}

    def person(self, person_id: str) -> Json:
        return self.calls.get(f"/people/{person_id}")

    def signing_in(self, subject: str) -> Json:
        """Who this is at the identity provider. Raises Refused for nobody."""
        return self.calls.send("POST", "/people/sign-ins", json={"subject": subject}).body

    def runs(self, programme_id: str) -> list[Json]:
        return self.calls.items(f"/programmes/{programme_id}/runs")

    def begin_run(self, programme_id: str, objective: str, key: str) -> str:
        wanted = {"objective": objective} if objective else {}
        return self.calls.send("POST", f"/programmes/{programme_id}/runs", json=wanted, key=key).made

    def run(self, run_id: str) -> Json:
        return self.calls.get(f"/runs/{run_id}")

    def proposals(self, run_id: str, after: str, **query: Any) -> Page:
        """The weakest first."""
        return self.calls.page(f"/runs/{run_id}/proposals", order="weakest", after=after, **query)

    def proposal(self, run_id: str, proposal_id: str) -> Json:
        return self.calls.get(f"/runs/{run_id}/proposals/{proposal_id}")

    def alternatives(self, run_id: str, proposal_id: str) -> list[Json]:
        """Other mentors for the mentee, and who would make way."""
        return self.calls.items(f"/runs/{run_id}/proposals/{proposal_id}/alternatives")

    def swap(self, run_id: str, proposal_id: str, wanted: Json, key: str) -> Answer:
        """`wanted`: with whom, and what the page said that it does (`shown`)."""
        return self.calls.send("POST", f"/runs/{run_id}/proposals/{proposal_id}/swap", json=wanted, key=key)

    def rulings(self, programme_id: str, state: str, after: str) -> Page:
        """Locks and exclusions in force, or those in one state, the newest first."""
        return self.calls.page(f"/programmes/{programme_id}/rulings", state=state, after=after)

    def rulings_of(self, programme_id: str, mentee_ids: Sequence[str], state: str = "") -> list[Json]:
        """All about these mentees that are in force, or in one state."""
        return self.calls.every(f"/programmes/{programme_id}/rulings", state=state, mentee_id=sorted(set(mentee_ids)))

    def rule(self, programme_id: str, what: str, two: Json, key: str) -> Answer:
        """`what` is locks or exclusions."""
        return self.calls.send("POST", f"/programmes/{programme_id}/{what}", json=two, key=key)

    def lift_ruling(self, ruling_id: str) -> Answer:
        return self.calls.send("DELETE", f"/rulings/{ruling_id}")

    def best_proposal(self, run_id: str) -> Json | None:
        """None where the run has no pair."""
        return next(iter(self.calls.items(f"/runs/{run_id}/proposals", limit=1)), None)

    def unmatched(self, run_id: str, **query: Any) -> Page:
        return self.calls.page(f"/runs/{run_id}/unmatched", **query)

    def fairness(self, run_id: str) -> Json:
        """Who got which choice, and how groups fare."""
        return self.calls.get(f"/runs/{run_id}/fairness")

    def publish(self, run_id: str, version: str | None, key: str) -> Answer:
        """`version` is the run's as it was shown."""
        return self.calls.send("POST", f"/runs/{run_id}/publication", key=key, version=version)

    def take_back(self, run_id: str, version: str | None) -> Answer:
        """`version` is the run's as it was shown."""
        return self.calls.send("DELETE", f"/runs/{run_id}/publication", version=version)

    def cancel_run(self, run_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/runs/{run_id}/cancellation", key=key)

    def pairs(self, programme_id: str, **query: str) -> Page:
        return self.calls.page(f"/programmes/{programme_id}/pairs", **query)

    def my_pairs(self) -> list[Json]:
        return self.calls.every("/me/pairs")

    def tasks(self, programme_id: str, state: str, *, mine: bool = False) -> list[Json]:
        """`mine`: only those that are put before whoever asks."""
        return self.calls.every(f"/programmes/{programme_id}/tasks", state=state, mine="true" if mine else "")

    def finish_task(self, task_id: str, key: str) -> Answer:
        return self.calls.send("POST", f"/tasks/{task_id}/completion", key=key)

    def propose_pair(self, programme_id: str, mentor_id: str, mentee_id: str, key: str) -> Answer:
        """By hand: both are asked."""
        two = {"mentor_id": mentor_id, "mentee_id": mentee_id}
        return self.calls.send("POST", f"/programmes/{programme_id}/pairs", json=two, key=key)

    def pair(self, pair_id: str) -> Json:
        return self.calls.get(f"/pairs/{pair_id}")

    def change_pair(self, pair_id: str, what: str, key: str, body: Json | None = None) -> Answer:
        """`what` is acceptance, closure, pause, resumption or rematch."""
        return self.calls.send("POST", f"/pairs/{pair_id}/{what}", json=body or {}, key=key)

    def timeline(self, pair_id: str) -> list[Json]:
        return self.calls.every(f"/pairs/{pair_id}/timeline")
