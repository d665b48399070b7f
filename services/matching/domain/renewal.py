"""A mentor whose last pair of a programme is complete is asked to go on, and how many do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.matching.contracts.participants import Role
from services.matching.contracts.renewals import RenewalAnswer, RenewalAnswered, RenewalAsked
from services.matching.domain.answering import BadAnswers
from services.matching.domain.default_forms import CAREER
from services.matching.domain.form import FieldKind, Form, FormField
from services.matching.domain.motives import asked
from services.matching.domain.participant import application_id, sound_capacity
from services.matching.domain.suppression import Suppression
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import WrongState
from shared.kernel.ids import derived_id


class RenewalDecided(WrongState):
    """They have answered already."""

    code = "renewal-decided"


def renewal_id(programme_id: str, person_id: str) -> str:
    """Nobody is asked twice in one programme."""
    return derived_id("renewal", programme_id, person_id)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a mentor answers: `drivers` and `hurdles` are codes of the two standard questions."""

    answer: RenewalAnswer
    capacity: int | None = None
    drivers: tuple[str, ...] = ()
    hurdles: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Renewal(Aggregate):
    """`answer` None: not yet. What moves and hinders them is told in figures alone."""

    programme_id: str
    person_id: str
    asked_at: datetime
    answer: RenewalAnswer | None = None
    answered_at: datetime | None = None
    drivers: tuple[str, ...] = ()
    hurdles: tuple[str, ...] = ()

    @classmethod
    def ask(cls, programme_id: str, person_id: str, at: datetime) -> "Renewal":
        one = cls(id=renewal_id(programme_id, person_id), programme_id=programme_id, person_id=person_id, asked_at=at)
        one.record(RenewalAsked(application_id=one.application_id, programme_id=programme_id, person_id=person_id), at)
        return one

    @property
    def application_id(self) -> str:
        """Of the mentor in this programme."""
        return application_id(self.programme_id, self.person_id, Role.MENTOR)

    def decide(self, said: Said, form: Form, capacity: int, at: datetime) -> None:
        """`capacity` is that of before. Raises RenewalDecided, BadAnswers, BadCapacity."""
        if self.answer is not None:
            raise RenewalDecided(f"renewal {self.id} is answered already")
        for key, codes in (("drivers", said.drivers), ("hurdles", said.hurdles)):
            if unknown := {*codes} - {one.code for one in standard(form, key).options}:
                raise BadAnswers(f"{key}: {len(unknown)} of these cannot be chosen")
        stays = said.answer is RenewalAnswer.STAY
        room = sound_capacity(capacity if said.capacity is None else said.capacity) if stays else None
        self.answer, self.answered_at = said.answer, at
        self.drivers, self.hurdles = tuple(dict.fromkeys(said.drivers)), tuple(dict.fromkeys(said.hurdles))
        self.record(RenewalAnswered(application_id=self.application_id, programme_id=self.programme_id,
                                    person_id=self.person_id, decided=said.answer, capacity=room), at)

    def forget(self) -> None:
        """That somebody was asked stays, under an id that is nobody's any more."""
        self.drivers, self.hurdles, self.answered = (), (), []


def standard(form: Form, key: str) -> FormField:
    """One of the two standard questions, in the programme's own words where it lets people choose."""
    own = asked(form, key)
    if own and own.kind is FieldKind.SEVERAL_OF:
        return own
    return next(one for one in CAREER.fields if one.key == key)


@dataclass(frozen=True)
class Retention:
    """Mentors who were `asked`, in steps, 0: too few for any figure; and those of them who `stayed`, in steps; None: a
    small group did, or did not, and `nearly_all` says which."""

    asked: int = 0
    stayed: int | None = None
    nearly_all: bool = False


def retention(stays: Sequence[bool], suppression: Suppression) -> Retention:
    """`stays` in the order in which they were asked: who looks before and after one of them learns nothing of it."""
    taken = stays[:suppression.in_steps(len(stays))]
    if len(taken) < suppression.answers:
        return Retention()
    stayed = sum(taken)
    if min(stayed, len(taken) - stayed) < suppression.least:
        return Retention(len(taken), nearly_all=stayed >= suppression.least)
    return Retention(len(taken), suppression.in_steps(stayed))
