"""Promotion kits: the papers of a campaign, made when somebody asks for one."""

from collections.abc import Callable
from dataclasses import dataclass

from services.matching.application.campaigns import Campaigns
from services.matching.application.people import People
from services.matching.application.programmes import Programmes
from services.matching.contracts.participants import Role
from services.matching.domain.campaign import Campaign
from services.matching.domain.campaign_code import channel_code
from services.matching.domain.kit import Facts, Form, Paper
from services.matching.domain.plan import Plan

Write = Callable[[Paper, Form, str, Facts], bytes]
"""A paper in a form and a language, from the facts."""


@dataclass(frozen=True)
class Kits:
    """Papers say what the programme says now. Their links lead to the pages at `public_url`."""

    campaigns: Campaigns
    programmes: Programmes
    people: People
    write: Write
    public_url: str

    def paper(self, campaign_id: str, paper: Paper, form: Form, language: str) -> bytes:
        """Raises NotFound."""
        campaign = self.campaigns.get(campaign_id)
        return self.write(paper, form, language, self.facts(campaign, paper))

    def briefing(self, programme_id: str, form: Form, language: str) -> bytes:
        """What leaders are told, without a campaign: its link has no code. Raises NotFound."""
        return self.write(Paper.BRIEFING, form, language, self._facts(programme_id, Role.MENTOR))

    def facts(self, campaign: Campaign, paper: Paper) -> Facts:
        """What the paper may say."""
        code = channel_code(campaign.code, paper.channel)
        return self._facts(campaign.programme_id, campaign.role, f"j/{code}")

    def _facts(self, programme_id: str, role: Role, short: str = "") -> Facts:
        """`short`: what leads to the form, too, and can be typed from paper."""
        programme = self.programmes.get(programme_id)
        plan = programme.plan
        return Facts(
            programme=plan.name, purpose=plan.purpose.strip(), role=role, starts_on=plan.starts_on,
            ends_on=plan.ends_on, apply_by=plan.applications_until,
            asked_every_days=plan.cadence.check_in_every_days,
            objectives=tuple((one.name, one.metric, one.target) for one in plan.objectives),
            contacts=self._contacts(plan), role_names=programme.role_names,
            format=programme.format, url=f"{self.public_url}/{short or f'programmes/{programme_id}/apply/{role}'}")

    def _contacts(self, plan: Plan) -> tuple[tuple[str, str], ...]:
        known = self.people.known(plan.coordinator_ids)
        here = [known[one].details for one in plan.coordinator_ids if one in known and not known[one].has_left]
        return tuple((one.name, one.email) for one in here)
