"""Campaigns that win people for a programme."""

from dataclasses import dataclass
from typing import ClassVar

from services.matching.contracts.participants import Role
from shared.kernel.events import Event
from shared.messaging.log import Topic

CAMPAIGNS = Topic("mentoring.campaigns.v1")


@dataclass(frozen=True, kw_only=True)
class CampaignLaunched(Event):
    """A campaign asks its audience from now on. `code` is in all of its links, with a letter for the channel."""

    type: ClassVar[str] = "mentoring.campaign-launched.v1"
    topic: ClassVar[str] = CAMPAIGNS.name
    key_field: ClassVar[str] = "campaign_id"

    campaign_id: str
    programme_id: str
    role: Role
    code: str
