"""Campaigns: drafted, their audience counted, launched, and what came of each code."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from services.matching.application.funnels import Funnels
from services.matching.application.inviting import Inviting, read
from services.matching.application.programmes import Programmes
from services.matching.contracts.programmes import ProgrammeState
from services.matching.domain.application import Application
from services.matching.domain.campaign import DONE, BadCampaign, Campaign, CampaignState, Walk, Wanted
from services.matching.domain.campaign_code import Channel, channel_code, read_code
from services.matching.domain.chunk import CHUNK
from services.matching.domain.invitation import Entry, Step
from services.matching.domain.participant import application_id
from services.matching.domain.person import Person
from services.matching.domain.way import Step as FunnelStep
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFound
from shared.kernel.points import reached
from shared.store.repository import Found, Repository


class Brought(NamedTuple):
    """What came of one code: how many applied by it, and how far they came."""

    channel: Channel
    code: str
    steps: dict[FunnelStep, int]


class Stretch(NamedTuple):
    """The next people of a walk, and where it goes on; empty: it is over."""

    ids: list[str]
    after: str


@dataclass(frozen=True)
class Campaigns:
    """What coordinators may do to make a programme known."""

    store: Repository[Campaign]
    inviting: Inviting
    funnels: Funnels
    clock: Clock

    def draft(self, programme_id: str, wanted: Wanted, names: list[str] | None = None) -> Campaign:
        """Counts the audience; nobody is asked yet, and the programme may be a draft. `names` make the audience a list.
        Raises NotOpen, BadCampaign, QuotaReached."""
        campaign_id, quota = self.store.id_for_new(), replace(self.inviting.quota, what="campaigns")
        programme = self._programmes.get(programme_id)
        if programme.state is not ProgrammeState.DRAFT:
            programme.require_open()
        quota.require_room(self.store.count(quota.counted(programme_id, self.clock.now())))
        if names is not None:
            wanted = replace(wanted, audience=replace(wanted.audience, listed=self._listed(wanted, names)))
        return self.store.add(Campaign.draft(campaign_id, programme_id, wanted, self.clock.now()))

    def get(self, campaign_id: str) -> Campaign:
        """Raises NotFound."""
        return self.store.get(campaign_id)

    def find(self, programme_id: str, limit: int, after: tuple[Any, str] | None) -> Found[Campaign]:
        """A page of those of a programme, the newest first."""
        return self.store.find({"programme_id": programme_id}, "created_at", limit=limit, after=after, descending=True)

    def launch(self, campaign_id: str) -> Campaign:
        """The worker asks the audience. Raises NoApplications, NobodyToAsk, WrongState."""
        def decide(one: Campaign) -> None:
            self._programmes.get(one.programme_id).require_applications(self.clock.now())
            one.launch(self.clock.now())
        return self.store.change(campaign_id, decide)

    def end(self, campaign_id: str) -> Campaign:
        return self.store.change(campaign_id, Campaign.end)

    def end_of_programme(self, programme_id: str) -> None:
        """A programme is over: nobody is asked any more."""
        for one in list(self.store.each({"programme_id": programme_id})):
            if one.state is not CampaignState.ENDED:
                self.store.change(one.id, Campaign.end)

    def code(self, programme_id: str, text: str) -> str:
        """The code as it counts; empty where no campaign of the programme has it."""
        with suppress(NotFound):
            campaign, found = self.led_to(text)
            return found if campaign.programme_id == programme_id else ""
        return ""

    def led_to(self, text: str) -> tuple[Campaign, str]:
        """Whose code somebody typed or followed, and the code as it counts. Raises NotFound."""
        found = read_code(text)
        for one in self.store.find({"code": found.partition("-")[0]}, limit=1).items if found else ():
            return one, found
        raise NotFound("no campaign has this code")

    def report(self, campaign_id: str) -> list[Brought]:
        """What came of each code so far."""
        campaign = self.store.get(campaign_id)
        funnel = self.funnels.of(campaign.programme_id)
        codes = {channel: channel_code(campaign.code, channel) for channel in Channel}
        return [Brought(channel, code, funnel.brought(campaign.role, code)) for channel, code in codes.items()]

    def ring(self, campaign_id: str, now: datetime) -> None:
        """What the worker does when the timer of a campaign is due: the next people of its walk."""
        job = self.store.change(campaign_id, lambda one: one.tick(now))
        if job.walk is Walk.NOTHING:
            return
        stretch = (self._silent if job.walk is Walk.REMIND else self._audience)(job)
        if job.reaches and self._is_over(job):
            results, stretch = self._reached(job, stretch.ids), Stretch([], "")
        else:
            act = {Walk.COUNT: self._count, Walk.ASK: self._ask, Walk.REMIND: self._remind}[job.walk]
            results = [act(job, one) for one in stretch.ids]
        reached("job-between-rows-and-cursor")
        self.store.change(campaign_id, partial(
            Campaign.move_on, walk=job.walk, cursor=job.cursor, after=stretch.after, results=results, now=now))

    def _is_over(self, job: Campaign) -> bool:
        """Nobody is asked to apply, or reminded of it, where no applications are taken any more."""
        takes = self._programmes.get(job.programme_id).takes_applications(self.clock.now())
        return job.state is CampaignState.ENDED or not takes

    def _reached(self, job: Campaign, ids: Sequence[str]) -> list[str]:
        """Those of the chunk in hand whom the campaign reached before it was over, or before a crash."""
        wanted = ids if job.walk is Walk.REMIND else [application_id(job.programme_id, one, job.role) for one in ids]
        return [DONE for one in self.inviting.applications.store.get_many(wanted) if job.has_reached(one)]

    def _audience(self, job: Campaign) -> Stretch:
        if job.audience.listed is not None:
            return self._on_list(job, job.audience.listed)
        found = self._people.find({}, limit=CHUNK, after=(job.cursor, job.cursor) if job.cursor else None)
        return Stretch([one.id for one in found.items if job.audience.has(one)], _end(found.items, found.after))

    def _on_list(self, job: Campaign, listed: Sequence[str]) -> Stretch:
        start = int(job.cursor or 0)
        known = {one.id: one for one in self._people.get_many(listed[start:start + CHUNK])}
        ids = [one for one in listed[start:start + CHUNK] if one in known and not known[one].has_left]
        return Stretch(ids, str(start + CHUNK) if start + CHUNK < len(listed) else "")

    def _silent(self, job: Campaign) -> Stretch:
        """Whoever this campaign asked; those who did something about it are not reminded."""
        found = self.inviting.applications.store.find(
            {"asked_by": job.id}, limit=CHUNK, after=(job.cursor, job.cursor) if job.cursor else None)
        return Stretch([one.id for one in found.items], _end(found.items, found.after))

    def _count(self, job: Campaign, person_id: str) -> str:  # noqa: ARG002 - one of three of a form
        return DONE

    def _ask(self, job: Campaign, person_id: str) -> str:
        fresh = Application.begin(job.programme_id, person_id, job.role)
        return self.inviting.ask(fresh, Step.INVITE, by=job.id, code=channel_code(job.code, Channel.MAIL))

    def _remind(self, job: Campaign, application_id: str) -> str:
        code, now = channel_code(job.code, Channel.REMINDER), self.clock.now()
        with suppress(NotFound):
            one = self.inviting.applications.store.change(application_id, lambda asked: asked.remind(code, now))
            return DONE if one.reminded else "answered"
        return "gone"

    def _listed(self, wanted: Wanted, names: list[str]) -> tuple[str, ...]:
        """Lines that mean nobody are left out: the count says how many are left."""
        found = [one.person_id for one in read(self.inviting.people, wanted.role, names) if isinstance(one, Entry)]
        if not found:
            raise BadCampaign("nobody on this list is known: check the addresses")
        return tuple(dict.fromkeys(found))

    @property
    def _people(self) -> Repository[Person]:
        return self.inviting.people.store

    @property
    def _programmes(self) -> Programmes:
        return self.inviting.applications.programmes


def _end(items: Sequence[Application | Person], after: object) -> str:
    """Where the next page begins, by its id."""
    return items[-1].id if after and items else ""
