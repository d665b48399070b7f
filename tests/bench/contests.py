"""All rows of the table, by name."""

import os

from tests.bench import commands, consuming, latency, relaying, starting

ON_MONGODB = commands.contest("mongodb", 500)

CONTESTS = {one.name: one for one in (
    commands.contest("sqlite", 2_000),
    ON_MONGODB,
    relaying.CONTEST,
    latency.CONTEST,
    consuming.contest("kafka", 1_500),
    consuming.contest("embedded", 1_500),
    starting.CONTEST,
)}


def usual() -> list[str]:
    """All rows but the one that needs a real server: the rates of the everyday test engine, which keeps everything in
    memory and reads slowly, are no measure. `MONGO_TEST_URL` names one; asked for by name it runs on either."""
    return [name for name in CONTESTS if name != ON_MONGODB.name or "MONGO_TEST_URL" in os.environ]
