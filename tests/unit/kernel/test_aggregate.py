"""Timers ring when due, events wait for the save, handled events are remembered by number."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.events import NOTHING_YET, Sequence
from tests.unit.kernel.kettle import HOUR, START, Happening, Kettle, KettleBoiled


def a_kettle(**timers: datetime) -> Kettle:
    return Kettle(id="k1", timers={name.replace("_", "-"): at for name, at in timers.items()})


def test_a_timer_rings_once_when_its_time_has_come() -> None:
    kettle = a_kettle(boiling=START)

    kettle.tick(START)
    kettle.tick(START + HOUR)

    assert kettle.rung == [("boiling", START)]
    assert kettle.due_at is None


def test_nothing_rings_before_its_time() -> None:
    kettle = a_kettle(boiling=START + HOUR)

    kettle.tick(START)

    assert kettle.rung == []
    assert kettle.due_at == START + HOUR


def test_several_due_timers_ring_the_earliest_first() -> None:
    kettle = a_kettle(boiling=START + HOUR, whistle_again=START)

    kettle.tick(START + 2 * HOUR)

    assert [name for name, _ in kettle.rung] == ["whistle-again", "boiling"]


def test_what_a_timer_sets_anew_rings_at_the_next_tick_and_not_within_this_one() -> None:
    kettle = a_kettle(whistle_again=START)

    kettle.tick(START)

    assert kettle.rung == [("whistle-again", START)]
    assert kettle.due_at == START + HOUR


def test_a_timer_that_another_one_clears_does_not_ring() -> None:
    kettle = a_kettle(taken_off=START, boiling=START + HOUR)

    kettle.tick(START + HOUR)

    assert [name for name, _ in kettle.rung] == ["taken-off"]


def test_due_at_is_the_earliest_of_all_timers() -> None:
    kettle = a_kettle(boiling=START + HOUR)

    kettle.set_timer("whistle-again", START)
    assert kettle.due_at == START
    kettle.clear_timer("whistle-again")
    assert kettle.due_at == START + HOUR


def test_a_timer_is_due_from_its_time_on_and_only_when_it_is_set() -> None:
    kettle = a_kettle(boiling=START)

    assert [kettle.is_due("boiling", at) for at in (START - HOUR, START, START + HOUR)] == [False, True, True]
    assert not kettle.is_due("never-set", START)


def test_setting_a_timer_again_moves_it_and_clearing_none_is_no_error() -> None:
    kettle = a_kettle(boiling=START)

    kettle.set_timer("boiling", START + HOUR)
    kettle.clear_timer("never-set")

    assert kettle.timers == {"boiling": START + HOUR}


def test_a_timer_without_a_method_is_an_error_at_once() -> None:
    kettle = a_kettle(unknown=START)

    with pytest.raises(AttributeError, match="on_unknown"):
        kettle.tick(START)


def test_recorded_events_wait_in_order() -> None:
    kettle = a_kettle(boiling=START)

    kettle.tick(START)

    assert [(one.event, one.at) for one in kettle.recorded] == [(KettleBoiled(kettle_id="k1"), START)]


def test_a_handled_event_and_all_before_it_are_known() -> None:
    kettle = a_kettle()

    kettle.remember(Happening(Sequence(1, 5)))

    assert kettle.has_applied(Happening(Sequence(1, 5)))
    assert kettle.has_applied(Happening(Sequence(1, 4)))
    assert not kettle.has_applied(Happening(Sequence(1, 6)))


def test_memory_is_per_source_and_per_topic() -> None:
    kettle = a_kettle()

    kettle.remember(Happening(Sequence(1, 5)))

    assert not kettle.has_applied(Happening(Sequence(1, 1), source="/kitchen/kettles/k3"))
    assert not kettle.has_applied(Happening(Sequence(1, 1), topic="kitchen.internal.v1"))


def test_after_a_restore_numbers_used_again_are_newer() -> None:
    kettle = a_kettle()

    kettle.remember(Happening(Sequence(1, 500)))

    assert not kettle.has_applied(Happening(Sequence(2, 3)))


numbers = st.builds(Sequence, st.integers(0, 999_999), st.integers(0, 999_999_999_999))


@given(numbers)
def test_a_sequence_is_read_as_it_was_written(sequence: Sequence) -> None:
    assert Sequence.parse(str(sequence)) == sequence


@given(numbers, numbers)
def test_sequences_sort_as_text_as_they_do_as_numbers(one: Sequence, other: Sequence) -> None:
    assert (one < other) == (str(one) < str(other))


@given(numbers, st.integers(0, 10))
def test_the_next_sequence_is_always_greater(sequence: Sequence, generation: int) -> None:
    assert sequence.next(generation) > sequence
    assert sequence.next(generation).generation >= generation


@pytest.mark.parametrize("text", ["", "7", "a.b", "1.", ".1"])
def test_no_sequence_is_read_out_of_something_else(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Sequence.parse(text)


def test_before_anything_happened_every_number_is_new() -> None:
    assert Sequence(0, 1) > NOTHING_YET
