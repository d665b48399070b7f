"""What is told to whom when somebody joins or leaves a circle, and when it comes to its end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.messages import Messages
from services.notifications.application.notices import NOT_AGAIN
from services.notifications.application.ports import Happening
from services.notifications.domain import letters
from services.notifications.domain.copies import Circle
from services.notifications.domain.letters import Letter, Role
from services.notifications.domain.message import Wish
from services.notifications.domain.mornings import until_day
from shared.kernel.clock import parse


@dataclass(frozen=True, kw_only=True)
class CircleNews:
    """A circle as it is after an event, and who came and went by it."""

    circle: Circle
    joined_ids: tuple[str, ...] = ()
    left_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeatLost:
    """Somebody sits in a circle no more, not of their own accord: `because` by a code."""

    circle_id: str
    programme_id: str
    person_id: str
    role: Role
    because: str


@dataclass(frozen=True)
class CircleNotices:
    """Whoever joins is welcomed, everybody else in the circle hears who came or went, and whoever did not go by
    themselves why."""

    messages: Messages
    contacts: Contacts
    directory: Directory

    def changed(self, news: CircleNews, cause: Happening) -> None:
        """Whoever comes in the last weeks prepares the farewell, too. Raises NotFound while somebody who came is not
        known yet."""
        self.directory.programme(news.circle.programme_id)
        for person_id in news.joined_ids:
            self.contacts.get(person_id)
        for person_id, role in news.circle.parties:
            for letter, partner_id in self._told(news, person_id):
                self.messages.queue(_wish(news.circle, letter, Role(role), person_id, partner_id), cause)
        if news.circle.in_last_weeks:
            self._ask(news.circle, news.joined_ids, cause)

    def last_weeks(self, circle: Circle, cause: Happening) -> None:
        """Everybody is asked to prepare the farewell, by day where they are: once, unless the end was moved far on.
        Raises NotFound while somebody is not known yet."""
        self.directory.programme(circle.programme_id)
        self._ask(circle, circle.person_ids, cause)

    def farewell(self, circle: Circle, cause: Happening) -> None:
        """Everybody who sat in it at the end, once: it ends again for whoever came in that moment. Raises NotFound
        while somebody is not known yet."""
        self.directory.programme(circle.programme_id)
        for person_id in circle.person_ids:
            self.contacts.get(person_id)
        if letter := _FAREWELLS.get(circle.reason or ""):
            told = {one.person_id for one in self.messages.of_pair(circle.circle_id) if one.template == letter.name}
            for person_id, role in circle.parties:
                if person_id not in told:
                    self.messages.queue(_wish(circle, letter, Role(role), person_id, None), cause)

    def _ask(self, circle: Circle, person_ids: Iterable[str], cause: Happening) -> None:
        happened = parse(cause.time)
        wanted = {*person_ids} - self._asked_lately(circle, happened)
        for person_id, role in circle.parties:
            if person_id in wanted:
                contact = self.contacts.get(person_id)
                wish = _wish(circle, letters.CIRCLE_LAST_WEEKS, Role(role), person_id, None)
                self.messages.queue(replace(wish, hold=until_day(happened, contact.time_zone, person_id)), cause)

    def _asked_lately(self, circle: Circle, now: datetime) -> set[str | None]:
        return {one.person_id for one in self.messages.of_pair(circle.circle_id)
                if one.template == letters.CIRCLE_LAST_WEEKS.name and now - one.queued_at < NOT_AGAIN}

    def lost(self, seat: SeatLost, cause: Happening) -> None:
        """In few words: which rule it was is the coordinators' to tell. A reason of a newer version is not told. Raises
        NotFound while the person is not known yet."""
        self.directory.programme(seat.programme_id)
        self.contacts.get(seat.person_id)
        if letter := _BECAUSE.get(seat.because):
            self.messages.queue(Wish(letter=letter, role=seat.role, person_id=seat.person_id, about=seat.circle_id,
                                     programme_id=seat.programme_id, pair_id=seat.circle_id), cause)

    def _told(self, news: CircleNews, person_id: str) -> Iterator[tuple[Letter, str | None]]:
        """One letter of a kind, which names somebody who came or went alone."""
        if person_id in news.joined_ids:
            yield letters.CIRCLE_WELCOME, None
            return
        if news.joined_ids:
            yield letters.CIRCLE_JOINED, self._alone(news.joined_ids)
        if news.left_ids:
            yield letters.CIRCLE_LEFT, self._alone(news.left_ids)

    def _alone(self, person_ids: tuple[str, ...]) -> str | None:
        """Somebody who is forgotten already is named to nobody."""
        known = self.contacts.known(person_ids)
        return known[0] if len(known) == len(person_ids) == 1 else None


def _wish(circle: Circle, letter: Letter, role: Role, person_id: str, partner_id: str | None) -> Wish:
    return Wish(letter=letter, role=role, person_id=person_id, about=circle.circle_id,
                programme_id=circle.programme_id, pair_id=circle.circle_id, partner_id=partner_id)


_FAREWELLS: dict[str, Letter] = {
    "completed": letters.CIRCLE_COMPLETED,
    "ended-early": letters.CIRCLE_ENDED,
    "too-few": letters.CIRCLE_ENDED,
}

_BECAUSE: dict[str, Letter] = {
    "by-coordinator": letters.CIRCLE_TAKEN_OUT,
    "barred-by-rule": letters.CIRCLE_NO_PLACE,
    "no-free-seat": letters.CIRCLE_NO_PLACE,
    "takes-part-no-more": letters.CIRCLE_PARTED,
}
