"""The command on two tables costs little beside the solving, and little memory; at full size: `make bench-engine`."""

from pathlib import Path

from tests.bench.engine import files


def test_from_tables_to_report_takes_at_most_ten_times_the_solving() -> None:
    taken = files.taken(2_000, 1_000, seed=1)

    assert taken.whole <= 10 * taken.solving
    assert taken.megabytes < 1_000


def test_the_tables_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    def tables() -> list[bytes]:
        return [path.read_bytes() for path in files.written(tmp_path, 30, 20, seed=1).values()]

    assert tables() == tables()
