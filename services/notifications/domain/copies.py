"""What notifications knows of entities that matching and community own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.notifications.domain.letters import Role
from services.notifications.domain.role_words import RoleNames


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme, as far as letters name it. `routes` say before whom a queue of work is put; one that is not named is
    put before all coordinators. `state`: empty where it was not told yet."""

    programme_id: str
    name: str
    language: str
    time_zone: str
    coordinator_ids: tuple[str, ...]
    role_names: RoleNames = field(default_factory=dict)
    routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    format: str = "pairs"
    state: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anybody is matched there still."""
        return self.state not in ("closing", "closed")

    @property
    def is_flash(self) -> bool:
        """One question, one session."""
        return self.format == "flash"

    def told(self, queue: str) -> tuple[str, ...]:
        """Who hears of this work."""
        return self.routes.get(queue) or self.coordinator_ids


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A mentor and a mentee; `reason` when closed."""

    pair_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    state: str
    reason: str | None = None

    @property
    def sides(self) -> tuple[tuple[Role, str, str], ...]:
        """Role, person and partner of both sides."""
        return ((Role.MENTOR, self.mentor_id, self.mentee_id), (Role.MENTEE, self.mentee_id, self.mentor_id))

    @property
    def is_agreed(self) -> bool:
        """Both have said yes, and it has not begun."""
        return self.state == "awaiting-training"

    @property
    def person_ids(self) -> list[str]:
        return [self.mentor_id, self.mentee_id]

    def role_of(self, person_id: str) -> Role:
        return Role.MENTOR if person_id == self.mentor_id else Role.MENTEE

    def partner_of(self, person_id: str) -> str:
        return self.mentee_id if person_id == self.mentor_id else self.mentor_id

    def is_over_for(self, person_id: str | None) -> bool:  # noqa: ARG002 - a pair ends for both
        return self.state == "closed"


@dataclass(frozen=True, kw_only=True)
class Circle:
    """One or two mentors and several mentees, as (person, role)."""

    circle_id: str
    programme_id: str
    parties: tuple[tuple[str, str], ...]
    state: str
    reason: str | None = None

    @property
    def person_ids(self) -> list[str]:
        return [one for one, _ in self.parties]

    @property
    def in_last_weeks(self) -> bool:
        return self.state == "closing"

    def others(self, person_id: str) -> list[str]:
        """Everybody else who sits in it."""
        return [one for one, _ in self.parties if one != person_id]

    def is_over_for(self, person_id: str | None) -> bool:
        """It ended, or they left; whoever looks after it never sat in it."""
        return self.state == "closed" or person_id not in dict(self.parties)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A training somebody has to complete together with the pair's other side; `due_on` an ISO date."""

    assignment_id: str
    person_id: str
    pair_id: str
    module: str
    due_on: str
