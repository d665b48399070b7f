"""What a run says of the pairs that a swap made: wishes passed over, scores that stay, their place in the list."""

from typing import Any

import pytest

from services.matching.application.proposal_pages import Only
from services.matching.application.swapping import Shown, SwapChanged
from services.matching.contracts.participants import Role
from services.matching.domain.matching_run import MatchingRun
from services.matching.domain.matchmaking.summary import fit
from services.matching.domain.participant import application_id
from services.matching.domain.proposal import BrokenWish
from services.matching.domain.quality import NO_FIT
from services.matching.entrypoints.http import make_app
from services.matching.settings import Settings
from shared.store.documents import Write
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.matching.test_swaps import E1, E2, E3, M1, M2, M3, THIRD, found, standing, swaps, two_and_two
from tests.unit.surveys.calling import PUBLIC_KEY, Caller


def listed(house: MatchingHouse, run: MatchingRun, limit: int = 50, **query: Any) -> list[list[tuple[str, int]]]:
    """The pages of a list, as (mentee, score)."""
    pages, after = [], None
    while True:
        page = house.matching.runs.proposals(run.id, limit, after, **query)
        pages.append([(one.mentee_id, one.score) for one in page.items])
        if (after := page.after) is None:
            return pages


@pytest.mark.feature("C8")
def test_a_swap_names_every_wish_that_it_passes_over(house: MatchingHouse) -> None:
    mentees = [{**MENTEES[0], "wishes": "nobody; m1; m2"}, MENTEES[1]]
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}, MENTORS[1], THIRD], mentees=mentees)
    run = house.a_proposed_run(programme)

    swaps(house, run, E1, M3)

    now = standing(house, run)[E1]
    assert [(one.rank, one.code) for one in now.broken_wishes] == [(1, "unknown"), (2, "seats-taken"),
                                                                  (3, "seats-taken")]
    assert [one.person_id for one in now.broken_wishes[1:]] == [M1, M2]
    assert house.matching.runs.proposal(run.id, now.id).broken_wishes == now.broken_wishes
    swaps(house, run, E1, M2)
    assert [one.rank for one in standing(house, run)[E1].broken_wishes] == [1, 2]


@pytest.mark.feature("C8")
def test_whoever_makes_way_is_told_with_the_wish_that_is_broken_by_it(house: MatchingHouse) -> None:
    mentees = [MENTEES[0], {**MENTEES[1], "wishes": "m2"}]
    mentors = [{**MENTORS[0], "capacity": "1"}, MENTORS[1]]
    run = house.a_proposed_run(house.a_full_programme(mentors=mentors, mentees=mentees))

    swaps(house, run, E1, M2)

    now = standing(house, run)
    assert now[E1].broken_wishes == (BrokenWish(1, M1, "seats-taken"),)
    assert now[E2].broken_wishes == (BrokenWish(1, M2, "seats-taken"),)


@pytest.mark.feature("C8")
def test_a_wish_that_a_rule_forbids_is_told_with_the_rule(house: MatchingHouse) -> None:
    mentors = [{**MENTORS[0], "capacity": "1"}, MENTORS[1], THIRD]
    programme = house.a_full_programme(mentors=mentors, mentees=MENTEES[:2])
    house.matching.rulings.exclude(programme.id, M1, E1, by="carla")
    run = house.a_proposed_run(programme)
    other = M3 if standing(house, run)[E1].mentor_id == M2 else M2

    swaps(house, run, E1, other)

    [broken] = standing(house, run)[E1].broken_wishes
    assert (broken.person_id, broken.code, list(broken.params)) == (M1, "barred", ["rule"])


@pytest.mark.feature("C7")
def test_what_people_say_after_a_swap_changes_neither_score_nor_chart(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    after = swaps(house, run, E1, M2)
    before = {mentee: (one.score, one.reasons, one.broken_wishes) for mentee, one in standing(house, run).items()}
    house.matching.participants.store.change(
        application_id(programme.id, E2, Role.MENTEE), lambda one: one.answers.update({"goals": "", "wishes": "m1"}))

    now = standing(house, run)

    assert {mentee: (one.score, one.reasons, one.broken_wishes) for mentee, one in now.items()} == before
    assert all(one.score == sum(reason.points for reason in one.reasons) for one in now.values())
    assert after.edited
    assert sorted(fit(one.reasons, NO_FIT) for one in now.values()) == [after.edited.curve[0], after.edited.curve[-1]]


@pytest.mark.feature("C7")
def test_whoever_makes_way_had_before_what_the_list_says(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    told = standing(house, run)[E2].score
    house.matching.participants.store.change(
        application_id(programme.id, E2, Role.MENTEE), lambda one: one.answers.update({"goals": "leading"}))

    [other] = house.matching.runs.alternatives(run.id, found(house, run, E1).id)

    assert other.made_way
    assert (other.made_way.before, told > 0) == (told, True)


def as_stored_before(house: MatchingHouse, run: MatchingRun) -> None:
    """Moves without what they keep today."""
    documents = house.matching.runs.store.documents
    kept = documents.get(run.id)
    assert kept
    bare = {name: {key: move[key] for key in ("mentee_id", "mentor_id", "chosen")}
            for name, move in kept["moves"].items()}
    assert documents.replace(Write({**kept, "moves": bare, "version": kept["version"] + 1}, ()), kept["version"])


@pytest.mark.feature("C7")
@pytest.mark.parametrize("order", [{"weakest": True}, {"only": Only.CHANGED}])
def test_swaps_that_were_stored_without_reasons_are_scored_as_rules_say_now(
        house: MatchingHouse, order: dict[str, Any]) -> None:
    _, run = two_and_two(house)
    swaps(house, run, E1, M2)
    before, pages = standing(house, run), listed(house, run, **order)

    as_stored_before(house, run)

    now = standing(house, run)
    assert {mentee: (one.score, one.reasons) for mentee, one in now.items()} == {
        mentee: (one.score, one.reasons) for mentee, one in before.items()}
    assert now[E1].reasons
    assert listed(house, run, **order) == pages
    assert house.matching.runs.proposal(run.id, now[E1].id).score == now[E1].score


def test_a_swap_of_before_with_whoever_takes_part_no_more_keeps_what_the_run_found(house: MatchingHouse) -> None:
    programme, run = two_and_two(house)
    found_at_first = standing(house, run)[E1].score
    swaps(house, run, E1, M2)
    as_stored_before(house, run)
    house.matching.participants.pause(application_id(programme.id, M2, Role.MENTOR))

    [now] = [one for one in house.matching.runs.proposals(run.id, 50, None, Only.CHANGED).items if one.mentee_id == E1]

    assert (now.mentor_id, now.score) == (M2, found_at_first)


def test_the_next_swap_keeps_the_reasons_of_those_of_before(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}, MENTORS[1], THIRD])
    run = house.a_proposed_run(programme)
    swaps(house, run, E1, M3)
    as_stored_before(house, run)

    after = swaps(house, run, E1, M2)

    assert not any(move.is_unexplained for move in after.moves.values())


@pytest.mark.parametrize("weakest", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_swapped_pairs_stand_where_their_score_belongs(house: MatchingHouse, limit: int, *, weakest: bool) -> None:
    programme = house.a_full_programme(mentors=[*MENTORS, THIRD])
    run = house.a_proposed_run(programme)
    strongest = max(standing(house, run).values(), key=lambda one: one.score)
    others = house.matching.runs.alternatives(run.id, strongest.id)
    swaps(house, run, strongest.mentee_id, min(others, key=lambda one: one.score).mentor_id)

    pages = listed(house, run, limit, weakest=weakest)

    scores = [score for page in pages for _, score in page]
    assert scores == sorted(scores, reverse=not weakest)
    assert len({mentee for page in pages for mentee, _ in page}) == len(scores) == len(standing(house, run)) == 3


@pytest.mark.feature("C3")
def test_a_swap_that_would_move_others_than_was_shown_is_asked_again(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    one, other = found(house, run, E1), found(house, run, E2)
    carla = Caller(make_app(house.matching, Settings(token_key=PUBLIC_KEY), house.backbone), "carla", ())
    place = f"/runs/{run.id}/proposals/{one.id}/swap"

    stale = [{"instead_of": M2, "making_way": other.id, "moving_to": M1}, {"instead_of": M1},
             {"instead_of": M1, "making_way": other.id, "moving_to": M3}]
    answers = [carla("POST", place, {"mentor_id": M2, "shown": one}) for one in stale]

    assert {(one.status_code, one.json["code"]) for one in answers} == {(409, "swap-changed")}
    assert standing(house, run)[E1].mentor_id == M1
    right = {"instead_of": M1, "making_way": other.id, "moving_to": M1}
    assert carla("POST", place, {"mentor_id": M2, "shown": right}).status_code == 200
    assert standing(house, run)[E1].mentor_id == M2


def test_a_lock_made_meanwhile_lets_nobody_else_make_way_unseen(house: MatchingHouse) -> None:
    mentors = [{**MENTORS[0], "capacity": "2"}, MENTORS[1]]
    programme = house.a_full_programme(mentors=mentors)
    run = house.a_proposed_run(programme)
    now = standing(house, run)
    sole = next(one for one in now.values() if one.mentor_id == M2)
    [other] = house.matching.runs.alternatives(run.id, sole.id)
    assert other.made_way
    house.matching.rulings.lock(programme.id, M1, other.made_way.mentee_id, by="carla")

    with pytest.raises(SwapChanged):
        house.matching.runs.swap(run.id, sole.id, M1, "carla",
                                 Shown(M2, other.made_way.proposal_id, other.made_way.mentor_id))

    assert standing(house, run)[sole.mentee_id].mentor_id == M2


def test_a_list_shows_broken_wishes_changes_or_locks_alone(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "1"}, MENTORS[1], THIRD])
    run = house.a_proposed_run(programme)
    now = standing(house, run)
    broken = {mentee for mentee, one in now.items() if one.broken_wishes}
    locked, swapped = (mentee for mentee in (E2, E1, E3) if mentee not in broken) if len(broken) == 1 else (E2, E1)
    house.matching.rulings.lock(programme.id, now[locked].mentor_id, locked, by="carla")

    def only(which: Only) -> set[str]:
        return {mentee for page in listed(house, run, 1, only=which) for mentee, _ in page}

    assert (only(Only.BROKEN_WISH), only(Only.CHANGED), only(Only.LOCKED)) == (broken, set(), {locked})
    others = house.matching.runs.alternatives(run.id, now[swapped].id)
    after = swaps(house, run, swapped, others[0].mentor_id)
    house.settle()
    moved = {one.mentee_id for one in after.moves.values() if one.mentor_id}
    assert only(Only.CHANGED) == moved
    assert {locked, swapped} <= only(Only.LOCKED)
    assert only(Only.BROKEN_WISH) == {mentee for mentee, one in standing(house, run).items() if one.broken_wishes}


def test_a_filter_goes_with_a_name_over_http(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    swaps(house, run, E1, M2)
    carla = Caller(make_app(house.matching, Settings(token_key=PUBLIC_KEY), house.backbone), "carla", ())

    def mentees(query: str) -> set[str]:
        return {one["mentee_id"] for one in carla("GET", f"/runs/{run.id}/proposals?{query}").json["items"]}

    assert mentees("which=broken-wish") == {E1}
    assert (mentees("which=broken-wish&q=Eva"), mentees("which=broken-wish&q=Eli")) == ({E1}, set())
    assert mentees("which=changed&q=Eli") == {E2}
    assert carla("GET", f"/runs/{run.id}/proposals?which=other").status_code == 422


def test_a_swap_names_nobody_who_is_forgotten_among_broken_wishes(house: MatchingHouse) -> None:
    _, run = two_and_two(house)
    swaps(house, run, E1, M2)

    house.matching.runs.forget(M1)

    assert standing(house, run)[E1].broken_wishes == ()
    assert M1 not in str(house.matching.runs.store.documents.get(run.id))
