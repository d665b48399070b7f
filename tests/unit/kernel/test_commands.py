"""A command that comes again gets its first answer again."""

from typing import Any

import pytest

from shared.kernel.commands import AnsweredBefore, Command, current_command, serving
from shared.kernel.errors import KeyReused
from tests.unit.kernel.kettle import Kettle


def a_command(**changed: str) -> Command:
    told = {"caller": "p1", "key": "key-1", "route": "POST /kettles", "request": "hash-1", **changed}
    return Command(**told, render=lambda kettle: (200, {"id": kettle.id}))


def a_kettle() -> Kettle:
    return Kettle(id="k1")


def test_the_first_time_nothing_stands_in_the_way() -> None:
    kettle = a_kettle()

    a_command().check(kettle)
    a_command().remember(kettle)

    assert [(one.status, one.body) for one in kettle.answered] == [(200, {"id": "k1"})]


def test_a_repeat_is_told_what_was_answered_then() -> None:
    kettle = a_kettle()
    a_command().remember(kettle)

    with pytest.raises(AnsweredBefore) as again:
        a_command().check(kettle)

    assert again.value.answer.body == {"id": "k1"}


def test_the_same_key_with_another_request_is_refused() -> None:
    kettle = a_kettle()
    a_command().remember(kettle)

    with pytest.raises(KeyReused):
        a_command(request="hash-2").check(kettle)


@pytest.mark.parametrize("changed", [{"caller": "p2"}, {"key": "key-2"}])
def test_another_caller_or_another_key_is_another_command(changed: dict[str, str]) -> None:
    kettle = a_kettle()
    a_command().remember(kettle)

    a_command(**changed).check(kettle)


def test_the_last_twenty_answers_are_kept() -> None:
    kettle = a_kettle()

    for number in range(25):
        a_command(key=f"key-{number}").remember(kettle)

    assert [one.key for one in kettle.answered] == [f"key-{number}" for number in range(5, 25)]


def test_a_command_is_served_inside_its_block_only() -> None:
    command = a_command()

    with serving(command):
        inside: Any = current_command()

    assert inside is command
    assert current_command() is None


def test_a_refusal_ends_the_block_too() -> None:
    with pytest.raises(KeyReused), serving(a_command()):
        raise KeyReused("no")

    assert current_command() is None
