"""Flash mentoring: one question, one session, and the pair closes by itself."""

from services.matching.contracts.programmes import Format
from services.matching.domain.cadence import BadCadence
from services.matching.domain.plan import Plan
from shared.kernel.errors import Invalid


class NotForFlash(Invalid):
    """A flash pair begins at once: nothing is asked for before."""

    code = "not-for-flash"


class NoQuestion(Invalid):
    """Whoever asks a flash mentor has one question; elsewhere a request has none."""

    code = "no-question"


def require_fitting(format: Format, plan: Plan) -> None:
    """Raises NotForFlash, BadCadence for settings that a flash programme cannot have."""
    if format is not Format.FLASH:
        return
    if plan.gates:
        raise NotForFlash("a flash pair begins at once: its programme has no gates")
    if plan.cadence.close_days < plan.cadence.check_in_answer_days:
        raise BadCadence("a flash pair closes after the time to answer its check-in is over")


def question_for(format: Format, text: str) -> str:
    """As it is kept. Raises NoQuestion."""
    if (format is Format.FLASH) != bool(text.strip()):
        raise NoQuestion("a flash mentor is asked with one question" if format is Format.FLASH
                         else "requests of this programme carry no question")
    return text.strip()
