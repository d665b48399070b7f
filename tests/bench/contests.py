"""All rows of the table, by name."""

from tests.bench import commands, consuming, latency, relaying, starting

CONTESTS = {one.name: one for one in (
    commands.contest("sqlite", 4_000),
    commands.contest("mongodb", 1_000),
    relaying.CONTEST,
    latency.CONTEST,
    consuming.contest("kafka", 4_000),
    consuming.contest("embedded", 4_000),
    starting.CONTEST,
)}
