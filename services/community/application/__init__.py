"""What can be asked of community."""

from dataclasses import dataclass

from services.community.application.copies import Copies
from services.community.application.erasing import Erasing
from services.community.application.gaps import Gaps
from services.community.application.spaces import Spaces
from services.community.application.timeline import Timeline
from services.community.application.training import Training


@dataclass(frozen=True)
class Community:
    """All use cases of the service."""

    copies: Copies
    spaces: Spaces
    training: Training
    gaps: Gaps
    timeline: Timeline
    erasing: Erasing
