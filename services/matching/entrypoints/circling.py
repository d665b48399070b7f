"""What matching does about circles when it hears of them, or of the seats in them."""

from collections.abc import Callable

from services.matching.application import Matching
from services.matching.contracts.circles import CircleChanged, CircleClosed, CircleCloseReason, CircleFormed
from services.matching.contracts.internal import CircleSeatReleased, CircleSeatTaken
from services.matching.contracts.pairs import Party
from services.matching.contracts.participants import Role
from services.matching.domain.way import Step
from services.matching.entrypoints import renewing
from services.matching.entrypoints.counting import has_somebody
from services.matching.entrypoints.seen import CircleClosedSeen, CircleSeatSeen, CircleSeen
from shared.messaging.envelope import Received


def on_circle_formed(matching: Matching, event: Received) -> None:
    """Without a seat for a mentor nothing changes, and it lacks one."""
    circle_id = CircleSeen.of(event)["circle_id"]
    matching.circling.follow(circle_id, cause=event)
    matching.circling.look_at(circle_id, cause=event)


def on_circle_seat_taken(matching: Matching, event: Received) -> None:
    """Whoever sits in a circle has a mentor, or less room; not who had to give way, or came when it was over."""
    seat = matching.circles.seats.get(CircleSeatSeen.of(event)["seat_id"])
    matching.circling.give_way(seat.person_id)
    matching.circling.keep_apart(seat.id)
    matching.circling.follow(seat.circle_id, cause=event)
    if matching.circling.is_member(seat):
        matching.funnels.reach(seat.programme_id, [Party(seat.person_id, seat.role)], Step.MATCHED, event)
    if not matching.circles.seats.get(seat.id).taken:
        return
    if seat.role is Role.MENTEE:
        matching.waiting.paired(seat.programme_id, seat.person_id, cause=event)
        matching.settling.mentee_changed(seat.programme_id, seat.person_id, cause=event)
        matching.tasks.helped(seat.programme_id, seat.person_id, cause=event)
    else:
        matching.settling.mentor_changed(seat.programme_id, seat.person_id, cause=event)


def on_circle_seat_released(matching: Matching, event: Received) -> None:
    one = CircleSeatSeen.of(event)
    matching.circling.follow(one["circle_id"], cause=event)
    seat = matching.circles.seats.get(one["seat_id"])
    if not has_somebody(matching, seat.programme_id, seat.party):
        matching.funnels.part(seat.programme_id, [seat.party], event)
    if seat.role is Role.MENTOR:
        renewing.ask(matching, seat.programme_id, seat.person_id, event)


def on_circle_changed(matching: Matching, event: Received) -> None:
    matching.circling.look_at(CircleSeen.of(event)["circle_id"], cause=event)


def on_circle_closed(matching: Matching, event: Received) -> None:
    circle = CircleClosedSeen.of(event)
    matching.circling.look_at(circle["circle_id"], cause=event)
    if circle["reason"] is CircleCloseReason.COMPLETED:
        parties = [Party(**one) for one in circle["parties"]]
        matching.funnels.reach(circle["programme_id"], parties, Step.COMPLETED, event)
    for one in circle["parties"]:
        if one["role"] is Role.MENTOR:
            renewing.ask(matching, circle["programme_id"], one["person_id"], event)


CIRCLED: dict[str, Callable[[Matching, Received], object]] = {
    CircleFormed.type: on_circle_formed,
    CircleSeatTaken.type: on_circle_seat_taken,
    CircleSeatReleased.type: on_circle_seat_released,
    CircleChanged.type: on_circle_changed,
    CircleClosed.type: on_circle_closed,
}
