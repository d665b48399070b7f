"""What moves mentors to take part, and what hinders them: ranked, and none of it anybody's own answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.matching.domain.answering import Answers
from services.matching.domain.form import Form, FormField
from services.matching.domain.looked import Looked
from services.matching.domain.matchmaking.cells import fold, items_of
from services.matching.domain.suppression import Suppression

QUESTIONS = ("drivers", "hurdles")
"""The two standard questions, by the keys of their fields."""


@dataclass(frozen=True)
class Motive:
    """`count` of those who answered name it, in steps: two looks do not tell what the few between them said. None: so
    many that those who do not are a small group."""

    code: str
    count: int | None


@dataclass(frozen=True)
class Ranked:
    """Of one question the motives that enough people name, most named first, and the options of `few`, which
    fewer name. `answered` counts in steps; 0: too few for any figure. Codes are folded."""

    key: str
    answered: int
    motives: tuple[Motive, ...] = ()
    few: tuple[str, ...] = ()


@dataclass(kw_only=True)
class MotiveReport(Looked):
    """Of a programme, a question after the other: asked when mentors apply, and when they are asked to go on. So many
    `asked` were, and `stayed`, in steps as in `Retention`. No figure is of fewer than `least`."""

    questions: tuple[Ranked, ...] = ()
    renewals: tuple[Ranked, ...] = ()
    asked: int = 0
    stayed: int | None = None
    nearly_all: bool = False
    least: int = Suppression.least


def ranked(form: Form, key: str, answers: Sequence[Answers], suppression: Suppression) -> Ranked:
    """`answers` in the order in which they were sent. They are taken in steps: who looks before and after one of them
    learns nothing of it."""
    given = [one for one in answers if items_of(one, key)]
    taken = given[:suppression.in_steps(len(given))]
    if len(taken) < suppression.answers:
        return Ranked(key, 0)
    counts = Counter(code for one in taken for code in items_of(one, key))
    named = [code for code, count in counts.items() if count >= suppression.least]
    motives = [_motive(code, counts[code], len(taken), suppression) for code in named]
    motives.sort(key=lambda one: (one.count is not None, -(one.count or 0), one.code))
    return Ranked(key, len(taken), tuple(motives), tuple(code for code in _options(form, key) if code not in named))


def _motive(code: str, count: int, taken: int, suppression: Suppression) -> Motive:
    return Motive(code, suppression.in_steps(count) if taken - count >= suppression.least else None)


def asked(form: Form, key: str) -> FormField | None:
    """The question as the programme asks it now."""
    return next((one for one in form.fields if one.key == key), None)


def _options(form: Form, key: str) -> list[str]:
    """What people choose from; own words of a few are nobody's business."""
    field = asked(form, key)
    return [fold(one.code) for one in field.options] if field else []
