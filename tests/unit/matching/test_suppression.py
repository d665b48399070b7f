"""Whoever deploys says how small a group may be of which there are figures."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.matching import bootstrap
from services.matching.contracts.digests import DIGESTS
from services.matching.domain.choice import DeclineReason
from services.matching.domain.person import person_id
from services.matching.domain.suppression import LOWEST, Suppression
from services.matching.settings import Settings, read
from shared.runtime.settings import WrongSettings
from tests.unit.matching.house import MENTORS, MatchingHouse
from tests.unit.matching.test_http import app_of
from tests.unit.matching.test_motives import many
from tests.unit.matching.test_requests import a_request
from tests.unit.matching.test_run import in_groups
from tests.unit.surveys.calling import Caller

NEEDED = {"STORE_URL": "sqlite:data", "EVENTS_URL": "embedded:data", "ERASURE_KEY": "x" * 32}
Made = Callable[[int], MatchingHouse]


@pytest.fixture
def house_of(tmp_path: Path) -> Iterator[Made]:
    """A house with such a smallest group."""
    made: list[MatchingHouse] = []

    def make(least: int) -> MatchingHouse:
        made.append(MatchingHouse(tmp_path / str(least), smallest_group=least))
        return made[-1]
    yield make
    for one in made:
        one.close()


def deployed_anew(house: MatchingHouse, least: int) -> None:
    """The same store, under another setting."""
    house.worker.stop()
    house.settings = Settings(smallest_group=least)
    house.matching = bootstrap.build(house.settings, house.backbone)
    house.worker = house.a_worker()


def counts(items: list[dict[str, Any]]) -> dict[str, int | None]:
    return {one["code"]: one["count"] for one in items}


@pytest.mark.parametrize(("said", "least"), [({}, 5), ({"SMALLEST_GROUP": "3"}, 3), ({"SMALLEST_GROUP": "12"}, 12)])
def test_the_smallest_group_is_a_setting(said: dict[str, str], least: int) -> None:
    assert read({**NEEDED, **said}).smallest_group == least


@pytest.mark.parametrize("said", ["2", "0", "-5", "some", ""])
def test_fewer_than_three_are_refused_at_the_start(said: str) -> None:
    with pytest.raises(WrongSettings, match=r"^SMALLEST_GROUP is wrong: "):
        read({**NEEDED, "SMALLEST_GROUP": said})


@given(some.integers(LOWEST, 20), some.dictionaries(some.text("abc", max_size=2), some.integers(0, 40)))
def test_what_is_not_shown_is_nobody_or_as_many_as_the_smallest_group(least: int, groups: dict[str, int]) -> None:
    shown = Suppression(least).large_enough(groups)

    rest = sum(groups.values()) - sum(shown.values())
    assert all(count >= least for count in shown.values())
    assert not shown or rest == 0 or rest >= least


@given(some.integers(LOWEST, 20), some.integers(0, 200))
def test_a_figure_stands_for_as_many_numbers_as_the_smallest_group(least: int, count: int) -> None:
    alike = [one for one in range(300) if Suppression(least).in_steps(one) == Suppression(least).in_steps(count)]

    assert len(alike) == least


@pytest.mark.feature("C18")
def test_groups_of_a_run_are_as_large_as_was_deployed(house_of: Made) -> None:
    house = house_of(3)
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "6"}, MENTORS[1]],
                                       mentees=in_groups({"Sales": 6, "Art": 3}))
    run = house.a_proposed_run(programme)

    assert [one.name for one in house.matching.runs.fairness(run.id).groups[0].shown] == ["Sales", "Art"]
    deployed_anew(house, 5)
    assert house.matching.runs.fairness(run.id).groups == (), "it was found when three were enough"
    assert house.matching.runs.fairness(run.id).choices


@pytest.mark.feature("S4.4")
def test_motives_go_in_steps_of_the_smallest_group(house_of: Made) -> None:
    house = house_of(3)
    programme = house.a_programme()
    many(house, programme, 8)
    path, carla = f"/programmes/{programme.id}/motives", Caller(app_of(house), "carla", ())
    carla.get(path)
    house.settle()

    found = carla.get(path).json

    assert (found["least"], found["fewest"], found["items"][0]["answered"]) == (3, 6, 6)
    deployed_anew(house, 4)
    carla = Caller(app_of(house), "carla", ())
    house.pass_time(seconds=11)
    before = carla.get(path).json
    house.settle()
    after = carla.get(path).json
    assert (before["items"], before["least"], before["counting"], before["as_of"]) == ([], 4, True, None)
    assert (after["least"], after["fewest"], after["items"][0]["answered"]) == (4, 8, 8)


@pytest.mark.feature("S4.3")
def test_a_sponsor_reads_in_steps_of_the_smallest_group(house_of: Made) -> None:
    house = house_of(3)
    programme = house.a_full_programme(sponsor_id="sigrid", mentees=[
        {"id": f"e{number}", "name": f"E {number}", "email": f"e{number}@example.org"} for number in range(7)])
    house.pass_time(days=40)

    view = Caller(app_of(house), "sigrid", ()).get(f"/programmes/{programme.id}/sponsor-view").json

    of = {one["role"]: counts(one["steps"]) for one in view["sides"]}
    assert (view["least"], of["mentee"]["approved"], of["mentor"]["approved"]) == (3, 6, len(MENTORS) // 3 * 3 or None)
    digest = [one.data for one in house.world.heard(DIGESTS.name) if one.data][-1]
    assert (digest["least"], counts(digest["figures"])["mentee-approved"]) == (3, 6)


@pytest.mark.feature("C17")
def test_reasons_to_decline_are_counted_from_four_smallest_groups_on(house_of: Made) -> None:
    house = house_of(3)
    people = [{"id": f"{side}{n}", "name": f"{side} {n}", "email": f"{side}{n}@example.org", "manager": f"x{side}{n}"}
              for side in "me" for n in range(1, 14)]
    programme = house.a_full_programme(people[:13], people[13:], requests_allowed=True)
    counted = []

    for n, reason in enumerate([DeclineReason.NO_TIME] * 7 + [DeclineReason.TOO_CLOSE] * 6, 1):
        request = a_request(house, programme, person_id(f"e{n}"), person_id(f"m{n}"))
        house.matching.requests.decline(request.id, person_id(f"m{n}"), reason, "")
        counted.append(house.matching.refusals.of(programme.id).reasons)

    assert counted == [{}] * 11 + [{"no-time": 7, "too-close": 5}] * 2
