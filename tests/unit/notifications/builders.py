"""What tests of notifications are made of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.matching.contracts.pairs import CloseReason, PairClosed, PairCreated, PairEvent, PairState, Party
from services.matching.contracts.participants import Role as Side
from services.matching.contracts.people import PersonAdded, PersonChanged, PersonEvent, PersonState
from services.matching.contracts.programmes import ProgrammeOpened, ProgrammeState
from services.notifications.domain import letters
from services.notifications.domain.letters import Letter, Role
from services.notifications.domain.message import Message, Wish
from services.notifications.settings import Settings
from services.surveys.contracts.cases import CaseEscalated, CaseEvent, CaseRaised
from services.surveys.contracts.check_ins import (
    CheckInAnswered,
    CheckInEvent,
    CheckInMissed,
    CheckInOpened,
    CheckInReminderDue,
)

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
SETTINGS = Settings(code_secret="a secret that only this test knows", programme_office_address="office@caldera.example",
                    mail_from="Ithaca <ithaca@caldera.example>", public_url="https://mentoring.caldera.example")
PEOPLE: dict[str, tuple[str, str, str, str]] = {
    "mentor": ("Amara Diallo", "en", "Europe/Lisbon", "Lisbon"),
    "mentee": ("Jun-seo Park", "en", "Asia/Seoul", "Seoul"),
    "coordinator": ("Ilse Brandt", "de", "Europe/Berlin", "Berlin"),
    "deputy": ("Oskar Weiss", "de", "Europe/Berlin", "Berlin"),
    "sigrid": ("Sigrid Holm", "en", "Europe/Oslo", "Oslo"),
}


def a_person(person_id: str, kind: type[PersonEvent] = PersonAdded, **more: Any) -> PersonEvent:
    name, language, zone, place = PEOPLE[person_id]
    fields = {"state": PersonState.ACTIVE, "name": name, "email": f"{person_id}@caldera.example", "language": language,
              "time_zone": zone, "department": "Engines", "location": place}
    return kind(**{"person_id": person_id, **fields, **more})


def a_changed_person(person_id: str, **more: Any) -> PersonEvent:
    return a_person(person_id, PersonChanged, **more)


def a_programme(**more: Any) -> ProgrammeOpened:
    fields: dict[str, Any] = {
        "programme_id": "programme", "state": ProgrammeState.RUNNING, "kind": "cohort", "name": "Rising Engineers",
        "language": "en", "time_zone": "Europe/Berlin", "starts_on": "2027-03-01", "ends_on": "2028-02-29",
        "coordinator_ids": ("coordinator",)}
    return ProgrammeOpened(**{**fields, **more})


def a_pair(
    kind: type[PairEvent] = PairCreated, state: PairState = PairState.AWAITING_TRAINING, **more: Any
) -> PairEvent:
    parties = (Party("mentor", Side.MENTOR), Party("mentee", Side.MENTEE))
    return kind(**{"pair_id": "pair", "programme_id": "programme", "mentor_id": "mentor", "mentee_id": "mentee",
                   "parties": parties, "state": state, **more})


def a_closed_pair(reason: CloseReason, **more: Any) -> PairEvent:
    return a_pair(PairClosed, PairState.CLOSED, reason=reason, **more)


def a_check_in(kind: type[CheckInEvent] = CheckInOpened, person_id: str = "mentor", **more: Any) -> CheckInEvent:
    fields: dict[str, Any] = {
        "check_in_id": f"check-in-of-{person_id}", "journey_id": "journey", "pair_id": "pair",
        "programme_id": "programme", "person_id": person_id, "role": person_id, "period": 1}
    if kind in (CheckInOpened, CheckInReminderDue, CheckInMissed):
        fields["closes_at"] = MONDAY + timedelta(days=30)
    return kind(**{**fields, **more})


def a_missed_check_in(in_a_row: int) -> CheckInEvent:
    return a_check_in(CheckInMissed, in_a_row=in_a_row)


def a_reminder() -> CheckInEvent:
    return a_check_in(CheckInReminderDue)


def an_answer() -> CheckInEvent:
    return a_check_in(CheckInAnswered)


def a_case(kind: type[CaseEvent] = CaseRaised, **more: Any) -> CaseEvent:
    return kind(case_id="case", pair_id="pair", programme_id="programme", topic_code="silence", person_id="mentor",
                state="raised", due_at=MONDAY + timedelta(days=3), **more)


def an_escalated_case() -> CaseEvent:
    return a_case(CaseEscalated)


def a_wish(letter: Letter = letters.CHECK_IN_OPENED, **more: Any) -> Wish:
    fields: dict[str, Any] = {"letter": letter, "role": Role.MENTOR, "person_id": "mentor", "about": "check-in",
                              "programme_id": "programme", "pair_id": "pair", "partner_id": "mentee"}
    return Wish(**{**fields, **more})


def a_message(happened_at: datetime = MONDAY, now: datetime = MONDAY, **more: Any) -> Message:
    return Message.of(a_wish(**more), "cause", happened_at, now)
