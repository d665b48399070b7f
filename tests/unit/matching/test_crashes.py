"""Jobs survive a kill after any of their writes: nothing is lost, nothing is done twice."""

from pathlib import Path

import pytest

from services.matching.contracts.matching_runs import RunState
from services.matching.contracts.pairs import PAIRS
from services.matching.contracts.participants import PARTICIPANTS, Role
from services.matching.contracts.people import PEOPLE
from services.matching.domain.import_job import ImportState, Results
from services.matching.domain.programme import Programme
from tests.unit.matching.house import MENTEES, MatchingHouse, as_csv
from tests.unit.matching.mortal import killed_after, revived

MENTORS = [{"id": f"m{n}", "name": f"M {n}", "email": f"m{n}@example.org"} for n in range(6)]


@pytest.mark.slow
@pytest.mark.parametrize("writes", range(1, 9))
def test_an_import_killed_after_any_write_brings_everybody_in_once(tmp_path: Path, writes: int) -> None:
    house = MatchingHouse(tmp_path)
    programme = house.a_programme()
    job = house.matching.imports.check(programme.id, Role.MENTEE, as_csv(MENTEES))
    house.matching.imports.start(job.id)

    was_killed = killed_after(house, writes)
    revived(house)

    done = house.matching.imports.get(job.id)
    assert was_killed == (writes <= 4)
    assert (done.state, done.results) == (ImportState.DONE, Results(added=3))
    assert house.told(PEOPLE.name) == ["person-added"] * 3
    assert house.told(PARTICIPANTS.name) == ["participant-approved"] * 3
    house.close()


@pytest.mark.slow
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


@pytest.mark.slow
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
