"""Jobs survive a kill after any of their writes: nothing is lost, nothing is done twice."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PAIRS
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.contracts.people import PEOPLE
from services.matching.domain.import_job import ImportState, Results
from services.matching.domain.programme import Programme
from shared.store.documents import Documents, Write
from tests.unit.matching.house import MENTEES, MatchingHouse, as_csv

MENTORS = [{"id": f"m{n}", "name": f"M {n}", "email": f"m{n}@example.org"} for n in range(6)]


class Killed(BaseException):
    """As kill -9 would: no handler catches it."""


class Mortal:
    """Documents that pass everything on until their owner's life is over: the last write is made, then all ends."""

    def __init__(self, documents: Documents, life: list[int]) -> None:
        self._documents, self._life = documents, life

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    def insert(self, writes: Sequence[Write]) -> list[bool]:
        return list(self._lived(self._documents.insert(writes)))

    def replace(self, write: Write, expected: int) -> bool:
        return bool(self._lived(self._documents.replace(write, expected)))

    def _lived(self, done: Any) -> Any:
        self._life[0] -= 1
        if self._life[0] == 0:
            raise Killed
        return done


def killed_after(house: MatchingHouse, writes: int) -> bool:
    """Works until so many writes are made; answers whether there were so many. Then everything works again."""
    matching, life = house.matching, [writes]
    repositories: list[Any] = [matching.people.store, matching.participants.store, matching.imports.store,
                               matching.imports.chunks, matching.runs.store, matching.runs.proposals_,
                               matching.runs.unmatched_, matching.pairs.store, matching.programmes.store]
    whole = [one.documents for one in repositories]
    for one in repositories:
        one.documents = Mortal(one.documents, life)
    try:
        house.settle()
    except Killed:
        return True
    finally:
        for one, documents in zip(repositories, whole, strict=True):
            one.documents = documents
    return False


def revived(house: MatchingHouse) -> None:
    """Another worker takes over, when the dead one's leases are over."""
    house.worker.stop()
    house.worker = house.a_worker()
    house.pass_time(minutes=5)


@pytest.mark.parametrize("writes", range(1, 9))
def test_an_import_killed_after_any_write_brings_everybody_in_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    programme = house.a_programme()
    job = house.matching.imports.check(programme.id, Role.MENTEE, as_csv(MENTEES))
    house.matching.imports.start(job.id)

    was_killed = killed_after(house, writes)
    revived(house)

    done = house.matching.imports.get(job.id)
    assert was_killed == (writes <= 5)
    assert (done.state, done.results) == (ImportState.DONE, Results(added=3))
    assert house.told(PEOPLE.name) == ["person-added"] * 3
    assert house.told(PARTICIPANTS.name) == ["participant-approved"] * 3
    house.close()


@pytest.mark.parametrize("writes", range(1, 8))
def test_publishing_killed_after_any_write_makes_every_pair_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    run = house.a_proposed_run(_programme(house))
    house.matching.runs.publish(run.id)

    killed_after(house, writes)
    revived(house)

    done = house.matching.runs.get(run.id)
    assert (done.state, done.published, done.refused) == (RunState.PUBLISHED, 3, [])
    assert house.told(PAIRS.name) == ["pair-created"] * 3
    house.close()


@pytest.mark.parametrize("writes", range(1, 8))
def test_solving_killed_after_any_write_is_done_again_by_another_worker(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    programme = _programme(house)
    run = house.matching.runs.queue(programme.id)

    killed_after(house, writes)
    revived(house)

    done = house.matching.runs.get(run.id)
    assert done.state is RunState.PROPOSED
    assert len(house.matching.runs.proposals(run.id, 50, None).items) == 3
    house.close()


def test_a_run_that_kills_every_worker_fails_at_the_third_attempt(house: MatchingHouse) -> None:
    run = house.matching.runs.queue(_programme(house).id)

    for _ in range(3):
        assert killed_after(house, 2)
        house.clock.set(house.clock.now().replace(minute=house.clock.now().minute + 5))
    revived(house)

    failed = house.matching.runs.get(run.id)
    assert (failed.state, failed.attempts) == (RunState.FAILED, 3)


def _programme(house: MatchingHouse) -> Programme:
    return house.a_full_programme(mentors=MENTORS)
