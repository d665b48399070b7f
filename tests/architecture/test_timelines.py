"""Whatever a service remembers of a pair, the portal has a sentence for."""

import re
from itertools import chain

from services.community.contracts.training import TrainingAssigned, TrainingCompleted, TrainingOverdue
from services.matching.contracts.pairs import PairEvent
from services.notifications.application import timeline
from services.portal.pages.moments import KINDS
from services.surveys.domain.check_in import CheckInState
from tests.architecture.tree import ROOT

LEFT_OUT = {CheckInState.EXCUSED, CheckInState.UNDELIVERABLE}
NOTED = re.compile(r"""\.note\((.+?), (?:at|now|self\.\w+)[,)]""")


def remembered() -> set[str]:
    """What surveys notes down, by the calls in its rules."""
    calls = chain.from_iterable(
        NOTED.findall(file.read_text()) for file in (ROOT / "services" / "surveys").rglob("*.py"))
    kinds = {kind for call in calls for kind in re.findall(r'"([a-z-]+)"', call)}
    return kinds | {f"check-in-{state}" for state in LEFT_OUT}


def test_every_kind_of_entry_has_its_words() -> None:
    of_pairs = {one.type.split(".")[1] for one in PairEvent.__subclasses__()}
    of_training = {one.type.split(".")[1] for one in (TrainingAssigned, TrainingCompleted, TrainingOverdue)}
    of_mail = set(timeline._KINDS.values())

    told = remembered() | of_pairs | of_training | of_mail | {"training-withdrawn"}

    assert len(remembered()) > 12
    assert told - set(KINDS) == set()
    assert set(KINDS) - told == set(), "words for what no service remembers"
