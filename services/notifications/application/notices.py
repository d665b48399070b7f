"""What is told to whom when something happens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.notifications.application.contacts import Contacts
from services.notifications.application.directory import Directory
from services.notifications.application.messages import Messages
from services.notifications.application.ports import Happening
from services.notifications.domain import letters
from services.notifications.domain.copies import Assignment, Circle, Pair
from services.notifications.domain.kick_off import propose
from services.notifications.domain.letters import Letter, Role
from services.notifications.domain.message import Wish
from services.notifications.domain.mornings import until_day
from shared.kernel.clock import parse

HOLD_FOR_TRAINING = timedelta(minutes=10)
"""How long an introduction waits for the kick-off training that it announces."""

NOT_AGAIN = timedelta(days=60)
"""So long after their last weeks have begun for the first time they begin anew."""


@dataclass(frozen=True, kw_only=True)
class CheckInNews:
    """What an event of a check-in tells that a letter needs."""

    check_in_id: str
    pair_id: str
    person_id: str
    role: Role
    attempt: int
    closes_at: datetime | None
    in_a_row: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseNews:
    """What an event of a case tells that a letter needs."""

    case_id: str
    pair_id: str
    programme_id: str
    person_id: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What else an event tells of the end of a pair: another mentor is asked for with it, or its programme is over."""

    rematch_asked: bool = False
    with_programme: bool = False

    def said(self, letter: Letter, role: Role) -> Letter:
        """Nobody is offered what is asked for already, or cannot be any more."""
        if letter is letters.ENDED_EARLY and self.with_programme:
            return letters.NOT_BEGUN
        if letter is letters.ENDED_EARLY and self.rematch_asked and role is Role.MENTEE:
            return letters.ANOTHER_SOUGHT
        return letter


@dataclass(frozen=True, kw_only=True)
class DigestNews:
    """How a programme stands, or ended: counts by their codes, 0: fewer than `least`, which is one of them."""

    programme_id: str
    sponsor_id: str
    figures: Mapping[str, int]
    last: bool = False


@dataclass(frozen=True)
class Notices:
    """One method for each thing that people hear of. All raise NotFound while somebody involved is not known yet."""

    messages: Messages
    contacts: Contacts
    directory: Directory

    def introduce(self, pair: Pair, cause: Happening) -> None:
        """Each side hears of the other, in its role, with the same proposal for a first meeting."""
        self._require_known(pair)
        zones = [self.contacts.get(one).time_zone for one in (pair.mentor_id, pair.mentee_id)]
        meets_at, flash = propose(parse(cause.time), zones), self.directory.programme(pair.programme_id).is_flash
        for role, person_id, _ in pair.sides:
            ready = flash or self.directory.assignment(pair.pair_id, person_id)
            hold = timedelta() if ready else HOLD_FOR_TRAINING
            wish = self._to_side(pair, letters.INTRODUCTION, role)
            self.messages.queue(replace(wish, meets_at=meets_at, hold=hold), cause)

    def training_assigned(self, assignment: Assignment, cause: Happening) -> None:
        """No letter of its own: the introduction announces it. Training for a gap belongs to no introduction."""
        if not assignment.pair_id:
            return
        self.directory.keep_assignment(assignment, cause)
        self.messages.release(assignment.pair_id, assignment.person_id, letters.INTRODUCTION.name)

    def last_weeks(self, pair: Pair, cause: Happening) -> None:
        """Both are asked to prepare their farewell, by day where they are: after a break in the last weeks they do not
        begin anew, but after an end that was moved on they do."""
        self._require_known(pair)
        happened = parse(cause.time)
        asked = {message.role for message in self.messages.of_pair(pair.pair_id)
                 if message.template == letters.LAST_WEEKS.name and happened - message.queued_at < NOT_AGAIN}
        for role, person_id, _ in pair.sides:
            if role not in asked:
                hold = until_day(happened, self.contacts.get(person_id).time_zone, person_id)
                wish = self._to_side(pair, letters.LAST_WEEKS, role)
                self.messages.queue(replace(wish, hold=hold), cause)

    def farewell(self, pair: Pair, ending: Ending, cause: Happening) -> None:
        """Whoever stays is told, without blame; a proposal that came to nothing is not spoken of."""
        self._require_known(pair)
        for role, letter in _FAREWELLS.get(pair.reason or "", ()):
            self.messages.queue(self._to_side(pair, ending.said(letter, role), role), cause)

    def open_check_in(self, news: CheckInNews, cause: Happening) -> None:
        self._about_check_in(news, letters.CHECK_IN_OPENED, cause)

    def remind(self, news: CheckInNews, cause: Happening) -> None:
        self._about_check_in(news, letters.CHECK_IN_REMINDER, cause)

    def missed(self, news: CheckInNews, cause: Happening) -> None:
        """The first two rungs of the ladder; the third is a case, which comes by its own event."""
        if news.in_a_row == 1:
            self._about_check_in(news, letters.MISSED_ONCE, cause)
        elif news.in_a_row == 2:
            self._about_check_in(news, letters.MISSED_TWICE, cause)
            self._tip_for_partner(news, cause)

    def answered(self, check_in_id: str, cause: Happening) -> None:
        """Only the silent are reminded."""
        self.messages.withdraw(check_in_id, "answered", cause)

    def raise_case(self, news: CaseNews, cause: Happening) -> None:
        """Every coordinator whom cases are put before and who can be written to; where nobody can, the programme
        office."""
        relationship = self.directory.relationship(news.pair_id)
        self._require_known(relationship)
        letter = _said(letters.CASE_RAISED, relationship)
        known = self.contacts.known(self.directory.programme(news.programme_id).told("cases"))
        for person_id in known:
            self.messages.queue(_of_case(news, letter, Role.COORDINATOR, person_id), cause)
        if not known:
            self.messages.queue(_of_case(news, letter, Role.OFFICE, None), cause)

    def escalate_case(self, news: CaseNews, cause: Happening) -> None:
        """The programme office, at its own address."""
        relationship = self.directory.relationship(news.pair_id)
        self._require_known(relationship)
        self.messages.queue(_of_case(news, _said(letters.CASE_ESCALATED, relationship), Role.OFFICE, None), cause)

    def case_over(self, case_id: str, cause: Happening) -> None:
        """Nobody need look after it any more."""
        self.messages.withdraw(case_id, "settled", cause)

    def coordinator_left(self, programme_id: str, cause: Happening) -> None:
        """The programme office: nobody stands in, so it names another one."""
        self.messages.queue(Wish(letter=letters.COORDINATOR_LEFT, role=Role.OFFICE, person_id=None, about=programme_id,
                                 programme_id=programme_id), cause)

    def sponsor_digest(self, news: DigestNews, cause: Happening) -> None:
        """Once a month, whoever sponsors the programme, and once how it ended. Raises NotFound while they are not known
        yet."""
        self.directory.programme(news.programme_id)
        self.contacts.get(news.sponsor_id)
        letter = letters.SPONSOR_FAREWELL if news.last else letters.SPONSOR_DIGEST
        self.messages.queue(Wish(letter=letter, role=Role.SPONSOR, person_id=news.sponsor_id,
                                 about=news.programme_id, programme_id=news.programme_id, figures=news.figures), cause)

    def _about_check_in(self, news: CheckInNews, letter: Letter, cause: Happening) -> None:
        relationship = self.directory.relationship(news.pair_id)
        self._require_known(relationship)
        partner_id = relationship.partner_of(news.person_id) if isinstance(relationship, Pair) else None
        wish = Wish(letter=_said(letter, relationship), role=news.role, person_id=news.person_id,
                    about=news.check_in_id, programme_id=relationship.programme_id, pair_id=news.pair_id,
                    partner_id=partner_id, attempt=news.attempt, closes_at=news.closes_at)
        self.messages.queue(wish, cause)

    def _tip_for_partner(self, news: CheckInNews, cause: Happening) -> None:
        """A circle is told nothing of one of its people."""
        pair = self.directory.relationship(news.pair_id)
        if isinstance(pair, Circle):
            return
        partner_id = pair.partner_of(news.person_id)
        wish = self._to_side(pair, letters.QUIET_PARTNER, pair.role_of(partner_id))
        self.messages.queue(replace(wish, about=news.check_in_id), cause)

    def _to_side(self, pair: Pair, letter: Letter, role: Role) -> Wish:
        person_id, partner_id = next((one, other) for side, one, other in pair.sides if side is role)
        return Wish(letter=letter, role=role, person_id=person_id, about=pair.pair_id, programme_id=pair.programme_id,
                    pair_id=pair.pair_id, partner_id=partner_id)

    def _require_known(self, relationship: Pair | Circle) -> None:
        self.directory.programme(relationship.programme_id)
        for person_id in relationship.person_ids:
            self.contacts.get(person_id)


_FAREWELLS: dict[str, tuple[tuple[Role, Letter], ...]] = {
    "mentor-left": ((Role.MENTEE, letters.MENTOR_LEFT),),
    "mentee-left": ((Role.MENTOR, letters.MENTEE_LEFT),),
    "ended-early": ((Role.MENTOR, letters.ENDED_EARLY), (Role.MENTEE, letters.ENDED_EARLY)),
    "completed": ((Role.MENTOR, letters.COMPLETED), (Role.MENTEE, letters.COMPLETED)),
}


def _said(letter: Letter, relationship: Pair | Circle) -> Letter:
    """A circle has words of its own: nobody in it has one partner."""
    return letters.IN_CIRCLES[letter.name] if isinstance(relationship, Circle) else letter


def _of_case(news: CaseNews, letter: Letter, role: Role, person_id: str | None) -> Wish:
    return Wish(letter=letter, role=role, person_id=person_id, about=news.case_id, programme_id=news.programme_id,
                pair_id=news.pair_id, partner_id=news.person_id, closes_at=news.due_at)
