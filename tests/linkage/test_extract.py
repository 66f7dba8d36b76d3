"""A partner's extract streams by: good rows go on, and each other is named by row, column and reason."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from nowrongdoor.linkage import extract_map
from nowrongdoor.linkage.extract import Extract, Row
from nowrongdoor.linkage.reading import CannotRead
from tests.linkage.county import TODAY

MAP = "part,column\nid,Ref\ngiven,Forename\nfamily,Surname\nborn,DOB\ndates,yyyy-mm-dd | dd/mm/yyyy\n"
HEADING = "Ref,Forename,Surname,DOB\n"
GOOD = "1,Maryam,Ali,1984-03-12\n"
Reading = Callable[..., list[Row]]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    def of(said: str | bytes, *, map_: str = MAP) -> list[Row]:
        (tmp_path / "map.csv").write_text(map_)
        path = tmp_path / "people.csv"
        path.write_bytes(said if isinstance(said, bytes) else said.encode())
        return list(Extract(path, extract_map.read(tmp_path / "map.csv")).rows(on=TODAY))

    return of


def told(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.number, row.faults[0].why if row.faults else "") for row in rows]


def test_a_file_with_every_fault_keeps_its_good_rows(read: Reading) -> None:
    said = HEADING + GOOD + (
        "2,Kofi,Mensah\n"
        "3,Siân,Pugh,12/03/1984,NG7 2AB\n"
        "1,Maryam,Ali,1984-03-12\n"
        "1,Maryam,Aly,1984-03-12\n"
        "\n"
        "4,Ioana,Popa,31/02/1990\n"
        '5,"Delroy,Brown,1990-01-01\n'
        "6,Thiri,Aung,01/02/1990\n"
        '7,"Anne ""Nan""",Lee,1990-01-01\n'
    )  # fmt: skip
    rows = read(said)
    assert told(rows) == [
        (2, ""),
        (3, "3 cells where the heading has 4: columns may have moved."),
        (4, "5 cells where the heading has 4: columns may have moved."),
        (5, "The same as row 2."),
        (6, "Row 2 has this number too, and says something else beside it."),
        (8, "There is no such day."),
        (9, "A quotation mark is opened and never closed."),
        (10, ""),
        (11, ""),
    ]
    assert rows[-1].entry is not None and rows[-1].entry.given_names == 'Anne "Nan"'


def test_a_quotation_mark_left_open_spoils_its_own_row_alone(read: Reading) -> None:
    good = '2,Kofi,"Mensah",1990-01-01\n3,Thiri,Aung,1990-02-01\n'
    rows = read(HEADING + '1,"Maryam,Ali,1984-03-12\n' + good)
    assert [bool(row.entry) for row in rows] == [False, True, True]


def test_a_cell_of_several_lines_is_one_row(read: Reading) -> None:
    rows = read(HEADING + '1,"Mary\nAnn",Ali,1984-03-12\n2,Kofi,Mensah,1990-01-01\n')
    assert [(row.number, row.entry.given_names if row.entry else "") for row in rows] == [
        (2, "Mary Ann"), (3, "Kofi"),
    ]  # fmt: skip


def test_letters_of_another_encoding_are_told_by_row_until_the_map_says_which(read: Reading) -> None:
    said = (HEADING + "1,Siân,Pugh,1984-03-12\n2,Kofi,Mensah,1990-01-01\n").encode("cp1252")
    rows = read(said)
    assert [bool(row.entry) for row in rows] == [False, True]
    assert rows[0].faults[0].column == "Forename" and "encoding" in rows[0].faults[0].why
    (first, _) = read(said, map_=MAP + "encoding,windows-1252\n")
    assert first.entry is not None and first.entry.given_names == "Siân"


def test_a_file_of_a_spreadsheet_in_two_bytes_a_letter_is_read(read: Reading) -> None:
    assert [row.entry is not None for row in read((HEADING + GOOD).encode("utf-16"))] == [True]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "is empty"),
        (b"Ref,Forename,Surname\n1,a,b\n", "has no column DOB. It has: Ref, Forename, Surname."),
        (b"Ref,Forename,Surname,DOB,DOB\n", "has the column DOB more than once"),
        (b"PK\x03\x04\x00\x00\x00", "is no text: save it as CSV"),
        (HEADING.encode() + b"x" * 300_000, "is no table"),
    ],
)
def test_what_is_no_such_table_is_said(read: Reading, said: bytes, why: str) -> None:
    with pytest.raises(CannotRead, match=why):
        read(said)


@pytest.mark.parametrize(
    ("map_", "why"),
    [
        ("given,Forename\n", "which column is the id"),
        ("id,Ref\n", "where the names are"),
        ("id,Ref\nname,Name\nshoe,Size\n", "says shoe, which is none of"),
        ("id,Ref\nname,Name\ndates,soon\n", "soon is no way of writing dates"),
        ("id,Ref\nname,Name\nencoding,klingon\n", "klingon is no encoding"),
        ("id\n", "and no column"),
        ("{", "is not JSON"),
        ('{"id": 3}', "something else than a column of id"),
    ],
)
def test_a_map_that_says_too_little_is_sent_back(read: Reading, map_: str, why: str) -> None:
    with pytest.raises(CannotRead, match=why):
        read(HEADING + GOOD, map_=map_)


def test_a_map_may_be_json(read: Reading) -> None:
    said = '{"id": "Ref", "given": "Forename", "family": "Surname", "born": "DOB", "dates": ["yyyy-mm-dd"]}'
    assert [row.entry is not None for row in read(HEADING + GOOD, map_=said)] == [True]


def test_a_parquet_file_is_read_as_the_same_table_is_from_csv(tmp_path: Path, read: Reading) -> None:
    rows = "1,Maryam,Ali,1984-03-12\n2,Kofi,Mensah,1990-01-01\n2,Kofi,Mensa,1990-01-01\n3,,,1990-01-01\n"
    said = read(HEADING + rows)
    path = tmp_path / "people.parquet"
    duckdb.sql("SELECT * FROM read_csv(?)", params=[str(tmp_path / "people.csv")]).write_parquet(str(path))
    extract = Extract(path, extract_map.read(tmp_path / "map.csv"))
    again = list(extract.rows(on=TODAY))
    assert [(row.entry, row.faults) for row in again] == [(row.entry, row.faults) for row in said]
    assert [bool(row.entry) for row in again] == [True, True, False, False]
    assert extract.lines() == 4
    path.write_bytes(b"PAR1 and nothing of the kind")
    with pytest.raises(CannotRead, match="is no Parquet file"):
        list(Extract(path, extract_map.read(tmp_path / "map.csv")).rows(on=TODAY))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """What is remembered of each row lies on disk; four times the rows need no more."""
    (tmp_path / "map.csv").write_text(MAP)
    peaks = []
    for many in (4_000, 16_000):
        path = tmp_path / f"{many}.csv"
        path.write_text(HEADING + "".join(f"{at},Maryam,Ali,1984-03-12\n" for at in range(many)))
        tracemalloc.start()
        assert sum(row.entry is not None for row in _rows(path)) == many
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000


def _rows(path: Path) -> Iterator[Row]:
    return Extract(path, extract_map.read(path.parent / "map.csv")).rows(on=TODAY)
