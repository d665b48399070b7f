"""`ithaca match` as somebody with two spreadsheets uses it."""

import csv
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from services.matching.entrypoints.match_files import match

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
MENTORS = "id,name,skills,capacity,languages\nm1,Ada,Python; SQL,2,en\nm2,Bo,Java,1,en; de\n"
MENTEES = "id,name,goals,wishes,languages\ne1,Cy,Java,m2,en\ne2,Di,Python,,de\ne3,Ed,SQL,m1,en\n"


@dataclass
class Desk:
    """A folder with two tables, and the command."""

    folder: Path

    def has(self, **files: str | bytes) -> "Desk":
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (self.folder / name.replace("_", ".")).write_bytes(data)
        return self

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def match(self, *more: str, out: str = "pairs.csv") -> Result:
        files = ["--mentors", self.path("mentors.csv"), "--mentees", self.path("mentees.csv"), "--out", self.path(out)]
        return CliRunner().invoke(match, [*files, *more])

    def lines(self, out: str = "pairs.csv", delimiter: str = ",") -> list[dict[str, str]]:
        text = (self.folder / out).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path).has(mentors_csv=MENTORS, mentees_csv=MENTEES)


@pytest.mark.feature("C7")
def test_two_tables_become_pairs_with_reasons_and_a_line_for_everybody_without(desk: Desk) -> None:
    result = desk.match()

    assert result.exit_code == 0, result.output
    lines = desk.lines()
    assert [(one["status"], one["mentee_id"], one["mentor_id"]) for one in lines] == [
        ("pair", "e1", "m1"), ("pair", "e2", "m2"), ("pair", "e3", "m1")]  # fmt: skip
    assert lines[0]["broken_wishes"] == "wish 1 (m2): seats went to others"
    assert lines[2]["reason_1"] == "Skills: SQL (1 of 1)"
    for one in lines:
        points = [one[f"points_{place}"] for place in (1, 2, 3)]
        assert int(one["score"]) == sum(int(text) for text in points if text) + int(one["other_points"])


@pytest.mark.feature("C8")
def test_reasons_come_in_german(desk: Desk) -> None:
    desk.has(mentors_csv=MENTORS.replace(",2,en", ",0,en"))

    desk.match("--language", "de", "--report", desk.path("report.html"))

    lines = desk.lines()
    assert lines[0]["reason_1"] == "Fähigkeiten: Java (1 von 1)"
    assert lines[-1]["why"] == "bietet keinen Platz"
    assert '<html lang="de">' in (desk.folder / "report.html").read_text("utf-8")


def test_the_same_input_gives_the_same_bytes(desk: Desk) -> None:
    for out in ("one", "two"):
        desk.match("--report", desk.path(f"{out}.html"), out=f"{out}.csv")

    assert (desk.folder / "one.csv").read_bytes() == (desk.folder / "two.csv").read_bytes()
    assert (desk.folder / "one.html").read_bytes() == (desk.folder / "two.html").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_table_of_a_german_spreadsheet_is_understood(desk: Desk, encoding: str) -> None:
    mentors = "Personalnummer;Name;Kompetenzen;Plätze\r\nM1;Jörg Öst;Führung;1\r\n"
    mentees = "Personalnummer;Name;Ziele\r\nE1;Käthe Groß;Führung\r\n"
    desk.has(mentors_csv=mentors.encode(encoding), mentees_csv=mentees.encode(encoding))

    result = desk.match()

    assert result.exit_code == 0, result.output
    [line] = desk.lines(delimiter=";")
    assert (line["mentee"], line["mentor"], line["score"]) == ("Käthe Groß", "Jörg Öst", "6000")


def test_all_bad_lines_of_both_tables_are_reported_and_nothing_is_written(desk: Desk) -> None:
    desk.has(
        mentors_csv='id,skills,capacity\nm1,a,2\n,b,1\nM1,c,1\nm2,d\nm3,e,many\nm4,"f"x,1\nm5,g,1,more\nm6,h,-1\n',
        mentees_csv="id,goals,wishes,grade\ne1,a,m1; m9,junior\ne2,b,,boss\ne1,c,,\n",
    )

    result = desk.match()

    assert result.exit_code == 3
    mentors, mentees = desk.path("mentors.csv"), desk.path("mentees.csv")
    assert result.stderr.splitlines() == [
        f"{mentors}:3: “id” is empty",
        f"{mentors}:4: “id” M1 is there already, on line 2",
        f"{mentors}:5: has 2 cells, the heading 3",
        f"{mentors}:6: “capacity” is many: a whole number from 0 to 1000 is expected",
        f"{mentors}:7: quotation marks do not close, or text follows after them",
        f"{mentors}:8: has 4 cells, the heading 3",
        f"{mentors}:9: “capacity” is -1: a whole number from 0 to 1000 is expected",
        f"{mentees}:2: “wishes” names m9, who is not in the other file",
        f"{mentees}:4: “id” e1 is there already, on line 2",
        "nothing was written",
    ]
    assert desk.names() == ["mentees.csv", "mentors.csv"]


def test_lines_are_counted_as_the_file_has_them(desk: Desk) -> None:
    desk.has(mentors_csv='id,skills,capacity\nm1,"a\nb\nc",2\n\nm2,d,x\n', mentees_csv="id\ne1\n")

    result = desk.match()

    assert f"{desk.path('mentors.csv')}:6: “capacity” is x" in result.stderr


@pytest.mark.parametrize(
    ("mentors", "expected"),
    [
        (b"", "mentors.csv: is empty: a line with the names of the columns is expected"),
        (b"PK\x03\x04", "mentors.csv: this is a workbook: save it as CSV or text first"),
        (b"id,skills\nm1,\x00\n", "mentors.csv:2: is no text: it holds zero bytes"),
        (b"name\nAda\n", "mentors.csv:1: column “id” is missing; it is needed for “id”"),
        (b"id,name,id\n1,a,2\n", "mentors.csv:1: column “id” is there 2 times"),
        (b"id,,name\n1,2,a\n", "mentors.csv:1: column number 2 has no name"),
    ],
)
def test_what_is_no_table_is_refused(desk: Desk, mentors: bytes, expected: str) -> None:
    desk.has(mentors_csv=mentors, mentees_csv="id\ne1\n")

    result = desk.match()

    assert result.exit_code == 3
    assert expected in result.stderr
    assert "pairs.csv" not in desk.names()


def test_columns_that_the_rules_name_must_be_there(desk: Desk) -> None:
    desk.has(rules_yaml="terms: [{kind: near, name: age, column: Age, points: 5}]\n",
             mentors_csv="id,Age\nm1,4x\n")  # fmt: skip

    result = desk.match("--rules", desk.path("rules.yaml"))

    assert result.exit_code == 3
    assert result.stderr.splitlines()[:2] == [
        f"{desk.path('mentors.csv')}:2: “Age” is 4x: a number is expected",
        f"{desk.path('mentees.csv')}:1: column “age” is missing; it is needed for “age”",
    ]


def test_wrong_rules_are_named_all_at_once(desk: Desk) -> None:
    desk.has(rules_yaml="terms: [{kind: near}, {kind: far}]\nmore: 1\n")

    result = desk.match("--rules", desk.path("rules.yaml"))

    assert result.exit_code == 3
    assert [line.split(": ")[1] for line in result.stderr.splitlines()[:-1]] == [
        "terms[0].points", "terms[0].column", "terms[1].kind", "more"]  # fmt: skip


def test_formulas_stay_text(desk: Desk) -> None:
    desk.has(mentors_csv='id,name\n=1+1,"=HYPERLINK(""http://x"")"\n', mentees_csv="id,name\n@e,+49 30\n")

    desk.match("--report", desk.path("report.html"))

    [line] = desk.lines()
    assert (line["mentor_id"], line["mentor"]) == ("'=1+1", '\'=HYPERLINK("http://x")')
    assert (line["mentee_id"], line["mentee"]) == ("'@e", "'+49 30")


def test_markup_in_a_name_stays_text_in_the_report(desk: Desk) -> None:
    desk.has(mentors_csv="id,name\nm1,<script>alert(1)</script>\n", mentees_csv="id\ne1\n")

    desk.match("--report", desk.path("report.html"))

    assert "<script>" not in (desk.folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize("out", ["nowhere/pairs.csv", "folder"])
def test_what_cannot_be_written_has_its_own_exit_code_and_leaves_nothing(desk: Desk, out: str) -> None:
    (desk.folder / "folder").mkdir()

    result = desk.match("--report", desk.path("report.html"), out=out)

    assert result.exit_code == 4
    assert desk.names() == ["folder", "mentees.csv", "mentors.csv"]


def test_an_old_result_stays_when_the_report_cannot_be_written(desk: Desk) -> None:
    desk.has(pairs_csv="old")

    result = desk.match("--report", desk.path("nowhere/report.html"))

    assert result.exit_code == 4
    assert (desk.folder / "pairs.csv").read_text() == "old"
    assert desk.names() == ["mentees.csv", "mentors.csv", "pairs.csv"]


@pytest.mark.parametrize(
    ("more", "out"),
    [
        ((), "mentors.csv"),
        (("--encoding", "klingon"), "o.csv"),
        (("--language", "fr"), "o.csv"),
        (("--rules", "x"), "o"),
    ],
)
def test_wrong_usage_is_told_apart(desk: Desk, more: tuple[str, ...], out: str) -> None:
    result = desk.match(*more, out=out)

    assert result.exit_code == 2
    assert (desk.folder / "mentors.csv").read_text() == MENTORS


def test_result_and_report_are_two_files(desk: Desk) -> None:
    assert desk.match("--report", desk.path("same"), out="same").exit_code == 2


def test_too_many_people_for_an_exact_answer_are_refused(desk: Desk) -> None:
    desk.has(
        mentors_csv="id,capacity\n" + "".join(f"m{one},10\n" for one in range(3000)),
        mentees_csv="id\n" + "".join(f"e{one}\n" for one in range(100_000)),
    )

    result = desk.match()

    assert result.exit_code == 5
    assert "100000 mentees by 3000 mentors" in result.stderr
    assert "pairs.csv" not in desk.names()


def test_the_examples_of_the_documentation_work(tmp_path: Path) -> None:
    options = {"mentors": "mentors.csv", "mentees": "mentees.csv", "rules": "rules.yaml"}
    given = [text for name, file in options.items() for text in (f"--{name}", str(EXAMPLES / file))]
    written = ["--out", str(tmp_path / "pairs.csv"), "--report", str(tmp_path / "report.html")]
    code = "from services.matching.entrypoints.match_files import match; match()"

    done = subprocess.run([sys.executable, "-c", code, *given, *written], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(EXAMPLES.parents[1])}, check=False)  # fmt: skip

    assert done.returncode == 0, done.stderr
    statuses = [one["status"] for one in Desk(tmp_path).lines()]
    assert (statuses.count("pair"), statuses.count("mentee-without"), statuses.count("mentor-without")) == (15, 1, 4)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert all(part in page for part in ("<svg", "<caption>", 'lang="en"', "Who got which wish", "Load of mentors"))
    assert "http" not in page
    assert "█" not in done.stderr


def test_no_library_of_arrays_is_loaded_before_something_is_solved() -> None:
    code = (
        "import sys, services.matching.entrypoints.match_files, services.matching.adapters.engine_solver\n"
        "assert not {'numpy', 'numba'} & set(sys.modules), sorted(sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=EXAMPLES.parents[1], check=False
    )

    assert done.returncode == 0, done.stderr
