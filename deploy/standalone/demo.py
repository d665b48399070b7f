"""Half a year of a programme, lived through the public API on a fast clock."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from deploy.standalone.house import House
from deploy.standalone.letterbox import Letterbox
from deploy.standalone.office import Office
from deploy.standalone.participants import Participants
from deploy.standalone.sample import Organisation, chance
from deploy.standalone.visitor import Visitor
from shared.kernel.clock import SettableClock, SystemClock

DAYS = 183
Pair = dict[str, Any]
ANSWERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("wait", {}), ("decline", {"reason": "no-places"}), ("approve", {}), ("approve", {}), ("approve", {}))


def begins() -> datetime:
    """Seven in the morning, so long ago that the last day is today, or yesterday before seven."""
    return (SystemClock().now() - timedelta(hours=7)).replace(hour=7, minute=0, second=0, microsecond=0) - timedelta(
        days=DAYS)


@dataclass
class HalfYear:
    """`live` sets two programmes up and lives them day by day, up to the present moment."""

    house: House
    clock: SettableClock
    organisation: Organisation = field(default_factory=Organisation)
    starts_at: datetime = field(default_factory=begins)

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.house)
        self.letterbox = Letterbox(self.house.log)
        self.participants = Participants(self.visitor, self.letterbox)
        starts_on = self.starts_at.date().isoformat()
        self.office = Office(self.house, self.visitor, "career-development", "Rising Engineers", starts_on)
        self.buddies = Office(self.house, self.visitor, "onboarding-buddies", "Ankommen in Wien", starts_on)
        self.ready: dict[int, list[Pair]] = defaultdict(list)
        self.left_alone: set[str] = set()

    @property
    def told(self) -> dict[str, int]:
        """What was asked of the services, counted."""
        return dict(self.visitor.told)

    def live(self) -> Iterator[tuple[int, int]]:
        """Yields (day, days) as it goes on."""
        self.clock.set(self.starts_at)
        self._begin()
        for day in range(1, DAYS + 1):
            self.clock.set(self.starts_at + timedelta(days=day))
            self.house.settle()
            self._day(day)
            yield day, DAYS
        self.clock.set(SystemClock().now())
        self.house.settle()
        self.letterbox.close()

    def _begin(self) -> None:
        sponsor, *_ = [self.visitor.enter(user) for user in self.organisation.directory()]
        for office, files, settings in (
            (self.office, self.organisation.files(), {"check_in_answer_days": 7, "sponsor_id": sponsor}),
            (self.buddies, self.organisation.buddies(), {"language": "de"})):
            office.open(**settings)
            for role, content in files.items():
                office.bring(role, content)
            self._expect(office.match(), 1, 33)
        self.office.put_in_charge()

    def _expect(self, pairs: list[Pair], first: int, days: int) -> None:
        """From the first day on they get ready, each in their own time."""
        for pair in pairs:
            self.ready[first + int(chance("ready", pair["mentee_id"]) * days)].append(pair)

    def _day(self, day: int) -> None:
        for pair in self.ready.pop(day, []):
            self.participants.get_ready(pair, (self.starts_at + timedelta(days=270)).date().isoformat())
        for happen in self._calendar().get(day, ()):
            happen(day)
        if day % 7 == 3 and day < DAYS - 21:
            self.office.look_after_cases(but_of=self.left_alone)
        self.participants.answer(day)

    def _calendar(self) -> dict[int, tuple[Callable[[int], None], ...]]:
        return {45: (self._pauses,), 50: (self._ends_early,), 60: (self._mentor_leaves,), 61: (self._rematched,),
                65: (self._put_together,), 66: (self._come_together,), 70: (self._falls_silent,), 75: (self._go_on,),
                90: (self._ends_early,), 100: (self._corrects,), 120: (self._mentor_leaves,), 130: (self._ends_early,),
                140: (self._mentee_leaves,), 160: (self._pauses,), DAYS - 4: (self._asks,),
                DAYS - 3: (self._applications,), DAYS - 2: (self._choose,)}

    def _some(self, day: int, state: str, count: int | None = None) -> list[Pair]:
        """Pairs in this state: other ones each day, the same every time."""
        found = [one for one in self.office.pairs(state) if not self.left_alone & {one["mentor_id"], one["mentee_id"]}]
        return sorted(found, key=lambda one: chance("some", str(day), one["mentee_id"]))[:count]

    def _pauses(self, day: int) -> None:
        for pair in self._some(day, "active", 3):
            self.visitor.send("POST", f"matching/pairs/{pair['id']}/pause", by=pair["mentee_id"])

    def _go_on(self, day: int) -> None:
        for pair in self._some(day, "paused", 3):
            self.visitor.send("POST", f"matching/pairs/{pair['id']}/resumption", by=pair["mentor_id"])

    def _falls_silent(self, day: int) -> None:
        """A mentee who gets every mail answers none any more. Nothing else happens to the two, and nobody looks after
        it: whatever the day, this climb ends at the programme office and is open."""
        pair = next(one for one in self._some(day, "active") if one["mentee_id"] in self.letterbox.asked)
        self.participants.silent.add(pair["mentee_id"])
        self.left_alone |= {pair["mentor_id"], pair["mentee_id"]}

    def _ends_early(self, day: int) -> None:
        for pair in self._some(day, "active", 3):
            self.visitor.send("POST", f"matching/pairs/{pair['id']}/closure", by=pair["mentor_id"],
                              json={"reason": "ended-early"})

    def _mentor_leaves(self, day: int) -> None:
        """The mentee asks for another mentor; what the run proposes is for the office to publish."""
        [pair] = self._some(day, "active", 1)
        self.visitor.send("POST", f"matching/people/{pair['mentor_id']}/departure")
        self.house.settle()
        self.visitor.send("POST", f"matching/pairs/{pair['id']}/rematch", by=pair["mentee_id"])
        self.house.settle()

    def _mentee_leaves(self, day: int) -> None:
        [pair] = self._some(day, "active", 1)
        self.visitor.send("POST", f"matching/people/{pair['mentee_id']}/departure")

    def _rematched(self, day: int) -> None:
        for run in self.visitor.all(f"{self.office.place}/runs"):
            if run["state"] == "proposed" and run["matched"]:
                self.office.publish(run["id"])
        self._expect([one for one in self.office.pairs() if one["succeeds"]], day + 3, 5)

    def _put_together(self, day: int) -> None:
        """By hand, and both say yes."""
        for pair in (made := self.office.propose(2)):
            for side in ("mentor_id", "mentee_id"):
                self.visitor.send("POST", f"matching/pairs/{pair['id']}/acceptance", by=pair[side])
        self._expect(made, day + 3, 10)

    def _come_together(self, _: int) -> None:
        """Four who are still alone, around one mentor."""
        self.office.form_circle("Speaking before many", 4)

    def _corrects(self, _: int) -> None:
        self.office.bring("mentor", self.organisation.corrections(), "mentors-corrected.csv")

    def _asks(self, _: int) -> None:
        """By hand: one says yes, one says no, one both, and one has not looked yet."""
        for number, pair in enumerate(self.office.propose(4)):
            place, mentor = f"matching/pairs/{pair['id']}", pair["mentor_id"]
            if number == 1:
                self.visitor.send("POST", f"{place}/refusal", by=mentor, json={"reason": "no-time"})
            if number in (0, 2):
                self.visitor.send("POST", f"{place}/acceptance", by=mentor)
            if number == 2:
                self.visitor.send("POST", f"{place}/acceptance", by=pair["mentee_id"])

    def _applications(self, day: int) -> None:
        """A campaign asks mentees to be mentors too. Most would like to: each gets another answer, and one or two none
        yet; some do not react."""
        place = self.office.place.removeprefix("matching/programmes/")
        self.office.take_applications()
        asked = [pair["mentee_id"] for pair in self._some(day, "active", 10)]
        poster = self.office.launch_campaign(asked)
        ids = [self.participants.apply(place, one, poster if number % 3 else poster[:-1] + "m")
               for number, one in enumerate(asked[:7])]
        for one, (outcome, why) in zip(ids, ANSWERS, strict=False):
            self.office.decide([one], outcome, **why)
        self.house.settle()
        for one, what in zip(ids[2:], ("confirmation", "withdrawal"), strict=False):
            self.participants.move(one, what)

    def _choose(self, _: int) -> None:
        """Mentees who are alone still may ask mentors themselves; the first who is asked says no."""
        self.office.allow_requests()
        for mentee in self.office.alone():
            self.participants.ask_mentors(mentee)
        self.house.settle()
        for request in self.visitor.all(f"{self.office.place}/requests?state=open")[:1]:
            self.participants.decline(request)
