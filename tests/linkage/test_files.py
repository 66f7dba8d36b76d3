"""A partner's files as they come: encodings, delimiters, shifted rows, other headings, any labels."""

from pathlib import Path

import pytest

from nowrongdoor.console.bench.labelled import of_files
from nowrongdoor.linkage.mapping import Pairing, date_order, kind_of, paired
from nowrongdoor.linkage.preparing import prepared
from nowrongdoor.linkage.reading import CannotRead, Table, delimiter_of, table
from nowrongdoor.linkage.truth import truth_of
from tests.linkage.county import TODAY

LEFT = Table(
    "left",
    ["ID", "Full Name", "DOB", "Post Code"],
    [["A1", "Maryam Ali", "12/03/1984", "ZZ9 3QA"], ["A2", "Peter Nowak", "30/01/1950", "ZZ1 1AA"]],
)
RIGHT = Table(
    "right",
    ["ref", "surname", "forenames", "born", "postcode"],
    [["7", "Nowak", "Peter", "1950-01-30", "zz11aa"], ["8", "Ali", "Maryam", "1984-03-12", "zz93qa"]],
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, sign: str) -> None:
    file = tmp_path / "extract.csv"
    lines = [sign.join(cells) for cells in (["name", "town"], ["Siân", "Môn"], ["Zoë", "Cärn"])]
    file.write_bytes("\r\n".join(lines).encode(encoding))
    read = table(file)
    assert (read.heading, read.rows, read.faults) == (
        ["name", "town"],
        [["Siân", "Môn"], ["Zoë", "Cärn"]],
        [],
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_read_without_a_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "extract.csv"
    file.write_bytes("name,town\r\nSiân,Môn\r\n".encode(encoding))
    assert table(file).rows == [["Siân", "Môn"]]


def test_a_line_within_a_cell_makes_no_row(tmp_path: Path) -> None:
    file = tmp_path / "extract.csv"
    file.write_text(
        'name,address\nAli,"1 Mill Lane\nAverley"\nPugh,2\u2028Hill\x0bMôn\n', "utf-8", newline=""
    )
    read = table(file)
    assert read.rows == [["Ali", "1 Mill Lane\nAverley"], ["Pugh", "2\u2028Hill\x0bMôn"]]
    assert read.faults == []


def test_a_shifted_row_is_told_and_every_other_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "extract.csv"
    file.write_text(
        'name,town\nAli,Averley\nNowak,Bridge,extra\nPugh\n="0123",Môn\n\nRhys,Averley,\n', "utf-8"
    )
    read = table(file)
    assert read.rows == [["Ali", "Averley"], ["Pugh", ""], ["0123", "Môn"], ["Rhys", "Averley"]]
    assert read.faults == [
        (3, "3 cells where the heading has 2: left out"),
        (4, "1 cells where the heading has 2: read as if the last ones were empty"),
    ]


@pytest.mark.parametrize(("holds", "says"), [(b"", "is empty"), (b"name,town\n", "no rows under it")])
def test_what_is_no_table_is_said_so(tmp_path: Path, holds: bytes, says: str) -> None:
    file = tmp_path / "extract.csv"
    file.write_bytes(holds)
    with pytest.raises(CannotRead, match=says):
        table(file)
    with pytest.raises(CannotRead, match="cannot be opened"):
        table(tmp_path / "missing.csv")


def test_a_comma_inside_a_name_does_not_make_a_delimiter() -> None:
    assert delimiter_of("name;town\nAli, M;Averley\nNowak, P;Averley\n") == ";"


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("date_of_birth", [], "date"),
        ("DateOfBirth", [], "date"),
        ("Forename1", [], "given"),
        ("lastName", [], "family"),
        ("soc_sec_id", [], "number"),
        ("street_number", [], "house"),
        ("address_1", [], "line"),
        ("zip", [], "postcode"),
        ("Tel. no", [], "phone"),
        ("Full Name", [], "name"),
        ("x1", ["a@b.example", "c@d.example"], "email"),
        ("x2", ["1984-03-12", "1950-01-30"], "date"),
        ("x3", ["yes", "no"] * 50, "category"),
        ("x4", [f"{9990000000 + at}" for at in range(50)], "number"),
        ("x5", [str(at) for at in range(50)], "house"),
        ("x6", [f"Mill Lane {at}" for at in range(50)], "line"),
    ],
)
def test_what_a_column_holds_is_told_from_its_heading_or_its_values(
    heading: str, values: list[str], kind: str
) -> None:
    assert kind_of(heading, values) == kind


def test_columns_of_other_headings_are_found_by_what_they_hold() -> None:
    assert paired(LEFT, RIGHT) == [
        Pairing("name", "Full Name", "forenames + surname", "name"),
        Pairing("dob", "DOB", "born", "date"),
        Pairing("post code", "Post Code", "postcode", "postcode"),
    ]


SAID = [
    '{"Full Name": "forenames+surname", "DOB": "born"}',
    '[{"left": "Full Name", "right": ["forenames", "surname"]}, {"left": "DOB", "right": "born"}]',
    '{"name": ["Full Name", ["forenames", "surname"]], "born": ["DOB", "born"]}',
    '{"left": {"name": "Full Name", "born": "DOB"}, "right": {"name": "forenames+surname", "born": "born"}}',
    "Full Name=forenames+surname,dob=born:date",
    "left,right,kind\nFull Name,forenames+surname,name\nDOB,born,date\n",
]
IN_A_FILE = [*SAID, "Full Name,forenames+surname\nDOB,born\n"]


@pytest.mark.parametrize(
    ("said", "in_a_file"), [*((said, False) for said in SAID), *((said, True) for said in IN_A_FILE)]
)
def test_which_column_is_which_can_be_said_in_several_ways(
    tmp_path: Path, said: str, in_a_file: bool
) -> None:
    if in_a_file:
        (tmp_path / "map").write_text(said, "utf-8")
        said = str(tmp_path / "map")
    found = [(one.left, one.right, one.kind) for one in paired(LEFT, RIGHT, said=said)]
    assert found == [("Full Name", "forenames + surname", "name"), ("DOB", "born", "date")]


def test_a_map_of_columns_from_an_old_export_is_read(tmp_path: Path) -> None:
    left = Table("left", ["Né"], [["12/03/1984"]])
    (tmp_path / "map").write_bytes("Né=born:date\n".encode("cp1252"))
    assert [one.kind for one in paired(left, RIGHT, said=str(tmp_path / "map"))] == ["date"]


@pytest.mark.parametrize(
    "said",
    ["[[]]", "[1]", "[null]", '{"name": []}', '{"name": 7}', '{"left": {"a": "DOB"}, "right": "born"}',
     '{"left": [], "right": {}}', "{", "[" * 100_000],
)  # fmt: skip
def test_a_map_of_no_known_shape_is_told_in_words(said: str) -> None:
    with pytest.raises(CannotRead):
        paired(LEFT, RIGHT, said=said)


def test_a_list_of_columns_names_those_of_one_name() -> None:
    assert [one.left for one in paired(LEFT, LEFT, said='["DOB", "Full Name"]')] == ["DOB", "Full Name"]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(CannotRead, match=r"right has no column 'birthday'. It has: ref, surname"):
        paired(LEFT, RIGHT, said="DOB=birthday")


def test_each_side_is_written_alike_whatever_its_dates_look_like() -> None:
    ready = prepared(paired(LEFT, RIGHT), LEFT, RIGHT, on=TODAY)
    assert [part.name for part in ready.parts] == ["name given", "name family", "dob", "post code"]
    assert ready.right is not None
    assert [column[0] for column in ready.left] == [column[1] for column in ready.right]


def test_whether_day_or_month_comes_first_is_told_from_those_above_twelve() -> None:
    assert date_order(["03/04/1984", "03/25/1984"]) == "mdy"
    assert date_order(["03/04/1984", "25/03/1984"]) == "dmy"
    assert date_order(["03/04/1984"]) == "dmy"


@pytest.mark.parametrize(
    "rows",
    [
        [["A1", "8"], ["A2", "7"]],
        [["8", "A1"], ["7", "A2"]],
        [["A1", "8", "1"], ["A2", "7", "match"], ["A1", "7", "0"]],
    ],
)
@pytest.mark.parametrize("headless", [False, True])
def test_labels_are_read_in_whichever_order_they_stand(rows: list[list[str]], headless: bool) -> None:
    labels = (
        Table("labels", rows[0], rows[1:])
        if headless
        else Table("labels", ["one", "two", "is"][: len(rows[0])], rows)
    )
    assert truth_of(labels, LEFT, RIGHT).pairs == {(0, 1), (1, 0)}


def test_labels_may_say_whose_each_record_is() -> None:
    one = Table("all", ["rec_id", "town"], [["a", "x"], ["b", "y"], ["c", "z"]])
    labels = Table("labels", ["rec_id", "person"], [["a", "p1"], ["c", "p1"], ["b", "p2"]])
    assert truth_of(labels, one, None).pairs == {(0, 2)}


def test_a_label_that_does_not_say_whose_joins_nobody() -> None:
    one = Table("all", ["rec_id", "town"], [["a", "x"], ["b", "y"], ["c", "z"], ["d", "z"]])
    labels = Table("labels", ["rec_id", "person"], [["a", "p1"], ["c", "p1"], ["b", ""], ["d", " "]])
    assert truth_of(labels, one, None).pairs == {(0, 2)}


@pytest.mark.parametrize("start", [0, 1])
def test_records_without_ids_are_meant_by_their_number(start: int) -> None:
    bare = Table("bare", ["town"], [["x"], ["y"]])
    labels = Table("labels", ["left", "right"], [[str(start), str(start + 1)], [str(start + 1), str(start)]])
    assert truth_of(labels, bare, Table("other", ["place"], [["y"], ["x"]])).pairs == {(0, 1), (1, 0)}


def test_columns_that_the_labels_name_are_not_compared(tmp_path: Path) -> None:
    """An id that is the same in both files would be the answer."""
    rows = [["n1", "Maryam", "Ali"], ["n2", "Peter", "Nowak"]]
    text = "\n".join(",".join(row) for row in [["key_no", "given_name", "surname"], *rows])
    for name in ("left", "right"):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    (tmp_path / "truth.csv").write_text("a,b\nn1,n1\nn2,n2\n", "utf-8")
    found = of_files(tmp_path / "left.csv", tmp_path / "right.csv", tmp_path / "truth.csv", "")
    assert [part.name for part in found.prepared.parts] == ["given name", "surname"]
    assert found.truth == {(0, 0), (1, 1)}
