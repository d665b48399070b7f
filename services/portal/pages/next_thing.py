"""The one thing that is next in one person's mentoring."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.mentoring import Mine
from services.portal.pages.reading import named
from services.portal.pages.role_words import role_name
from services.portal.pages.wording import MODULES


@dataclass(frozen=True)
class NextThing:
    """What the sea panel holds."""

    title: str
    text: str
    button: str = ""
    href: str = ""
    action: str = ""


def next_thing(mine: Mine) -> NextThing:
    """The first that applies: answer, accept, learn, agree, set a goal, endorse, go on, and else nothing at all."""
    steps = (next_check_in, next_request, next_acceptance, next_training, next_agreement, next_goal, next_session,
             next_endorsement, next_renewal)
    return next((found for step in steps if (found := step(mine))), nothing_next(mine))


def next_check_in(mine: Mine) -> NextThing | None:
    if not mine.check_ins:
        return None
    one = mine.check_ins[0]
    title = _("How is mentoring going with %(name)s?", name=mine.whom(one))
    text = _("One question, half a minute. Confidential.")
    return NextThing(title, text, _("Answer"), href=url_for("check_in.mine", check_in_id=one["id"]))


def next_request(mine: Mine) -> NextThing | None:
    if not mine.wishes.to_me:
        return None
    one = mine.wishes.to_me[0]
    title = _("%(name)s asks you to be their %(role)s", name=named(mine.people, one["mentee_id"]),
              role=role_name(mine.programme_of(one), "mentor"))
    text = _("One press says yes. To say no, or to ask first, look below.")
    action = url_for("requests.answer", request_id=one["id"], what="acceptance")
    return NextThing(title, text, _("Yes, gladly"), action=action)


def next_acceptance(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if one["state"] in ("proposed", "accepted")
                 and mine.person_id not in one.get("accepted_by", ())), None)
    if pair is None:
        return None
    text = _("The coordinator thinks that you two fit. Say yes, or ask first.")
    return NextThing(
        _("Meet %(name)s", name=mine.other(pair)), text, _("Accept"), action=change_of(pair, "acceptance")
    )


def next_training(mine: Mine) -> NextThing | None:
    if not mine.due:
        return None
    one = mine.due[0]
    action = url_for("mine.complete", assignment_id=one["id"])
    text = _("The first step of the two of you. Do it together, and tell us here once it is done.")
    if not one.get("pair_id"):
        text = _("For you as a mentor. Take your time, and tell us here once it is done.")
    return NextThing(module_name(one), text, _("It is done"), action=action)


def module_name(assignment: Json) -> str:
    """In the reader's language where the module has it."""
    titles, code = assignment.get("titles") or {}, str(assignment.get("module", ""))
    return str(titles.get(str(get_locale())) or MODULES.get(code, code))


def next_agreement(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if mine.needs(one, "agreement")), None)
    if pair is None:
        return None
    title = _("Agree with %(name)s how you meet", name=mine.other(pair))
    return NextThing(
        title,
        _("How often, and until when. One of you writes it down for both."),
        _("Write it down"),
        href=f"#terms-{pair['id']}",
    )


def next_goal(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if mine.needs(one, "goal")), None)
    if pair is None:
        return None
    title = _("Draft a first goal with %(name)s", name=mine.other(pair))
    return NextThing(
        title, _("A sentence is enough; you can sharpen it together."), _("Draft it"), href=f"#goal-{pair['id']}"
    )


def next_session(mine: Mine) -> NextThing | None:
    pair = next((one for one in mine.live if mine.may_name_a_day(one) and not mine.journeys[one["id"]].get("meets_on")),
                None)
    if pair is None:
        return None
    return NextThing(
        _("When do you meet %(name)s?", name=mine.other(pair)),
        _("One session for one question. A day later we ask how it was, and then you are done."),
        _("Name the day"), href=f"#session-{pair['id']}")


def next_endorsement(mine: Mine) -> NextThing | None:
    """Somebody else's application waits."""
    count = len(mine.endorsements)
    if not count:
        return None
    title = ngettext("One application waits for your word", "%(num)s applications wait for your word", count)
    text = _("You are asked whether you endorse it.") if count == 1 else _("You are asked whether you endorse them.")
    return NextThing(title, text, _("Answer"), href=url_for("steps.mine"))


def next_renewal(mine: Mine) -> NextThing | None:
    if not mine.renewals:
        return None
    one = mine.renewals[0]
    return NextThing(_("Will you go on in %(programme)s?", programme=one["programme"]),
                     _("Your last pair there is complete: stay, take a break or stop."), _("Answer"),
                     href=url_for("renewals.ask", programme_id=one["programme_id"]))


def nothing_next(mine: Mine) -> NextThing:
    """Nobody is told that nothing is due while a part of it did not arrive."""
    if mine.missing:
        return NextThing(_("What is next did not arrive"), _("Load the page again in a moment."))
    if mine.live or mine.circles:
        return NextThing(_("Nothing is due"), _("Enjoy your next meeting. We ask again in a few weeks."))
    here = [one for one in mine.taking_part if one["state"] != "left"]
    if here and not any(map(is_sought_for, here)):
        return NextThing(_("Nothing is due"), _("You take a break or offer no place, so nobody is looked for."),
                         _("Places and breaks"),
                         href=url_for("taking_part.one", participant_id=here[0]["id"]))
    return NextThing(_("No partner yet"), _("You hear from us as soon as somebody is found for you."))


def is_sought_for(part: Json) -> bool:
    """Whether somebody may still be found for whoever takes part so."""
    return bool(part["state"] == "active" and (part["role"] != "mentor" or part["capacity"] > 0))


def change_of(pair: Json, what: str) -> str:
    return url_for("pairs.change", pair_id=pair["id"], what=what)
