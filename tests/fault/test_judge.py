"""The judge finds what went wrong: each kind of wrong once, on a log that was written by hand."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from deploy.standalone.house import topics
from shared.kernel.events import Sequence as Number
from shared.messaging.envelope import Outgoing
from shared.runtime.engines import open_log
from shared.runtime.logging import configure
from tests.fault.client import LEDGER, Accepted, Effect
from tests.fault.clock import FastClock
from tests.fault.crew import Crew
from tests.fault.judge import Findings, Judge
from tests.fault.service import WORKER, World

MAIL = "m1"


class Court:
    """What clients were told, what is on the log, which mails came, and who died when."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {"STORE_URL": f"sqlite:{folder}?min_free=0", "EVENTS_URL": f"embedded:{folder}?min_free=0"}
        self.crew = Crew(World(self.environ, FastClock(1.0), {}))

    def accepted(self, *effects: Effect, different: bool = False) -> None:
        line = Accepted("POST somewhere", "key", 0.1, 1, different, list(effects))
        with (self.folder / LEDGER).open("a") as ledger:
            ledger.write(json.dumps(asdict(line)) + "\n")

    def mailed(self, *instants: float, name: str = MAIL) -> None:
        with (self.folder / "mails").open("a") as ledger:
            ledger.writelines(f"{at} {name}\n" for at in instants)

    def judged(self, told: Sequence[Outgoing] = ()) -> Findings:
        with closing(open_log(self.environ["EVENTS_URL"])) as log:
            log.create_topics(topics())
            log.publish(told)
        return Judge(self.environ, self.folder, self.crew).findings_of()


@pytest.fixture
def court(tmp_path: Path) -> Court:
    configure("CRITICAL")
    return Court(tmp_path)


def drafted(number: int = 1, goal: str = "g1", **more: Any) -> Outgoing:
    """A goal was drafted, as the event of this number of a goal's document."""
    source = f"/surveys/goals/{goal}"
    return Outgoing(**{
        "id": f"{source}#{number}", "source": source, "sequence": Number(1, number), "key": goal,
        "type": "mentoring.goal-drafted.v1", "topic": "mentoring.goals.v1", "time": "2026-03-02T07:00:00.000Z",
        "data": {"goal_id": goal}, **more})


def sent() -> Outgoing:
    return drafted(1, MAIL, type="mentoring.message-sent.v1", topic="mentoring.messages.v1",
                   source=f"/notifications/messages/{MAIL}", data={"message_id": MAIL})


ONE_GOAL = Effect("goal-drafted", {"goal_id": "g1"})


def test_all_is_well_though_an_event_lies_twice_on_the_log(court: Court) -> None:
    court.accepted(ONE_GOAL)

    found = court.judged([drafted(), drafted()])

    assert found == Findings()


def test_an_effect_that_never_came_is_lost(court: Court) -> None:
    court.accepted(ONE_GOAL)

    assert court.judged().lost == 1


def test_an_effect_that_came_twice_is_a_duplicate(court: Court) -> None:
    court.accepted(ONE_GOAL)

    found = court.judged([drafted(), drafted(2)])

    assert found.duplicates == 2, "for the command, and as something that happens once"


def test_an_event_behind_a_later_one_of_its_source_is_out_of_order(court: Court) -> None:
    found = court.judged([drafted(2, data={"goal_id": "g2"}), drafted(1)])

    assert found.out_of_order == 1


def test_a_repeat_that_is_answered_in_other_words_diverges(court: Court) -> None:
    court.accepted(different=True)

    assert court.judged().divergences == 1


def test_one_id_with_two_contents_diverges(court: Court) -> None:
    found = court.judged([drafted(), drafted(data={"goal_id": "g2"})])

    assert found.divergences == 1


def test_a_message_that_counts_as_sent_and_never_came_is_lost(court: Court) -> None:
    assert court.judged([sent()]).lost == 1


def test_a_second_copy_is_excused_by_a_death_between_the_two_alone(court: Court) -> None:
    court.mailed(1.0, 3.0)
    before = court.judged([sent()])
    court.crew.deaths.append((2.0, (WORKER, "notifications")))

    after = court.judged([sent()])

    assert (before.duplicates, before.repeated_mails) == (1, 1)
    assert (after.duplicates, after.repeated_mails) == (0, 1)


def test_a_death_excuses_one_second_copy_and_no_other(court: Court) -> None:
    court.mailed(1.0, 3.0, 4.0)
    court.mailed(1.1, 3.1, name="m2")
    court.crew.deaths.append((2.0, (WORKER, "notifications")))

    found = court.judged([sent()])

    assert (found.duplicates, found.repeated_mails) == (2, 3)


def test_each_second_copy_finds_its_own_death(court: Court) -> None:
    court.mailed(1.0, 9.0)
    court.mailed(2.0, 4.0, name="m2")
    court.crew.deaths += [(at, (WORKER, "notifications")) for at in (3.0, 5.0)]

    found = court.judged([sent()])

    assert (found.duplicates, found.repeated_mails) == (0, 2)


def requested(number: int, mentor: str = "m1", kind: str = "pair-requested") -> Outgoing:
    return drafted(number, "r1", type=f"mentoring.{kind}.v1", topic="mentoring.requests.v1",
                   source="/matching/requests/r1", data={"request_id": "r1", "mentor_id": mentor})


@pytest.mark.feature("C4")
def test_a_choice_that_is_asked_twice_is_a_duplicate(court: Court) -> None:
    assert court.judged([requested(1), requested(1), requested(2)]).duplicates == 1
