"""What a pair comes to once: its first session, as either of the two says it first."""

from services.surveys.contracts.journeys import Milestone, MilestoneReached
from services.surveys.domain.answer import Answer
from tests.unit.surveys.builders import MONDAY, a_check_in, a_journey_under_way, told
from tests.unit.surveys.house import SurveysHouse


def test_the_first_word_of_a_session_counts_and_no_later_one() -> None:
    journey = a_journey_under_way()
    before = told(journey)

    journey.reach(Milestone.FIRST_SESSION, MONDAY)
    journey.reach(Milestone.FIRST_SESSION, MONDAY)

    assert told(journey)[len(before):] == ["milestone-reached"]
    assert journey.milestones == {"first-session": MONDAY}


def test_whoever_says_later_that_they_met_has_said_so_once() -> None:
    check_in = a_check_in()
    check_in.on_opening(check_in.opens_at)
    at, who = check_in.opens_at, check_in.person_id

    for met in (None, False, True, True, False, True):
        check_in.reply(Answer(rating=4, met=met), who, at)

    assert told(check_in).count("meeting-told") == 2, "taken back, and said again"


def test_of_two_who_say_that_they_met_the_world_hears_once(house: SurveysHouse) -> None:
    house.start_pair()
    house.pass_days(14)
    for who, met in (("mentor-1", None), ("mentee-1", True), ("mentor-1", True)):
        house.surveys.check_ins.reply(house.open_one(who).id if met is None or who == "mentee-1"
                                      else house.check_ins(person_id=who, state="answered")[0].id,
                                      Answer(rating=5, met=met), who)
        house.settle()

    assert [one.type for one in house.world.heard("mentoring.journeys.v1")].count(MilestoneReached.type) == 1
    assert house.surveys.journeys.of_pair("pair-1").milestones.keys() == {"first-session"}
    [entry] = [one for one in house.surveys.timeline.of_pair("pair-1") if one.kind == "milestone-reached"]
    assert entry.person_id is None
