"""Promotion kits: the papers of a campaign, made when somebody asks for one, and what it says in each channel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from services.matching.application.campaigns import Campaigns
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.campaign import Campaign
from services.matching.domain.campaign_code import channel_code
from services.matching.domain.channel_text import MOST, SHORT, ChannelText
from services.matching.domain.kit import Facts, Form, Paper
from services.matching.domain.plan import Plan


class Papers(Protocol):
    """Puts facts into words, and words on paper."""

    def write(self, paper: Paper, form: Form, language: str, facts: Facts, own: ChannelText | None = None) -> bytes:
        """With a coordinator's own words, or those of everybody."""

    def prefilled(self, paper: Paper, language: str, facts: Facts) -> ChannelText:
        """What everybody says, with placeholders."""

    def placeholders(self, language: str, facts: Facts) -> Mapping[str, str]:
        """What each stands for; one whose fact the programme does not have is not among them."""


class Told(NamedTuple):
    """What a campaign says in one channel: with placeholders, in words, and ready to be copied where it is short."""

    paper: Paper
    said: ChannelText
    is_own: bool
    filled: ChannelText
    ready: str
    most: int


@dataclass(frozen=True)
class Kits:
    """Papers say what the programme says now. Their links lead to the pages at `public_url`."""

    campaigns: Campaigns
    programmes: Programmes
    people: People
    papers: Papers
    public_url: str

    def paper(self, campaign_id: str, paper: Paper, form: Form, language: str) -> bytes:
        """Raises NotFound."""
        campaign = self.campaigns.get(campaign_id)
        own = campaign.own_words(paper, language)
        return self.papers.write(paper, form, language, self.facts(campaign, paper), own)

    def briefing(self, programme_id: str, form: Form, language: str) -> bytes:
        """What leaders are told, without a campaign: its link has no code. Raises NotFound."""
        return self.papers.write(Paper.BRIEFING, form, language, self._facts(programme_id, Role.MENTOR))

    def texts(self, campaign_id: str, language: str) -> list[Told]:
        """Of all channels with words of their own. Raises NotFound."""
        campaign = self.campaigns.get(campaign_id)
        facts = self.facts(campaign, Paper.MAIL)
        return [self._told(campaign, paper, language, self._with_code(facts, campaign, paper)) for paper in MOST]

    def placeholders(self, campaign_id: str, language: str) -> Mapping[str, str]:
        """What may stand in the words, and for what. Raises NotFound."""
        return self.papers.placeholders(language, self.facts(self.campaigns.get(campaign_id), Paper.MAIL))

    def say(self, campaign_id: str, paper: Paper, language: str, text: ChannelText) -> None:
        """Raises NotFound, BadText, WrongState."""
        facts = self.facts(self.campaigns.get(campaign_id), paper)
        text.require_sound(paper, self.papers.placeholders(language, facts))
        own = None if text == self.papers.prefilled(paper, language, facts) else text
        self.campaigns.store.change(campaign_id, lambda one: one.say(paper, language, own))

    def say_as_everybody(self, campaign_id: str, paper: Paper, language: str) -> None:
        """Raises NotFound, WrongState."""
        self.campaigns.store.change(campaign_id, lambda one: one.say(paper, language, None))

    def facts(self, campaign: Campaign, paper: Paper) -> Facts:
        """What the paper may say."""
        return self._with_code(self._facts(campaign.programme_id, campaign.role), campaign, paper)

    def _with_code(self, facts: Facts, campaign: Campaign, paper: Paper) -> Facts:
        """What leads to the form can be typed from paper."""
        return replace(facts, url=f"{self.public_url}/j/{channel_code(campaign.code, paper.channel)}")

    def _told(self, campaign: Campaign, paper: Paper, language: str, facts: Facts) -> Told:
        own = campaign.own_words(paper, language)
        said = own or self.papers.prefilled(paper, language, facts)
        filled = said.filled(self.papers.placeholders(language, facts))
        return Told(paper, said, own is not None, filled, filled.ready(facts.url) if paper in SHORT else "",
                    MOST[paper])

    def _facts(self, programme_id: str, role: Role) -> Facts:
        programme = self.programmes.get(programme_id)
        plan = programme.plan
        return Facts(
            programme=plan.name, purpose=plan.purpose.strip(), role=role, starts_on=plan.starts_on,
            ends_on=plan.ends_on, apply_by=plan.applications_until,
            asked_every_days=plan.cadence.check_in_every_days,
            objectives=tuple((one.name, one.metric, one.target) for one in plan.objectives),
            contacts=self._contacts(plan), role_names=programme.role_names,
            format=programme.format, url=f"{self.public_url}/programmes/{programme_id}/apply/{role}")

    def _contacts(self, plan: Plan) -> tuple[tuple[str, str], ...]:
        known = self.people.known(plan.coordinator_ids)
        here = [known[one].details for one in plan.coordinator_ids if one in known and not known[one].has_left]
        return tuple((one.name, one.email) for one in here)
