"""Which events community listens to, and what it does about each."""

from collections.abc import Callable

from services.community.application import Community
from services.community.entrypoints.seen import LearnerSeen, PairSeen, PersonSeen, ProgrammeSeen
from shared.messaging.envelope import Received


def on_programme(community: Community, event: Received) -> None:
    community.spaces.follow(ProgrammeSeen.of(event), cause=event)


def on_pair_created(community: Community, event: Received) -> None:
    community.training.begin(PairSeen.of(event), cause=event)


def on_pair(community: Community, event: Received) -> None:
    community.training.follow(PairSeen.of(event), cause=event)


def on_participant(community: Community, event: Received) -> None:
    community.gaps.follow(LearnerSeen.of(event), cause=event)


def on_person(community: Community, event: Received) -> None:
    community.copies.keep_person(PersonSeen.of(event), cause=event)


def keep_programme(community: Community, event: Received) -> None:
    community.copies.keep_programme(ProgrammeSeen.of(event), cause=event)


def keep_pair(community: Community, event: Received) -> None:
    community.copies.keep_pair(PairSeen.of(event), cause=event)


def keep_person(community: Community, event: Received) -> None:
    """A tombstone has no row."""
    if event.data is not None:
        on_person(community, event)


def on_person_erased(community: Community, event: Received) -> None:
    """A tombstone: all it says is the key."""
    community.erasing.erase(event.key, cause=event)


HANDLERS: dict[str, Callable[[Community, Received], object]] = {
    "mentoring.person-erased.v1": on_person_erased,
    "mentoring.programme-opened.v1": on_programme,
    "mentoring.programme-changed.v1": on_programme,
    "mentoring.coordinator-left.v1": on_programme,
    "mentoring.programme-closed.v1": on_programme,
    "mentoring.pair-created.v1": on_pair_created,
    "mentoring.pair-activated.v1": on_pair,
    "mentoring.pair-paused.v1": on_pair,
    "mentoring.pair-resumed.v1": on_pair,
    "mentoring.pair-closing.v1": on_pair,
    "mentoring.pair-closed.v1": on_pair,
    "mentoring.rematch-requested.v1": on_pair,
    "mentoring.participant-approved.v1": on_participant,
    "mentoring.participant-left.v1": on_participant,
    "mentoring.person-added.v1": on_person,
    "mentoring.person-changed.v1": on_person,
    "mentoring.person-left.v1": on_person,
}

KEEP: dict[str, Callable[[Community, Received], object]] = {
    "mentoring.programmes.v1": keep_programme,
    "mentoring.pairs.v1": keep_pair,
    "mentoring.people.v1": keep_person,
}
"""What fills a projection when it is rebuilt, by topic."""

TOPICS = ("mentoring.programmes.v1", "mentoring.pairs.v1", "mentoring.people.v1", "mentoring.participants.v1")
