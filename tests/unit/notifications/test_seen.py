"""What notifications reads of others' events is in the examples that their producers publish."""

from typing import Any

import pytest
from marshmallow import ValidationError

from services.community.contracts.examples import EXAMPLES as OF_COMMUNITY
from services.matching.contracts.examples import EXAMPLES as OF_MATCHING
from services.notifications.contracts.examples import EXAMPLES as OWN
from services.notifications.entrypoints import seen
from services.notifications.entrypoints.events import HANDLERS
from services.surveys.contracts.examples import EXAMPLES as OF_SURVEYS
from shared.kernel.events import Tombstone
from shared.store.conversion import event_data

EXAMPLES = {one.type: one for examples in (OF_MATCHING, OF_SURVEYS, OF_COMMUNITY, OWN) for one in examples.values()}
READERS = {"application": seen.ApplicationSeen, "applicant": seen.ApplicationSeen,
           "mentor-invited": seen.ApplicationSeen, "renewal": seen.RenewalSeen, "invitation": seen.ApplicationSeen,
           "participant": seen.ApplicationSeen, "confirmation": seen.ApplicationSeen,
           "pair-requested": seen.RequestSeen, "request": seen.RequestSeen,
           "person": seen.CardSeen, "programme": seen.ProgrammeSeen, "pair": seen.PairSeen,
           "training": seen.AssignmentSeen, "check-in": seen.CheckInSeen, "case": seen.CaseSeen,
           "circle-seat": seen.SeatLostSeen,
           "circle": seen.CircleSeen, "coordinator": seen.CoordinatorSeen, "message": seen.FailureSeen,
           "contact": seen.ReachableSeen,
           "rematch": seen.PairSeen, "endorsement": seen.EndorsementSeen, "sponsor-digest": seen.DigestSeen}


TELLING = [kind for kind in HANDLERS if not isinstance(EXAMPLES[kind], Tombstone)]
"""A tombstone says nothing but its key."""


def reader(kind: str) -> Any:
    return next(one for word, one in READERS.items() if kind.startswith(f"mentoring.{word}"))()


@pytest.mark.parametrize("kind", TELLING)
def test_every_handler_reads_the_producers_example(kind: str) -> None:
    assert reader(kind).load(event_data(EXAMPLES[kind]))


@pytest.mark.parametrize("kind", TELLING)
def test_a_field_of_a_newer_version_is_passed_over(kind: str) -> None:
    assert reader(kind).load({**event_data(EXAMPLES[kind]), "something_new": {"a": 1}})


@pytest.mark.parametrize("kind", [kind for kind in TELLING if "message" not in kind])
def test_an_event_without_what_is_needed_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError):
        reader(kind).load({})
