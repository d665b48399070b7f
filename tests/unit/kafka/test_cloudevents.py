"""CloudEvents on a log, in both modes."""

from base64 import b64encode

import orjson
import pytest

from shared.kernel.events import NOTHING_YET
from shared.kernel.events import Sequence as Number
from shared.messaging.cloudevents import Header, Raw, body, headers, read
from shared.messaging.envelope import Outgoing, Received, Unreadable

EVENT = Outgoing(
    id="e1", source="/matching/pairs/p1", sequence=Number(2, 7), type="mentoring.pair-created.v1",
    topic="mentoring.pairs.v1", key="p1", time="2026-03-01T09:00:00.000Z", data={"pair_id": "p1"}, causation_id="c1",
    correlation_id="c0", traceparent="00-a-b-01")
ENVELOPE = {
    "specversion": "1.0", "id": "e1", "source": "/matching/pairs/p1", "type": "mentoring.pair-created.v1",
    "time": "2026-03-01T09:00:00.000Z", "sequence": "000002.000000000007", "partitionkey": "p1", "causationid": "c1",
    "correlationid": "c0", "traceparent": "00-a-b-01", "subject": "p1", "data": {"pair_id": "p1"}}
STRUCTURED: tuple[Header, ...] = (("content-type", b"application/cloudevents+json; charset=utf-8"),)


def a_record(value: bytes | None, found: tuple[Header, ...], key: bytes | None = b"p1") -> Raw:
    return Raw("mentoring.pairs.v1", 1, 42, key, value, found)


def as_received(event: Outgoing) -> Received:
    return Received(**vars(event), partition=1, offset=42)


def test_binary_mode_names_every_attribute() -> None:
    assert dict(headers(EVENT)) == {
        "content-type": b"application/json", "ce_specversion": b"1.0", "ce_type": b"mentoring.pair-created.v1",
        "ce_source": b"/matching/pairs/p1", "ce_id": b"e1", "ce_time": b"2026-03-01T09:00:00.000Z", "ce_subject": b"p1",
        "ce_dataschema": b"urn:schema:mentoring.pair-created.v1", "ce_partitionkey": b"p1",
        "ce_sequence": b"000002.000000000007", "ce_traceparent": b"00-a-b-01", "ce_causationid": b"c1",
        "ce_correlationid": b"c0"}


def test_what_is_written_is_read() -> None:
    assert read(a_record(body(EVENT), tuple(headers(EVENT)))) == as_received(EVENT)


def test_a_tombstone_keeps_its_attributes() -> None:
    tombstone = Outgoing(**{**vars(EVENT), "data": None})

    assert body(tombstone) is None
    assert read(a_record(None, tuple(headers(tombstone)))) == as_received(tombstone)


def test_structured_mode_is_read() -> None:
    assert read(a_record(orjson.dumps(ENVELOPE), STRUCTURED)) == as_received(EVENT)


def test_structured_mode_with_encoded_data_is_read() -> None:
    envelope = {name: value for name, value in ENVELOPE.items() if name != "data"}
    envelope["data_base64"] = b64encode(b'{"pair_id": "p1"}').decode()

    assert read(a_record(orjson.dumps(envelope), STRUCTURED)) == as_received(EVENT)


def test_without_a_key_the_partition_key_is_taken() -> None:
    assert read(a_record(orjson.dumps(ENVELOPE), STRUCTURED, key=None)).key == "p1"


def numbered(number: object, offset: int = 42, partition: int = 1) -> Received:
    """As somebody else wrote it, in structured mode; None: without a number."""
    envelope = {name: value for name, value in {**ENVELOPE, "sequence": number}.items() if value is not None}
    record = read(a_record(orjson.dumps(envelope), STRUCTURED)._replace(offset=offset, partition=partition))
    assert isinstance(record, Received)
    return record


def test_a_plain_number_counts_from_0_on_and_is_older_than_any_of_a_generation() -> None:
    found = [numbered(number).sequence for number in (0, "7", 8, 10**15, "000001.000000000001")]

    assert found == sorted(found)
    assert (found[0] > NOTHING_YET, len(set(found))) == (True, 5)
    assert {numbered(number).source for number in (0, "7")} == {EVENT.source}


def test_without_a_number_the_place_on_the_log_counts_within_its_partition() -> None:
    first, second, elsewhere = numbered(None, 0), numbered(None, 1), numbered(None, 0, partition=2)

    assert NOTHING_YET < first.sequence < second.sequence
    assert first.source == second.source != elsewhere.source


def test_in_binary_mode_too_a_number_may_be_missing() -> None:
    found = tuple(one for one in headers(EVENT) if one[0] != "ce_sequence")

    record = read(a_record(body(EVENT), found))

    assert isinstance(record, Received)
    assert (record.source, record.sequence.number) == ("/matching/pairs/p1#1", 43)


@pytest.mark.parametrize(("value", "found"), [
    (b"{}", ()),
    (None, ()),
    (b"not json", tuple(headers(EVENT))),
    (b"[1]", tuple(headers(EVENT))),
    (b"{}", tuple(one for one in headers(EVENT) if one[0] != "ce_id")),
    (b"{}", tuple((name, b"2.0" if name == "ce_specversion" else value) for name, value in headers(EVENT))),
    (b"{}", tuple((name, b"\xff" if name == "ce_source" else value) for name, value in headers(EVENT))),
    (b"{}", tuple((name, b"seven" if name == "ce_sequence" else value) for name, value in headers(EVENT))),
    (b"[]", STRUCTURED),
    (b"{", STRUCTURED),
    (None, STRUCTURED),
    (orjson.dumps({**ENVELOPE, "id": 5}), STRUCTURED),
    (orjson.dumps({**ENVELOPE, "sequence": -1}), STRUCTURED),
    (orjson.dumps({**ENVELOPE, "sequence": True}), STRUCTURED),
    (orjson.dumps({**ENVELOPE, "sequence": "1759312345.5"}), STRUCTURED),
    (orjson.dumps({**ENVELOPE, "sequence": 42.0}), STRUCTURED),
    (orjson.dumps({**ENVELOPE, "sequence": "000001.42"}), STRUCTURED),
    (b"{}", tuple((name, b"42.0" if name == "ce_sequence" else value) for name, value in headers(EVENT))),
    (orjson.dumps({**ENVELOPE, "data_base64": "?"}), STRUCTURED),
])
def test_what_is_no_event_is_kept_whole(value: bytes | None, found: tuple[Header, ...]) -> None:
    record = read(a_record(value, found))

    assert isinstance(record, Unreadable)
    assert (record.value, record.headers, record.key, record.offset) == (value or b"", found, "p1", 42)


def test_the_reason_never_quotes_the_data() -> None:
    record = read(a_record(b'{"name": "Ada Lovelace"', tuple(headers(EVENT))))

    assert isinstance(record, Unreadable)
    assert "Ada" not in record.error


def test_a_key_that_is_no_text_does_not_stop_reading() -> None:
    assert isinstance(read(a_record(b"{}", tuple(headers(EVENT)), key=b"\xff\xfe")), Unreadable)
