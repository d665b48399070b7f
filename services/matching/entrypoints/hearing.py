"""What matching does about what the HR system tells."""

from collections.abc import Callable

import structlog
from marshmallow import ValidationError

from services.matching.application import Matching
from services.matching.contracts.hr_changes import (
    HrLeaveBegun,
    HrLeaveEnded,
    HrPersonJoined,
    HrPersonLeft,
    HrPersonMoved,
)
from services.matching.entrypoints.seen import BackSeen, GoneSeen, JoinedSeen, LeaveSeen, NewsSeen
from shared.kernel.errors import DomainError
from shared.messaging.dead_letters import is_no
from shared.messaging.envelope import Received

log = structlog.get_logger("hr")

Hearing = Callable[[Matching, Received], object]


def on_hr_person_joined(matching: Matching, event: Received) -> None:
    news = JoinedSeen.of(event)
    matching.hr.joined(news.pop("directory_id"), news, cause=event)


def on_hr_person_moved(matching: Matching, event: Received) -> None:
    news = NewsSeen.of(event)
    matching.hr.moved(news.pop("directory_id"), news, cause=event)


def on_hr_leave_begun(matching: Matching, event: Received) -> None:
    news = LeaveSeen.of(event)
    matching.hr.leave_begun(news["directory_id"], news["leave"], cause=event)


def on_hr_leave_ended(matching: Matching, event: Received) -> None:
    news = BackSeen.of(event)
    matching.hr.leave_ended(news["directory_id"], news["back_on"], cause=event)


def on_hr_person_left(matching: Matching, event: Received) -> None:
    matching.hr.left(GoneSeen.of(event)["directory_id"], cause=event)


def _kept_of_nobody_erased(hear: Hearing) -> Hearing:
    """What is refused is kept for an operator; but no erasure would look there again for whoever was erased before."""
    def heard(matching: Matching, event: Received) -> None:
        try:
            hear(matching, event)
        except (DomainError, ValidationError) as error:
            texts = [one for one in (event.key, *(event.data or {}).values()) if isinstance(one, str)]
            if not is_no(error) or not matching.hr.names_erased(texts):
                raise
            log.warning("hr_news_of_erased", event_id=event.id, type=event.type, error=type(error).__name__)
    return heard


HEARD: dict[str, Hearing] = {
    HrPersonJoined.type: _kept_of_nobody_erased(on_hr_person_joined),
    HrPersonMoved.type: _kept_of_nobody_erased(on_hr_person_moved),
    HrLeaveBegun.type: _kept_of_nobody_erased(on_hr_leave_begun),
    HrLeaveEnded.type: _kept_of_nobody_erased(on_hr_leave_ended),
    HrPersonLeft.type: _kept_of_nobody_erased(on_hr_person_left),
}
