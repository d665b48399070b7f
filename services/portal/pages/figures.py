"""How a programme stands: figures with their base, and the funnel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.portal.pages.numbers import Numbers
from services.portal.pages.reading import share

MATCH_TARGET = 70
STEPS: dict[str, LazyString] = {
    "invited": _l("Invited"),
    "applied": _l("Applied"),
    "approved": _l("Approved"),
    "matched": _l("Matched"),
    "active": _l("Under way"),
    "met": _l("Met"),
    "completed": _l("Completed"),
}


@dataclass(frozen=True)
class Stat:
    """A figure with its base."""

    label: str
    figure: str
    context: str
    href: str
    as_of: str | None


@dataclass(frozen=True)
class Step:
    """One step of the funnel."""

    name: str
    count: int
    before: str
    target: float | None


def stats(numbers: Numbers) -> list[Stat]:
    makers = (match_rate, ratio, seats, answered, trained, mail)
    return [make(numbers) for make in makers]


def match_rate(numbers: Numbers) -> Stat:
    now = numbers.summary
    matched, mentees = now.get("matched") or 0, now.get("mentees") or 0
    text = _("%(matched)s of %(mentees)s mentees", matched=matched, mentees=mentees)
    target = _("target %(percent)s", percent=f"{MATCH_TARGET}%")
    pairs = numbers.link("pairs.of_programme")
    return Stat(_("Match rate"), share(matched, mentees), f"{text} · {target}", pairs, as_of(numbers, "summary"))


def ratio(numbers: Numbers) -> Stat:
    mentors, mentees = (numbers.summary.get(name) or 0 for name in ("mentors", "mentees"))
    text = _("%(mentors)s mentors for %(mentees)s mentees", mentors=mentors, mentees=mentees)
    figure = f"1 : {mentees / mentors:.1f}" if mentors else "–"
    people = numbers.link("programmes.people")
    return Stat(_("Mentors to mentees"), figure, text, people, as_of(numbers, "summary"))


def seats(numbers: Numbers) -> Stat:
    now, mentors = numbers.summary, numbers.link("programmes.people", state="mentor")
    text = _("of %(all)s seats", all=now.get("seats") or 0)
    return Stat(_("Free mentor seats"), str(now.get("free_seats", "–")), text, mentors, as_of(numbers, "summary"))


def answered(numbers: Numbers) -> Stat:
    counts = numbers.part("check_ins")
    done, sent = counts.get("answered", 0), counts.get("delivered", 0)
    text = _("%(done)s of %(sent)s accepted for delivery", done=done, sent=sent)
    pairs = numbers.link("pairs.of_programme")
    return Stat(_("Check-ins answered"), share(done, sent), text, pairs, as_of(numbers, "check_ins"))


def trained(numbers: Numbers) -> Stat:
    done = numbers.state("training", "completed")
    due = done + numbers.state("training", "assigned")
    text = _("%(done)s of %(due)s have done the kick-off", done=done, due=due)
    return Stat(
        _("Training"), share(done, due), text, numbers.link("programmes.people"), as_of(numbers, "training")
    )


def mail(numbers: Numbers) -> Stat:
    sent = str(numbers.part("messages").get("accepted", "–"))
    text = _("%(failed)s failed", failed=numbers.part("messages").get("failed", 0))
    return Stat(_("Mails sent"), sent, text, numbers.link("programmes.people"), as_of(numbers, "messages"))


def as_of(numbers: Numbers, part: str) -> str | None:
    return numbers.part(part).get("as_of")


def funnel(numbers: Numbers) -> list[Step]:
    """The steps matching tells of, in its order."""
    told = [step for step in numbers.summary.get("funnel") or [] if step.get("step") in STEPS]
    counts = [int(step.get("count") or 0) for step in told]
    return [step_of(told[at], counts[at - 1] if at else None) for at in range(len(told))]


def step_of(told: Mapping[str, Any], before: int | None) -> Step:
    count = int(told.get("count") or 0)
    return Step(str(STEPS[told["step"]]), count, share(count, before), told.get("target"))
