"""What spreadsheets write, and what they write wrong."""

import pytest

from services.matching.adapters.spreadsheet import read_sheet
from services.matching.domain.sheet import Flaw, Sheet, column_key

NAMES = 'id;name;ort\n1;Jürgen Müller;Köln\n2;"Zoë\nFaçon";Besançon\n'
POLISH = "id;name\n1;Łukasz Żółć;Kraków\n".replace(";Kraków", "")
RUSSIAN = "id;имя\n1;Иван Петров\n2;Мария Смирнова\n3;Наталья Кузнецова\n"
JAPANESE = "id,名前\n1,田中太郎\n2,山本さくら\n"


def flaws(sheet: Sheet) -> list[tuple[int, str]]:
    return [(flaw.line, flaw.code) for flaw in sheet.problems]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac_roman"]
)
def test_western_text_is_read_in_every_encoding(encoding: str) -> None:
    data = NAMES.encode(encoding)

    sheet = read_sheet(data)

    assert sheet.columns == ("id", "name", "ort")
    assert [row.cells["name"] for row in sheet.rows] == ["Jürgen Müller", "Zoë\nFaçon"]
    assert not sheet.problems


@pytest.mark.parametrize(("text", "encoding"), [(POLISH, "cp1250"), (RUSSIAN, "cp1251"), (JAPANESE, "cp932")])
def test_other_scripts_are_told_apart(text: str, encoding: str) -> None:
    data = text.encode(encoding)

    sheet = read_sheet(data)

    assert list(sheet.rows[0].cells.values()) == text.splitlines()[1].replace(",", ";").split(";")


def test_a_named_encoding_overrules_the_guess() -> None:
    data = "id;name\n1;Jiří Dvořák\n".encode("cp1250")

    sheet = read_sheet(data, encoding="cp1250")

    assert sheet.rows[0].cells["name"] == "Jiří Dvořák"
    assert sheet.encoding == "cp1250"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter: str, end: str) -> None:
    lines = [["id", "name", "note"], ["1", '"Lee, Ann; Dr | x"', "a"], ["2", "Bo", ""]]
    data = end.join(delimiter.join(line) for line in lines).encode()

    sheet = read_sheet(data)

    assert sheet.delimiter == delimiter
    assert [row.cells["name"] for row in sheet.rows] == ["Lee, Ann; Dr | x", "Bo"]


def test_a_separator_hint_is_obeyed_and_counted_as_a_line() -> None:
    sheet = read_sheet(b"sep=|\r\nid|name\r\n1|Ann\r\n2\r\n")

    assert sheet.rows[0].number == 3
    assert flaws(sheet) == [(4, "short-line")]


def test_one_column_is_a_table_too() -> None:
    sheet = read_sheet(b"id\n1\n2\n")

    assert [row.cells for row in sheet.rows] == [{"id": "1"}, {"id": "2"}]


def test_line_numbers_count_breaks_inside_cells_and_empty_lines() -> None:
    sheet = read_sheet(b'id,note\n1,"a\nb\nc"\n\n,\n2,x\n')

    assert [row.number for row in sheet.rows] == [2, 7]


def test_every_bad_line_is_named() -> None:
    data = b'id,name,note\n1,a,b\n2,a\n3,a,b,c\n4,a,"b\n5,a,b\n6,"a"x,b\n7,a,b,,\n8,a,b\n9\n'

    sheet = read_sheet(data)

    assert flaws(sheet) == [
        (3, "short-line"),
        (4, "long-line"),
        (5, "broken-quotes"),
        (7, "broken-quotes"),
        (10, "short-line"),
    ]
    assert [row.cells["id"] for row in sheet.rows] == ["1", "5", "7", "8"]


def test_doubled_and_unnamed_columns_are_named() -> None:
    sheet = read_sheet(b"id,Mentor ID,,mentor_id,note,,\n1,a,b,c,d,,\n")

    assert sheet.problems == (
        Flaw(1, "doubled-column", "Mentor ID", {"times": 2}),
        Flaw(1, "unnamed-column", params={"position": 3}),
    )


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 0, "empty-file"),
        (b"\n\n , \n", 0, "empty-file"),
        (b"\xef\xbb\xbf", 0, "empty-file"),
        (b"PK\x03\x04rest", 0, "workbook"),
        (b"\xd0\xcf\x11\xe0rest", 0, "workbook"),
        (b"id\n1\n\x00\x01\x02\n", 3, "not-text"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, line: int, code: str) -> None:
    assert flaws(read_sheet(data)) == [(line, code)]


def test_a_wrong_named_encoding_is_refused_with_its_line() -> None:
    sheet = read_sheet("id\n1\nKöln\n".encode("cp1252"), encoding="utf-8")

    assert flaws(sheet) == [(3, "wrong-encoding")]


def test_a_quote_on_every_line_does_not_take_for_ever() -> None:
    data = b"id,note\n" + b'1,"a" b "\n' * 20_000

    sheet = read_sheet(data)

    assert len(sheet.problems) == 1000


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_read() -> None:
    data = b"id,name,skills\n" + b"".join(b"%d,Ann,a; b; c\n" % number for number in range(100_000))

    sheet = read_sheet(data)

    assert len(sheet.rows) == 100_000
    assert sheet.rows[-1].number == 100_001


def test_columns_are_compared_without_case_and_gaps() -> None:
    assert {column_key(name) for name in ("Mentor ID", " mentor-id", "MENTOR__ID")} == {"mentor_id"}
