"""One person's mentoring as the page sees it."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from services.portal.clients.calls import Json
from services.portal.pages.reading import named
from services.portal.pages.requests import Wishes
from services.portal.pages.wording import OVER

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
