"""What the portal asks of the four services, over their public HTTP APIs."""

from dataclasses import dataclass

from services.portal.clients.community import Community
from services.portal.clients.matching import Matching
from services.portal.clients.notifications import Notifications
from services.portal.clients.surveys import Surveys


@dataclass(frozen=True)
class Services:
    """The four services, as one person may ask them."""

    matching: Matching
    surveys: Surveys
    community: Community
    notifications: Notifications
