"""One person's mentoring as the page sees it, and the one thing that is next."""

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from services.portal.clients.calls import Json
from services.portal.pages.reading import named
from services.portal.pages.requests import Wishes
from services.portal.pages.role_words import role_name
from services.portal.pages.wording import MODULES, OVER

LIVE = ("proposed", "accepted", "awaiting-training", "active", "paused", "closing")


@dataclass(frozen=True)
class Mine:
    """Everything the page shows of one person."""

    person_id: str
    pairs: list[Json]
    people: dict[str, Json]
    check_ins: list[Json]
    assignments: list[Json]
    journeys: dict[str, Json] = field(default_factory=dict)
    goals: dict[str, list[Json]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    programmes: dict[str, Json] = field(default_factory=dict)
    renewals: list[Json] = field(default_factory=list)
    circles: list[Json] = field(default_factory=list)
    taking_part: list[Json] = field(default_factory=list)
    endorsements: list[Json] = field(default_factory=list)

    @property
    def live(self) -> list[Json]:
        return [pair for pair in self.pairs if pair.get("state") in LIVE]

    @property
    def past(self) -> list[Json]:
        return [pair for pair in self.pairs if pair.get("state") not in LIVE]

    @property
    def due(self) -> list[Json]:
        return [one for one in self.assignments if one.get("state") == "assigned"]

    def i_mentor(self, pair: Json) -> bool:
        return bool(pair["mentor_id"] == self.person_id)

    def other_id(self, pair: Json) -> str:
        return str(pair["mentee_id"] if self.i_mentor(pair) else pair["mentor_id"])

    def other(self, pair: Json) -> str:
        return named(self.people, self.other_id(pair))

    def programme_of(self, one: Json) -> Json:
        """Of a pair or a request; empty where it is not known just now."""
        return self.programmes.get(one["programme_id"], {})

    def as_mentor(self, one: Json) -> Json | None:
        """How this person takes part as a mentor in the programme of a request or pair."""
        return next((part for part in self.taking_part
                     if (part["programme_id"], part["role"]) == (one["programme_id"], "mentor")), None)

    def place_of(self, pair: Json) -> Json:
        return self.people.get(self.other_id(pair), {})

    def partner_of(self, pair_id: str) -> str:
        pair = next((one for one in self.pairs if one["id"] == pair_id), None)
        return self.other(pair) if pair else ""

    def whom(self, check_in: Json) -> str:
        """What a check-in is about."""
        if check_in.get("relationship") == "circle":
            return str(_("your circle"))
        return self.partner_of(check_in["pair_id"]) or _("your partner")

    def standing(self) -> str:
        """Whom this person mentors and learns from, in a sentence."""
        mentees = sum(1 for pair in self.live if self.i_mentor(pair))
        mentors = len(self.live) - mentees
        taught = ngettext("You mentor one person", "You mentor %(num)s people", mentees) if mentees else ""
        learns = ngettext("you learn from one", "you learn from %(num)s", mentors) if mentors else ""
        both = _("%(first)s and %(second)s", first=taught, second=learns) if taught and learns else taught or learns
        return f"{both[:1].upper()}{both[1:]}. {_('All in one place.')}" if both else _("All in one place.")

    def may_ask_for_another(self, pair: Json) -> bool:
        """Mentees, once a pair, not before they have met at all, and not in a programme that is over."""
        begun = pair.get("state") not in ("proposed", "accepted") and pair.get("left_id") != pair.get("mentee_id")
        over = self.programme_of(pair).get("state") in OVER
        return begun and not (over or self.i_mentor(pair) or pair.get("rematch_run_id"))

    def is_flash(self, pair: Json) -> bool:
        """One question and one session: nothing is agreed on, and no goal is set."""
        journey = self.journeys.get(pair["id"]) or {}
        return bool(journey.get("once")) or self.programme_of(pair).get("format") == "flash"

    def may_name_a_day(self, pair: Json) -> bool:
        """Of the session of a flash pair, until the two are asked how it was."""
        journey = self.journeys.get(pair["id"]) or {}
        return pair["state"] == "active" and bool(journey.get("once") and journey.get("next_check_in_at"))

    def needs(self, pair: Json, gate: str) -> bool:
        """Whether a step before the beginning is still open: terms and a goal are asked until they are there."""
        journey = self.journeys.get(pair["id"])
        if journey is None or self.is_flash(pair) or pair["state"] in ("closing", "proposed"):
            return False
        return not journey.get("terms") if gate == "agreement" else not self.goals.get(pair["id"])


    def may_change_terms(self, pair: Json) -> bool:
        """What is written down stays open to both until the end."""
        journey = self.journeys.get(pair["id"])
        return bool(journey and journey.get("terms")) and not self.is_flash(pair)


@dataclass(frozen=True)
class NextThing:
    """What the sea panel holds."""

    title: str
    text: str
    button: str = ""
    href: str = ""
    action: str = ""


def next_thing(mine: Mine) -> NextThing:
    """The first that applies: answer, accept, learn, agree, set a goal, and else nothing at all."""
    steps = (next_check_in, next_request, next_acceptance, next_training, next_agreement, next_goal, next_session)
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


def nothing_next(mine: Mine) -> NextThing:
    if mine.live or mine.circles:
        return NextThing(_("Nothing is due"), _("Enjoy your next meeting. We ask again in a few weeks."))
    return NextThing(_("No partner yet"), _("You hear from us as soon as somebody is found for you."))


def change_of(pair: Json, what: str) -> str:
    return url_for("pairs.change", pair_id=pair["id"], what=what)
