"""Ids are fresh, or follow from what caused them."""

from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel import ids
from shared.kernel.ids import FreshId, derived_id, new_id

words = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=4)


def test_fresh_ids_differ() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


def test_only_what_is_random_is_fresh() -> None:
    assert isinstance(new_id(), FreshId)
    assert not isinstance(derived_id("pair-1"), FreshId)


@given(words)
def test_the_same_parts_make_the_same_id(parts: list[str]) -> None:
    assert derived_id(*parts) == derived_id(*parts)


@given(words, words)
def test_other_parts_make_another_id(one: list[str], other: list[str]) -> None:
    assert (derived_id(*one) == derived_id(*other)) == (one == other)


def test_where_a_part_ends_counts() -> None:
    assert derived_id("ab", "c") != derived_id("a", "bc")


def test_derived_ids_are_uuid_5() -> None:
    parts = [("pair-1",), ("Zoë", "2"), *((str(number),) for number in range(500))]
    assert [derived_id(*one) for one in parts] == [str(uuid5(ids._NAMESPACE, "\x1f".join(one))) for one in parts]


def test_derived_ids_never_change() -> None:
    # stored documents and other services depend on them
    assert derived_id("journey", "pair-1") == "8493c69f-fce9-5220-9fe3-ccb638b25d40"
