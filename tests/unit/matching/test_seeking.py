"""Whom a mentee could have by hand: any eligible mentor, with rules that forbid it and wishes that it breaks."""

import random
from contextlib import suppress

import pytest

from services.matching.application.offering import MOST_OFFERS
from services.matching.application.pairs import BarredByRule
from services.matching.application.seeking import MOST_SHOWN, Sought
from services.matching.application.seeking import sought as seek
from services.matching.contracts.pairs import CloseReason
from services.matching.contracts.participants import Role
from services.matching.domain.circle import Shape
from services.matching.domain.matchmaking.rules import Rulebook
from services.matching.domain.pair import Pair
from services.matching.domain.participant import NotTakingPart, application_id
from services.matching.domain.person import person_id
from services.matching.domain.programme import Programme
from services.matching.domain.seats import AlreadyTogether
from shared.kernel.errors import DomainError
from tests.unit.matching.calling import app_of
from tests.unit.matching.house import MENTEES, MENTORS, MatchingHouse
from tests.unit.surveys.calling import Caller

M1, M2, E1, E2, E3 = (person_id(name) for name in ("m1", "m2", "e1", "e2", "e3"))


def sought(house: MatchingHouse, programme: Programme, mentee: str, text: str = "") -> dict[str, Sought]:
    return {one.mentor_id: one for one in house.matching.seeking.mentors(programme.id, mentee, text).items}


def pairs_by_hand(house: MatchingHouse, programme: Programme, mentor: str, mentee: str) -> Pair:
    pair = house.matching.pairs.propose(programme.id, mentor, mentee, "carla")
    return house.matching.pairs.agree(pair.id, "carla")


@pytest.mark.feature("C1")
def test_any_eligible_two_can_be_paired_and_a_hard_rule_refuses_by_name(house: MatchingHouse) -> None:
    mentees = [{**MENTEES[0], "manager": "m2"}, {**MENTEES[1], "languages": "fr"}, {**MENTEES[2], "capacity": "2"}]
    programme = house.a_full_programme(mentors=[{**MENTORS[0], "capacity": "9"}, {**MENTORS[1], "capacity": "9"}],
                                       mentees=mentees)

    found = {(mentor, mentee): one.rules for mentee in (E1, E2, E3)
             for mentor, one in sought(house, programme, mentee).items()}

    assert found == {(M1, E1): (), (M2, E1): ("reporting-line",), (M1, E2): ("common-language",),
                     (M2, E2): ("common-language",), (M1, E3): (), (M2, E3): ()}
    for two, [rule] in ((two, rules) for two, rules in found.items() if rules):
        with pytest.raises(BarredByRule, match=rule):
            pairs_by_hand(house, programme, *two)
    made = {two for two, rules in found.items() if not rules and pairs_by_hand(house, programme, *two).live}
    assert made == {(M1, E1), (M1, E3), (M2, E3)}


@pytest.mark.feature("C1")
def test_two_who_were_a_pair_may_be_one_again_by_hand_and_two_who_are_may_not(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    pair = pairs_by_hand(house, programme, M1, E1)
    together = sought(house, programme, E1)[M1].rules
    with pytest.raises(AlreadyTogether):
        pairs_by_hand(house, programme, M1, E1)

    house.matching.pairs.close(pair.id, CloseReason.ENDED_EARLY, "carla")
    house.settle()

    assert (together, sought(house, programme, E1)[M1].rules) == (("excluded",), ())
    assert pairs_by_hand(house, programme, M1, E1).live


@pytest.mark.feature("C1")
def test_a_broken_wish_is_named_before_the_two_are_paired(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[{**MENTEES[0], "wishes": "m1; m2"}, MENTEES[1]])

    found = sought(house, programme, E1)

    assert found[M1].broken_wishes == ()
    assert [(one.rank, one.person_id) for one in found[M2].broken_wishes] == [(1, M1)]
    assert not any(one.broken_wishes for one in sought(house, programme, E2).values())
    assert pairs_by_hand(house, programme, M2, E1).live


def test_seats_that_are_left_are_told_and_full_mentors_come_behind(house: MatchingHouse) -> None:
    programme = house.a_full_programme(mentees=[*MENTEES[:2], {**MENTEES[2], "wishes": ""}])
    assert [*sought(house, programme, E3)] == [M1, M2]
    for mentee in (E1, E2):
        pairs_by_hand(house, programme, M1, mentee)

    found = sought(house, programme, E3)

    assert [(mentor, one.free) for mentor, one in found.items()] == [(M2, 1), (M1, 0)]
    assert all(one.score == sum(reason.points for reason in one.reasons) for one in found.values())


def test_a_seat_in_a_circle_is_not_left(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    before = {mentor: one.free for mentor, one in sought(house, programme, E3).items()}
    house.matching.circles.form(programme.id, Shape(name="Leading", mentor_ids=(M1,)))
    house.settle()

    assert {mentor: one.free for mentor, one in sought(house, programme, E3).items()} == {
        **before, M1: before[M1] - 1}


@pytest.mark.parametrize(("text", "found"), [
    ("", {M1, M2}), ("torres", {M1}), ("MIA lead", {M1}), ("sales", {M1, M2}), ("python sales", {M1}),
    ("e1", set()), ("mo@example.org", set())])
def test_every_word_must_be_somewhere_in_what_is_known_of_a_mentor(
        house: MatchingHouse, text: str, found: set[str]) -> None:
    assert sought(house, house.a_full_programme(), E1, text).keys() == found


def test_of_many_the_best_are_shown_and_all_are_counted(house: MatchingHouse) -> None:
    many = [{**MENTORS[1], "id": f"n{number}", "email": f"n{number}@example.org", "name": f"Nils {number:02}",
             "manager": "", "skills": "python" if number == 29 else ""} for number in range(30)]
    programme = house.a_full_programme(mentors=many)

    search = house.matching.seeking.mentors(programme.id, E1, "nils")

    assert (search.found, len(search.items)) == (30, MOST_SHOWN)
    assert search.items[0].mentor_id == person_id("n29")


def a_random_programme(house: MatchingHouse, seed: int) -> Programme:
    dice = random.Random(seed)
    skills, names = ["python", "Sales ", "leading", "ÄRA", "sql"], ["Nils", "Ana", "Uwe"]

    def people(letter: str, column: str) -> list[dict[str, str]]:
        return [{"id": f"{letter}{n}", "name": dice.choice(names), "email": f"{letter}{n}@example.org",
                 "capacity": str(dice.randint(0, 3)), "department": dice.choice(["Sales", "IT", ""]),
                 "location": dice.choice(["Bonn", "bonn", "Wien"]), "grade": dice.choice(["junior", "lead", ""]),
                 "languages": dice.choice(["en", "de; en", "fr"]), "manager": dice.choice(["m1", "e1", "x1", "x2", ""]),
                 column: "; ".join(dice.sample(skills, dice.randint(0, 3))),
                 "exclude": dice.choice(["", "", "e1@example.org; m3", "e2"]),
                 "wishes": dice.choice(["", "m1; e1", "m2@example.org"])} for n in range(1, 26)]
    programme = house.a_full_programme(people("m", "skills"), people("e", "goals"), requests_allowed=True)
    for _ in range(6):
        with suppress(DomainError):
            pairs_by_hand(house, programme, person_id(f"m{dice.randint(1, 25)}"), person_id(f"e{dice.randint(1, 4)}"))
    return programme


def one_by_one(house: MatchingHouse, programme: Programme, mentee: str) -> list[Sought]:
    """Every mentor in full, and then the best: by the words of `rules` alone."""
    participants = {one.person_id: one for one in house.matching.participants.active(programme.id, Role.MENTOR)}
    judged = house.matching.pairs.candidates.among(programme.id, {*participants}, {mentee}, programme.plan)
    live = [one.mentor_id for one in house.pairs(programme) if one.live]
    wishes = house.matching.pairs.candidates.wishes_of(judged, mentee)
    found = [seek(judged, mentor, mentee, participants[mentor].capacity - live.count(mentor), wishes)
             for mentor in judged.mentors]
    names = {one.id: one.details.name for one in house.matching.people.known(judged.mentors).values()}
    return sorted(found, key=lambda one: (bool(one.rules), one.free <= 0, -one.score, names[one.mentor_id]))


@pytest.mark.parametrize("seed", range(3))
def test_who_is_found_and_offered_and_why_is_what_judging_each_pair_in_full_says(
        house: MatchingHouse, seed: int) -> None:
    programme = a_random_programme(house, seed)
    offering = house.matching.offering

    for mentee in (person_id(f"e{n}") for n in range(1, 9)):
        expected = one_by_one(house, programme, mentee)
        partners = {one.mentor_id for one in house.pairs(programme) if one.live and one.mentee_id == mentee}
        offered = sorted((one for one in expected if not one.rules and one.free > 0 and one.mentor_id not in partners),
                         key=lambda one: (-one.score, one.mentor_id))

        search = house.matching.seeking.mentors(programme.id, mentee, "")

        assert (search.found, search.items) == (len(expected), tuple(expected[:MOST_SHOWN]))
        assert [(one.mentor_id, one.score, one.room) for one in offering.offers(programme.id, mentee)] == [
            (one.mentor_id, one.score, one.free) for one in offered]


def test_only_mentors_of_the_page_are_told_of_in_words(house: MatchingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [{"id": f"n{n}", "name": f"N {n}", "email": f"n{n}@example.org", "capacity": "2"} for n in range(60)]
    programme = house.a_full_programme(mentors=many, requests_allowed=True)
    told: list[str] = []
    reasons = Rulebook.reasons
    monkeypatch.setattr(Rulebook, "reasons", lambda book, mentor, mentee: (
        told.append(mentor.id), reasons(book, mentor, mentee))[1])

    assert house.matching.seeking.mentors(programme.id, E1, "").found == 60
    assert len(told) == MOST_SHOWN
    assert len(house.matching.offering.offers(programme.id, E1)) == MOST_OFFERS
    assert len(told) == MOST_SHOWN + MOST_OFFERS


def test_nobody_is_sought_for_whoever_takes_no_part(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    house.matching.participants.pause(application_id(programme.id, E1, Role.MENTEE))

    for mentee in (E1, "nobody"):
        with pytest.raises(NotTakingPart):
            house.matching.seeking.mentors(programme.id, mentee, "")


def test_coordinators_look_for_mentors_over_http(house: MatchingHouse) -> None:
    programme = house.a_full_programme()
    app = app_of(house)
    place = f"/programmes/{programme.id}/candidates?mentee_id={E1}&text=mia"

    found = Caller(app, "carla", ())("GET", place).json

    assert (found["found"], found["best"], [one["mentor_id"] for one in found["items"]]) == (1, 104, [M1])
    assert "name" not in found["items"][0]
    assert Caller(app, "otto", ())("GET", place).status_code == 404
    assert Caller(app, "carla", ())("GET", f"/programmes/{programme.id}/candidates").status_code == 422
