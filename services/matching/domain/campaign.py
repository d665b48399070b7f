"""Promotion of a programme: whom it asks, with which code in its links, and how far it is. A job: 200 a tick."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.matching.contracts.campaigns import CampaignLaunched
from services.matching.contracts.participants import Role
from services.matching.domain.application import Application
from services.matching.domain.campaign_code import code_of
from services.matching.domain.channel_text import ChannelText
from services.matching.domain.kit import Paper
from services.matching.domain.person import Person, folded
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Invalid, WrongState

MOST_LISTED = 2_000
MOST_DAYS = 60

DONE = "done"


class CampaignState(StrEnum):
    """A draft counts its audience; a launched one asks it."""

    DRAFT = "draft"
    LAUNCHED = "launched"
    ENDED = "ended"


class Walk(StrEnum):
    """What is being done with the audience, person by person."""

    COUNT = "count"
    ASK = "ask"
    REMIND = "remind"
    NOTHING = "nothing"


class BadCampaign(Invalid):
    """Without a name, or with an audience that cannot be."""

    code = "bad-campaign"


class NobodyToAsk(WrongState):
    """The audience is not counted yet, or it is empty."""

    code = "nobody-to-ask"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """A rule over the directory, or a list: whoever is in one of the departments, places and grades, as far as any are
    named; with `listed`, who is on that list."""

    departments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    listed: tuple[str, ...] | None = None

    def require_sound(self) -> None:
        """Raises BadCampaign."""
        if self.listed is not None and not 1 <= len(self.listed) <= MOST_LISTED:
            raise BadCampaign(f"a list names 1 to {MOST_LISTED} people who are known")
        if self.listed is not None and (self.departments or self.locations or self.grades):
            raise BadCampaign("an audience is a rule or a list, not both")

    def has(self, person: Person) -> bool:
        """Whether the rule means this person, in letters of any size; whoever has left is in no audience."""
        told = person.details
        asked = ((self.departments, told.department), (self.locations, told.location), (self.grades, told.grade))
        return not person.has_left and all(
            not names or folded(value) in map(folded, names) for names, value in asked)


@dataclass(kw_only=True)
class Campaign(Aggregate):
    """`cursor` is where the walk through the audience goes on, empty at its beginning. `size` people were counted,
    `results` says how many of them were asked and why others were not, `reminded` how many heard once more. `texts` are
    a coordinator's own words, by language and paper; without them a paper has those of everybody."""

    programme_id: str
    role: Role
    name: str
    audience: Audience
    code: str
    remind_days: int = 7
    state: CampaignState = CampaignState.DRAFT
    walk: Walk = Walk.COUNT
    cursor: str = ""
    size: int = 0
    results: dict[str, int] = field(default_factory=dict)
    reminded: int = 0
    created_at: datetime | None = None
    launched_at: datetime | None = None
    texts: dict[str, ChannelText] = field(default_factory=dict)

    @classmethod
    def draft(cls, id: str, programme_id: str, wanted: "Wanted", at: datetime) -> "Campaign":
        """Raises BadCampaign."""
        wanted.require_sound()
        campaign = cls(id=id, programme_id=programme_id, role=wanted.role, name=wanted.name.strip(),
                       audience=wanted.audience, code=code_of(id), remind_days=wanted.remind_days, created_at=at)
        campaign.set_timer("some", at)
        return campaign

    def launch(self, at: datetime) -> None:
        """Asks the audience, as it is from now on. Raises WrongState, NobodyToAsk."""
        self._require(CampaignState.DRAFT)
        if self.walk is not Walk.NOTHING or not self.size:
            raise NobodyToAsk("nobody is in this audience, or it is still being counted")
        self.state, self.launched_at = CampaignState.LAUNCHED, at
        self._begin(Walk.ASK, at)
        self.record(CampaignLaunched(
            campaign_id=self.id, programme_id=self.programme_id, role=self.role, code=self.code), at)

    def end(self) -> None:
        """Asks and reminds nobody any more; its links go on to tell where somebody came from. The chunk in hand is
        still noted: whom it reached before."""
        self._require(CampaignState.DRAFT, CampaignState.LAUNCHED)
        self.state = CampaignState.ENDED
        self.clear_timer("remind")
        if not self.reaches:
            self.walk = Walk.NOTHING
            self.timers.clear()

    def say(self, paper: Paper, language: str, text: ChannelText | None) -> None:
        """None: what everybody says. Raises WrongState."""
        self._require(CampaignState.DRAFT, CampaignState.LAUNCHED)
        others = {key: one for key, one in self.texts.items() if key != f"{language}/{paper}"}
        self.texts = others | ({f"{language}/{paper}": text} if text else {})

    def own_words(self, paper: Paper, language: str) -> ChannelText | None:
        return self.texts.get(f"{language}/{paper}")

    def on_some(self, now: datetime) -> None:
        """The next ones; the timer stands until the walk is over, so that a crash repeats them."""
        self.set_timer("some", now)

    def on_remind(self, now: datetime) -> None:
        """Those who are silent hear once more."""
        self._begin(Walk.REMIND, now)

    def move_on(self, walk: Walk, cursor: str, after: str, results: Sequence[str], now: datetime) -> None:
        """Whoever came after `cursor` has these results; the walk goes on behind `after` (empty: it is over). A repeat
        changes nothing."""
        if (self.walk, self.cursor) != (walk, cursor):
            return
        self._note(walk, results)
        self.cursor = after
        if not after:
            self._arrive(walk, now)

    def _note(self, walk: Walk, results: Sequence[str]) -> None:
        if walk is Walk.COUNT:
            self.size += len(results)
        elif walk is Walk.REMIND:
            self.reminded += results.count(DONE)
        else:
            told = {**self.results}
            for result in results:
                told[result] = told.get(result, 0) + 1
            self.results = told

    def _arrive(self, walk: Walk, now: datetime) -> None:
        self.walk = Walk.NOTHING
        self.clear_timer("some")
        if walk is Walk.ASK and self.remind_days and self.state is CampaignState.LAUNCHED:
            self.set_timer("remind", now + timedelta(days=self.remind_days))

    def _begin(self, walk: Walk, at: datetime) -> None:
        self.walk, self.cursor = walk, ""
        self.set_timer("some", at)

    @property
    def reaches(self) -> bool:
        """Whether people are being asked or reminded."""
        return self.walk in (Walk.ASK, Walk.REMIND)

    def has_reached(self, one: Application) -> bool:
        """Whether this very walk asked or reminded them."""
        return one.asked_by == self.id and (self.walk is Walk.ASK or one.reminded)

    @property
    def asked(self) -> int:
        return self.results.get(DONE, 0)

    def _require(self, *states: CampaignState) -> None:
        if self.state not in states:
            raise WrongState(f"campaign {self.id} is {self.state}")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a coordinator says of a new campaign. `remind_days` after the invitation; 0: never."""

    name: str
    role: Role
    audience: Audience
    remind_days: int = 7

    def require_sound(self) -> None:
        """Raises BadCampaign."""
        if not self.name.strip():
            raise BadCampaign("a campaign needs a name")
        if not 0 <= self.remind_days <= MOST_DAYS:
            raise BadCampaign(f"a reminder comes after 1 to {MOST_DAYS} days, or never")
        self.audience.require_sound()
