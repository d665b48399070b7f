"""A mentor's gaps become training, and new weights find others: over HTTP and events, on a broker and a server, with
the house torn down in the middle."""

from pathlib import Path
from typing import Any

import pytest

from services.matching.domain.person import person_id
from shared.kernel.ids import new_id
from tests.e2e.test_applications import a_programme, decide
from tests.e2e.village import Village
from tests.engines.kafka_server import KafkaServer

A1, A2 = person_id("a1"), person_id("a2")
OFFERED = {"skills": "python", "languages": "en", "capacity": "1", "voluntary": "yes", "hurdles": "none",
           "listening": "5"}


def apply(village: Village, programme: str, who: str) -> str:
    draft = village.send("PUT", "matching", f"/programmes/{programme}/draft", by=who,
                         json={"role": "mentor", "answers": OFFERED}).json
    village.send("POST", "matching", f"/applications/{draft['id']}/submission", by=who)
    village.settle()
    return str(draft["id"])


def training(village: Village, who: str) -> dict[str, str]:
    found = village.get("community", "/me/assignments", by=who)["items"]
    return {one["gap"]: one["state"] for one in found if one["gap"]}


def weigh(village: Village, programme: str, **points: int) -> None:
    """0 takes a criterion out."""
    kept = village.get("matching", f"/programmes/{programme}/profile")
    criteria = [{**one, "points": points.get(one["code"], one["points"])} for one in kept["criteria"]
                if points.get(one["code"], one["points"])]
    village.send("PATCH", "matching", f"/programmes/{programme}", json={"profile": {"criteria": criteria}},
                 headers={"If-Match": f'"{kept["version"]}"'})


def scores(village: Village, programme: str) -> list[tuple[int, list[str]]]:
    found: list[dict[str, Any]] = village.get("matching", f"/programmes/{programme}/applications")["items"]
    assert all(one["score"] == sum(term["points"] for term in one["terms"]) for one in found)
    return [(one["score"], one["gaps"]) for one in found]


@pytest.mark.feature("B6")
@pytest.mark.feature("S2.3")
def test_gaps_are_trained_and_new_weights_score_everybody_though_the_house_fell_down(
        tmp_path: Path, fresh_kafka: KafkaServer, mongo_url: str) -> None:
    engines = {"STORE_URL": f"{mongo_url.rstrip('/')}/v{new_id()[:8]}",
               "EVENTS_URL": f"kafka://{fresh_kafka.bootstrap}?wait=0.02"}
    village = Village(tmp_path, **engines)
    programme = a_programme(village)
    decide(village, programme, [apply(village, programme, A1)], "approve")
    apply(village, programme, A2)

    assert scores(village, programme) == [(75, ["much-to-give", "gives-feedback"])] * 2
    assert training(village, A1) == {"much-to-give": "assigned", "gives-feedback": "assigned"}
    assert training(village, A2) == {}

    weigh(village, programme, **{"much-to-give": 0, "listens": 45})
    assert village.get("matching", f"/programmes/{programme}/applications")["items"][0]["score"] == 75
    clock = village.clock
    village.close()
    village = Village(tmp_path, **engines)
    village.clock.set(clock.now())
    village.settle()

    assert scores(village, programme) == [(95, ["gives-feedback"])] * 2
    assert training(village, A1) == {"much-to-give": "withdrawn", "gives-feedback": "assigned"}
    assert village.get("matching", f"/programmes/{programme}/profile")["scoring"] is False
    told = [one.data for one in village.house.latest(1000) if one.data and "training" in one.data]
    assert told
    assert not any({"score", "terms", "points", "best"} & set(one) for one in told)
    village.close()
