"""What can be asked of surveys."""

from dataclasses import dataclass

from services.surveys.application.cases import Cases
from services.surveys.application.check_ins import CheckIns
from services.surveys.application.erasing import Erasing
from services.surveys.application.goals import Goals
from services.surveys.application.journeys import Journeys
from services.surveys.application.ladder import Ladder
from services.surveys.application.programmes import Programmes
from services.surveys.application.reminding import Reminding
from services.surveys.application.timeline import Timeline


@dataclass(frozen=True)
class Surveys:
    """All use cases of the service."""

    programmes: Programmes
    journeys: Journeys
    check_ins: CheckIns
    reminding: Reminding
    goals: Goals
    cases: Cases
    ladder: Ladder
    timeline: Timeline
    erasing: Erasing
