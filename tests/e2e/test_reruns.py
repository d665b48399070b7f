"""A run after another, on MongoDB and Kafka: two are begun at once, and each says what it changes."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.e2e.village import MENTEES, MENTORS, Village


def test_two_runs_at_once_are_both_solved_and_the_next_keeps_who_is_settled(village_on_a_cluster: Village) -> None:
    village = village_on_a_cluster
    programme = village.programme()
    village.bring(programme, "mentor", MENTORS)
    village.bring(programme, "mentee", MENTEES)
    place = f"/programmes/{programme}/runs"

    with ThreadPoolExecutor(2) as both:
        begun = [one.json["id"] for one in both.map(lambda _: village.send("POST", "matching", place), range(2))]
    village.settle()
    village.settle(seconds=1)
    later = village.send("POST", "matching", place).json["id"]
    village.settle()

    runs = {one: village.get("matching", f"/runs/{one}") for one in (*begun, later)}
    assert {one["state"] for one in runs.values()} == {"proposed"}
    assert runs[later]["changes"]["since"] in begun
    assert (runs[later]["changes"]["moved"], runs[later]["changes"]["points"]) == (0, 0)
    before, now = (village.get("matching", f"/runs/{one}/proposals")["items"]
                   for one in (runs[later]["changes"]["since"], later))
    assert couples(before) == couples(now)
    assert {reason["criterion"] for one in now for reason in one["reasons"]} >= {"settled"}


def couples(proposals: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["mentee_id"], one["mentor_id"]) for one in proposals}
