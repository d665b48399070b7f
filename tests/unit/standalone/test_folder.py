"""One folder holds everything, and nothing of it is lost by mistake."""

from pathlib import Path

import pytest

from deploy.standalone.folder import (
    LIVED,
    LIVING,
    Unusable,
    clear_year,
    entered,
    inhabited,
    mark_year,
    require_house,
    year,
)


def test_a_folder_has_one_house_at_a_time(tmp_path: Path) -> None:
    with entered(tmp_path):
        assert inhabited(tmp_path)
        with pytest.raises(Unusable, match="in use by another ithaca"), entered(tmp_path):
            pass

    assert not inhabited(tmp_path)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Unusable, match=r"cannot be written \(not a directory\): choose"), entered(
            tmp_path / "file" / "data"):
        pass


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="there is no house"):
        require_house(tmp_path / "nothing")

    assert not inhabited(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["thesis.txt", "events.db", "token-key.pem"])
def test_what_is_no_sample_year_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("precious")

    with pytest.raises(Unusable, match="holds something else"):
        clear_year(tmp_path)

    assert (tmp_path / name).read_text() == "precious"


@pytest.mark.parametrize("state", [LIVING, LIVED])
def test_a_sample_year_makes_room_for_another(tmp_path: Path, state: str) -> None:
    mark_year(tmp_path, state)
    (tmp_path / "events.db").touch()
    assert year(tmp_path) == state

    clear_year(tmp_path)

    assert year(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
