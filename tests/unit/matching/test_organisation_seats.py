"""Mentors' seats in the organisation: nobody has more pairs and circles than it allows, in however many programmes."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from services.matching.application.circling import Circling
from services.matching.application.organisation_seats import OrganisationSeats
from services.matching.contracts.closings import PartingReason
from services.matching.domain.circle import Shape
from services.matching.domain.pair import Pair
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.programme_rules import DEFAULT
from services.matching.domain.seats import NoFreeSeat, NoSeatInOrganisation
from services.matching.domain.trial import Free
from shared.kernel.ids import new_id
from shared.store.documents import Write
from tests.unit.matching.house import MatchingHouse

M = person_id("m")
SHAPE = Shape(name="Leading", mentor_ids=(M,), min_mentees=2, max_mentees=3)
MENTOR = {"id": "m", "name": "Mentor", "email": "m@example.org", "capacity": "50"}


def many(count: int) -> list[dict[str, str]]:
    return [{"id": f"e{n}", "name": f"E {n}", "email": f"e{n}@example.org"} for n in range(count)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MatchingHouse]:
    with closing(MatchingHouse(tmp_path, mentor_seats=2)) as house:
        yield house


def two_programmes(house: MatchingHouse, mentees: int = 4) -> tuple[Programme, Programme]:
    one, other = (house.a_full_programme(mentors=[MENTOR], mentees=many(mentees)) for _ in range(2))
    return one, other


def together(house: MatchingHouse, programme: Programme, mentee: str) -> Pair:
    pair = house.matching.pairs.propose(programme.id, M, person_id(mentee), "carla")
    return house.matching.pairs.agree(pair.id, "carla")


@pytest.mark.feature("B3")
def test_a_mentor_of_two_programmes_has_no_more_pairs_than_the_organisation_allows(house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    first = together(house, one, "e0")
    together(house, other, "e1")

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(other.id, M, person_id("e2"), "carla")
    house.matching.pairs.ask_for_rematch(first.id, M, PartingReason.NO_FIT)

    assert together(house, other, "e2").live


@pytest.mark.feature("B3")
def test_a_run_gives_nobody_a_mentor_who_has_no_seat_in_the_organisation(house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    together(house, one, "e0")

    run = house.a_proposed_run(other)

    assert run.found
    assert (run.found.matched, run.found.unmatched) == (1, 3)


@pytest.mark.feature("B3")
@pytest.mark.feature("C6")
def test_what_a_run_proposed_is_refused_where_the_seats_went_to_another_programme_meanwhile(
        house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    run = house.a_proposed_run(other)
    together(house, one, "e0")

    house.matching.runs.publish(run.id)
    house.settle()

    done = house.matching.runs.get(run.id)
    assert (done.published, [refused.code for refused in done.refused]) == (1, ["no-seat-in-organisation"])


@pytest.mark.feature("B3")
@pytest.mark.feature("C12")
def test_a_circle_takes_a_seat_in_the_organisation_too(house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    together(house, one, "e0")
    house.matching.circles.form(other.id, SHAPE)
    house.settle()

    assert house.matching.seeking.mentors(one.id, person_id("e1"), "").items[0].free == 0
    for refused in (lambda: house.matching.pairs.propose(one.id, M, person_id("e1"), "carla"),
                    lambda: house.matching.circles.form(one.id, SHAPE)):
        with pytest.raises(NoSeatInOrganisation):
            refused()


@pytest.mark.feature("B3")
@pytest.mark.parametrize("heard", [True, False])
def test_the_newest_circle_gives_way_where_it_took_the_last_seat_beside_a_pair(
        house: MatchingHouse, monkeypatch: pytest.MonkeyPatch, heard: bool) -> None:
    one, other = two_programmes(house)
    circles = []
    for programme in (one, other):
        circles.append(house.matching.circles.form(programme.id, SHAPE))
        house.pass_time(minutes=1)

    with monkeypatch.context() as patched:
        patched.setattr(OrganisationSeats, "taken", lambda _, ids: {each: set() for each in ids})
        together(house, one, "e0")
    with monkeypatch.context() as patched:
        if not heard:
            patched.setattr(Circling, "give_way", lambda *_: None)
        house.settle()
    for _ in range(4):  # the sweep looks twice before it mends
        house.pass_time(hours=1)

    assert [[party.person_id for party in house.matching.circles.store.get(circle.id).parties]
            for circle in circles] == [[M], []]


@pytest.mark.feature("B3")
def test_a_lower_limit_ends_no_circle(tmp_path: Path) -> None:
    with closing(MatchingHouse(tmp_path)) as before:
        circles = [before.matching.circles.form(programme.id, SHAPE) for programme in two_programmes(before)]
        before.settle()
    with closing(MatchingHouse(tmp_path, mentor_seats=1)) as house:
        for programme in house.matching.programmes.store.each({}):
            house.matching.sweeps.begin(programme.id)
        for _ in range(4):
            house.pass_time(hours=1)

        assert [len(house.matching.circles.store.get(circle.id).parties) for circle in circles] == [1, 1]


@pytest.mark.feature("B3")
def test_a_swap_sees_that_a_mentor_has_no_seat_left_in_the_organisation(house: MatchingHouse) -> None:
    mentors = [MENTOR, {**MENTOR, "id": "n", "name": "Nora", "email": "n@example.org", "capacity": "3"}]
    one, other = (house.a_full_programme(mentors=mentors, mentees=many(4)) for _ in range(2))
    run = house.a_proposed_run(other)
    for mentee in ("e0", "e1"):
        together(house, one, mentee)
    [proposal, *_] = [proposal for proposal in house.matching.runs.proposals(run.id, 50, None).items
                      if proposal.mentor_id != M]

    [found] = [one for one in house.matching.runs.alternatives(run.id, proposal.id) if one.mentor_id == M]

    assert found.made_way is not None


@pytest.mark.feature("B3")
def test_a_pair_that_was_stored_before_there_were_such_seats_holds_one(house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    for mentee in ("e0", "e1"):
        older(house, together(house, one, mentee))
    before = house.pairs(one)

    with pytest.raises(NoFreeSeat):
        house.matching.pairs.propose(other.id, M, person_id("e2"), "carla")
    house.pass_gates(before[0])

    assert {pair.seated for pair in house.pairs(one)} == {True}
    assert len({pair.organisation_seat for pair in house.pairs(one)}) == 2


def older(house: MatchingHouse, pair: Pair) -> None:
    """As a release wrote it that knew no seats in the organisation."""
    documents = house.matching.pairs.store.documents
    kept = documents.get(pair.id) or {}
    del kept["organisation_seat"]
    rewritten = {**kept, "shape": 1, "organisation_seat": f"x/{pair.id}"}
    assert documents.replace(Write(rewritten, ()), kept["version"])
    forget = "UPDATE pairs SET doc = json_remove(doc, '$.organisation_seat') WHERE id = ?"
    house.backbone.store.database.write(lambda db: db.execute(forget, (pair.id,)))  # type: ignore[attr-defined]


@pytest.mark.feature("B3")
@pytest.mark.slow
def test_accepts_in_two_programmes_at_once_never_exceed_it(house: MatchingHouse) -> None:
    two_of_many_find_a_seat(house)


@pytest.mark.feature("B3")
@pytest.mark.slow
def test_nor_do_they_on_a_server(tmp_path: Path, mongo_url: str) -> None:
    with closing(MatchingHouse(tmp_path, f"{mongo_url.rstrip('/')}/v{new_id()[:8]}", mentor_seats=2)) as house:
        two_of_many_find_a_seat(house)


def two_of_many_find_a_seat(house: MatchingHouse) -> None:
    programmes = two_programmes(house, mentees=20)
    pairs = [house.matching.pairs.propose(one.id, M, person_id(f"e{n}"), "carla") for n in range(20)
             for one in programmes]

    def accept(pair_id: str) -> str:
        try:
            return house.matching.pairs.agree(pair_id, "carla").state
        except NoFreeSeat as refusal:
            return refusal.code

    with ThreadPoolExecutor(16) as pool:
        answers = Counter(pool.map(accept, [pair.id for pair in pairs]))

    assert answers == {"awaiting-training": 2, "no-seat-in-organisation": 38}


def test_without_a_limit_every_pair_holds_one_all_the_same(tmp_path: Path) -> None:
    with closing(MatchingHouse(tmp_path)) as house:
        one, other = two_programmes(house)
        for programme in (one, other):
            house.a_published_run(programme)
        held = {pair.organisation_seat for programme in (one, other) for pair in house.pairs(programme)}

    assert held == {f"organisation/{M}#{number}" for number in range(8)}


def test_a_trial_counts_the_seats_that_other_programmes_took(house: MatchingHouse) -> None:
    one, other = two_programmes(house)
    together(house, one, "e0")

    def free() -> Free:
        trial = house.matching.trials.begin(other.id, DEFAULT, by="carla")
        house.settle()
        difference = house.matching.trials.get(trial.id).difference
        assert difference
        return difference.free

    assert free() == Free(mentees=4, mentors=1, seats=1)
    together(house, one, "e1")
    assert (free(), free().anybody) == (Free(mentees=4), False)
