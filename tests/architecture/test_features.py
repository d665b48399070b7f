"""Marks of features name features there are."""

from tests.features import known, proofs


def test_every_mark_names_a_feature_of_the_list() -> None:
    assert set(proofs()) - set(known()) == set()


def test_the_list_holds_every_area() -> None:
    areas = {feature[0] for feature in known()}

    assert areas == set("SABCDEFGHIJKLMNOPQ")
