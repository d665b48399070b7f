"""What a repository promises on every engine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SettableClock
from shared.kernel.errors import AlreadyExists
from shared.messaging.log import EventLog
from shared.runtime.backbone import Backbone
from shared.store.documents import Index, Store
from shared.store.repository import Repository

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


@dataclass(kw_only=True)
class Lamp(Aggregate):
    """Has what engines keep each in their own way: moments and tuples."""

    lit_at: datetime = NOW
    colours: tuple[str, ...] = ("red", "green")

    def light(self, at: datetime) -> None:
        self.lit_at = at
        self.set_timer("out", at + timedelta(hours=1))


@pytest.fixture
def lamps(store: Store) -> Repository[Lamp]:
    lamps = Repository(Lamp, store.documents("lamps"), "test", SettableClock(NOW))
    lamps.add(Lamp(id="lamp"))
    return lamps


def test_a_change_that_changes_nothing_leaves_no_new_version(lamps: Repository[Lamp]) -> None:
    lamps.change("lamp", lambda lamp: lamp.light(NOW))

    lamps.change("lamp", lambda lamp: lamp.light(NOW))

    assert lamps.get("lamp").version == 1


def test_a_moment_a_millisecond_later_is_a_change(lamps: Repository[Lamp]) -> None:
    lamps.change("lamp", lambda lamp: lamp.light(NOW))

    lamps.change("lamp", lambda lamp: lamp.light(NOW + timedelta(milliseconds=1)))

    assert (lamps.get("lamp").version, lamps.get("lamp").lit_at) == (2, NOW + timedelta(milliseconds=1))


def test_all_that_is_due_is_told_the_longest_overdue_first(lamps: Repository[Lamp]) -> None:
    new = [Lamp(id=f"{number:03}") for number in range(450)]
    for lamp in new:
        lamp.light(NOW - timedelta(days=lamp.id >= "300"))
    lamps.add_many([*new, Lamp(id="dark")])

    due = list(lamps.due(NOW + timedelta(hours=1)))

    assert due == [f"{number:03}" for number in (*range(300, 450), *range(300))]
    assert (list(lamps.due(NOW)), list(lamps.due(NOW - timedelta(days=2)))) == (due[:150], [])


def test_no_document_is_read_to_say_what_is_due(lamps: Repository[Lamp], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lamps.documents, "find", None)

    assert list(lamps.due(NOW)) == []


@dataclass(kw_only=True)
class NumberedLamp(Lamp):
    """A later release knows lamps by a number, too."""

    shape = 2

    number: str


def test_what_is_stored_has_the_field_of_a_later_unique_index_before_that_is_made(store: Store) -> None:
    lamps = Repository(Lamp, store.documents("lamps"), "test", SettableClock(NOW))
    lamps.add_many([Lamp(id="hall"), Lamp(id="stairs")])
    backbone = Backbone("test", store, cast(EventLog, None), SettableClock(NOW))
    by_number = Index(("number",), unique=True, later=True)

    for _ in range(2):
        numbered = backbone.repository(NumberedLamp, "lamps", indexes=[by_number],
                                       upcasters={1: lambda one: {**one, "number": one["_id"]}})

    assert numbered.documents.has(by_number)
    assert sorted(numbered.parts({}, ["number", "version", "shape"])) == [["hall", 0, 2], ["stairs", 0, 2]]
    with pytest.raises(AlreadyExists):
        numbered.add(NumberedLamp(id="cellar", number="hall"))
