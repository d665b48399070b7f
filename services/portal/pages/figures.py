"""How a programme stands: figures with their base, and the funnel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from services.portal.pages.numbers import Numbers
from services.portal.pages.reading import moment, number, share
from services.portal.pages.role_words import a_role, has_own_name, role_labels

MATCH_TARGET = 70
STEPS: dict[str, LazyString] = {
    "invited": _l("Invited"),
    "applied": _l("Applied"),
    "approved": _l("Approved"),
    "matched": _l("Matched"),
    "met": _l("Met"),
    "completed": _l("Completed"),
}


@dataclass(frozen=True)
class Stat:
    """A figure with its base; every number leads to its rows."""

    label: str
    figure: str
    context: Markup
    href: str
    as_of: str | None


@dataclass(frozen=True)
class Step:
    """One step of the funnel; `target` is how many there should be, `aim` the same as a part of the step before."""

    name: str
    count: int
    before: str
    href: str
    target: float | None = None
    aim: str = "–"


def stats(numbers: Numbers) -> list[Stat]:
    """Of a draft, of which nobody has heard yet, only what matching counts."""
    makers = [match_rate, ratio, seats, first_session]
    if numbers.programme.get("state") != "draft":
        makers += [this_round, answered, trained, mail]
    return [make(numbers) for make in makers]


def linked(count: int, href: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, number(count))


def said(text: str, **values: object) -> Markup:
    """The sentence with its numbers; what is no link already is escaped."""
    return Markup(text) % values


def match_rate(numbers: Numbers) -> Stat:
    """Of those who may be matched now; once the programme is closed, when no pair goes on, of all who were approved."""
    now, pairs = numbers.summary, numbers.link("programmes.people", state="matched")
    matched, mentees = now.get("matched") or 0, now.get("mentees") or 0
    if numbers.programme.get("state") == "closed":
        came = {one["step"]: one["count"] for one in now.get("funnel") or []}
        matched, mentees = came.get("matched", 0), came.get("approved", 0)
        pairs = numbers.link("funnel.people", role="mentee", step="matched")
    own = has_own_name(numbers.programme, "mentee")
    text = said(_("%(matched)s of %(mentees)s as %(mentee)s") if own else _("%(matched)s of %(mentees)s mentees"),
                matched=linked(matched, pairs), mentees=number(mentees), mentee=a_role(numbers.programme, "mentee"))
    target = said(_("target %(percent)s"), percent=share(MATCH_TARGET, 100))
    return Stat(_("Match rate"), share(matched, mentees), text + " · " + target, pairs, as_of(numbers, "summary"))


def ratio(numbers: Numbers) -> Stat:
    mentors, mentees = (numbers.summary.get(name) or 0 for name in ("mentors", "mentees"))
    people = {role: numbers.link("programmes.people", state=f"active-{role}") for role in ("mentor", "mentee")}
    figures = {"mentors": linked(mentors, people["mentor"]), "mentees": linked(mentees, people["mentee"])}
    label, text = named_ratio(numbers.programme, figures)
    figure = f"1 : {number(round(mentees / mentors, 1))}" if mentors else "–"
    return Stat(label, figure, text, people["mentor"], as_of(numbers, "summary"))


def named_ratio(programme: Mapping[str, Any], figures: Mapping[str, Markup]) -> tuple[str, Markup]:
    """What stands to what, and the two figures, as the programme calls the roles."""
    if not any(has_own_name(programme, role) for role in ("mentor", "mentee")):
        return _("Mentors to mentees"), said(_("%(mentors)s mentors for %(mentees)s mentees"), **figures)
    roles = {role: a_role(programme, role) for role in ("mentor", "mentee")}
    return (_("%(mentor)s to %(mentee)s", **role_labels(programme)),
            said(_("%(mentors)s as %(mentor)s, %(mentees)s as %(mentee)s"), **figures, **roles))


def seats(numbers: Numbers) -> Stat:
    now, mentors = numbers.summary, numbers.link("programmes.people", state="active-mentor")
    text = said(_("of %(all)s seats"), all=number(now.get("seats") or 0))
    return Stat(_("Free seats"), number(now.get("free_seats")), text, mentors, as_of(numbers, "summary"))


def first_session(numbers: Numbers) -> Stat:
    """The median of all mentees who were matched, those included who still wait."""
    found, chart = numbers.part("first_sessions"), numbers.link("funnel.of_programme", _anchor="first-sessions")
    met, waiting = int(found.get("met", 0)), int(found.get("waiting", 0))
    rows = numbers.link("funnel.people", role="mentee", step="met")
    text = said(_("%(met)s have met, %(waiting)s wait"), met=linked(met, rows), waiting=number(waiting))
    text += " · " + said(_("known from check-ins, so days late, at most until the next one"))
    days = found.get("median_days")
    none = _("not reached yet") if met + waiting else "–"
    return Stat(_("Median days to the first session"), none if days is None else number(days), text, chart,
                as_of(numbers, "first_sessions"))


def this_round(numbers: Numbers) -> Stat:
    """The latest check-in that anybody was asked, beside the same one of the cohort before."""
    now: Mapping[str, Any] = next(iter(reversed(numbers.part("check_ins").get("rounds") or [])), {})
    if not now:
        return Stat(_("Answered this time"), "–", Markup(escape(_("Nobody was asked yet."))),
                    numbers.link("rows.check_ins"), as_of(numbers, "check_ins"))
    rows, done = partial(numbers.link, "rows.check_ins", period=str(now["period"])), now["answered"]
    text = said(_("%(done)s of %(sent)s answered check-in %(number)s · the cohort before %(last)s"),
                done=linked(done, rows(state="answered")), sent=linked(now["delivered"], rows()),
                number=number(now["period"]), last=last_time(numbers, now["period"]))
    return Stat(_("Answered this time"), share(done, now["delivered"]), text, rows(), as_of(numbers, "check_ins"))


def last_time(numbers: Numbers, period: int) -> str:
    """How many of the cohort before answered the same check-in."""
    rounds = numbers.part("last_check_ins").get("rounds") or []
    return next((share(one["answered"], one["delivered"]) for one in rounds if one["period"] == period), "–")


def answered(numbers: Numbers) -> Stat:
    counts, rows = numbers.part("check_ins"), numbers.link("rows.check_ins", state="answered")
    done, sent = counts.get("answered", 0), counts.get("delivered", 0)
    text = said(
        _("%(done)s of %(sent)s accepted for delivery"),
        done=linked(done, rows),
        sent=linked(sent, numbers.link("rows.check_ins", state="delivered")),
    )
    return Stat(_("Check-ins answered"), share(done, sent), text, rows, as_of(numbers, "check_ins"))


def trained(numbers: Numbers) -> Stat:
    done = numbers.state("training", "completed")
    due = done + numbers.state("training", "assigned")
    text = said(_("%(done)s of %(due)s have done the kick-off"), done=number(done), due=number(due))
    waiting = numbers.link("pairs.of_programme", state="awaiting-training")
    return Stat(_("Training"), share(done, due), text, waiting, as_of(numbers, "training"))


def mail(numbers: Numbers) -> Stat:
    counts, last = numbers.part("messages"), numbers.part("messages").get("last_sent_at")
    failed, bounced = (linked(int(counts.get(name, 0)), numbers.link("rows.messages", state=name))
                       for name in ("failed", "bounced"))
    text = said(_("%(failed)s failed, of which %(bounced)s bounced"), failed=failed, bounced=bounced)
    if last:
        text += " · " + said(_("last sent %(time)s"), time=moment(last, numbers.time_zone))
    sent = numbers.link("rows.messages", state="accepted")
    return Stat(_("Mails sent"), number(counts.get("accepted")), text, sent, as_of(numbers, "messages"))


def as_of(numbers: Numbers, part: str) -> str | None:
    return numbers.part(part).get("as_of")


def funnel(numbers: Numbers) -> list[Step]:
    """The steps matching tells of, in its order."""
    told = [step for step in numbers.summary.get("funnel") or [] if step.get("step") in STEPS]
    counts = [int(step.get("count") or 0) for step in told]
    return [step_of(numbers, told[at], counts[at - 1] if at else None) for at in range(len(told))]


def step_of(numbers: Numbers, told: Mapping[str, Any], before: int | None) -> Step:
    count, name = int(told.get("count") or 0), str(told["step"])
    came, people = int(told.get("came", count)), numbers.link("funnel.people", role="mentee", step=name)
    step = Step(str(STEPS[name]), count, share(came, before), people)
    if name == "matched" and before is not None:
        return replace(step, target=before * MATCH_TARGET / 100, aim=share(MATCH_TARGET, 100))
    return step
