"""A row of a partner's extract is taken whole, or refused by column and reason."""

from datetime import date

import pytest

from nowrongdoor.rules import extract
from nowrongdoor.rules.extract import Entry, Fault, Mapped

TODAY = date(2026, 11, 29)
HEADING = ("Ref", "Forename", "Surname", "DOB", "NHS", "Tel", "Postcode", "Street", "Town")
COLUMNS = {
    "id": ("Ref",), "given": ("Forename",), "family": ("Surname",), "born": ("DOB",), "number": ("NHS",),
    "phone": ("Tel",), "postcode": ("Postcode",), "address": ("Street", "Town"),
}  # fmt: skip
MARYAM = {
    "Ref": "SC-0042", "Forename": "Maryam", "Surname": "Ali", "DOB": "1984-03-12", "NHS": "999 000 0018",
    "Tel": "01632 960001", "Postcode": "NG7 2AB", "Street": "4 Mill Lane", "Town": "Averley",
}  # fmt: skip


def mapped(*ways: str) -> Mapped:
    return Mapped(COLUMNS, ways, "", tuple(map(extract.way, ways)))


def read(*ways: str, **change: str) -> Entry | list[Fault]:
    return extract.read(7, MARYAM | change, mapped(*ways), on=TODAY)


def test_a_row_says_whom_it_speaks_of() -> None:
    assert read() == Entry(
        7, "SC-0042", "Maryam", "Ali", date(1984, 3, 12), "9990000018", "01632 960001", "NG7 2AB",
        "4 Mill Lane Averley",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("1984-03-12", ()),
        ("1984-03-12 00:00:00", ()),
        ("12 Mar 1984", ()),
        ("March 12, 1984", ()),
        ("12/03/1984", ("dd/mm/yyyy",)),
        ("12/3/1984", ("dd/mm/yyyy",)),
        ("03/12/1984", ("mm/dd/yyyy",)),
        ("12.03.84", ("dd.mm.yy",)),
        ("19840312", ("yyyymmdd",)),
        ("12-MAR-84", ("dd/mm/yyyy", "dd-mmm-yy")),
    ],
)
def test_a_date_is_read_as_the_map_says(written: str, ways: tuple[str, ...]) -> None:
    found = read(*ways, DOB=written)
    assert isinstance(found, Entry) and found.born_on == date(1984, 3, 12)


@pytest.mark.parametrize(
    ("column", "cell", "ways", "why"),
    [
        ("DOB", "12/03/1984", (), "Day or month may come first"),
        ("DOB", "12/03/1984", ("dd/mm/yyyy", "mm/dd/yyyy"), "two different days"),
        ("DOB", "31/02/1984", ("dd/mm/yyyy",), "There is no such day"),
        ("DOB", "12/03/1984", ("yyyy-mm-dd",), "no date written as yyyy-mm-dd"),
        ("DOB", "30753", (), "how a spreadsheet counts days"),
        ("DOB", "2031-01-01", (), "cannot be in the future"),
        ("DOB", "1880-01-01", (), "more than 130 years ago"),
        ("DOB", "last spring", (), "no date that can be read in one way only"),
        ("NHS", "999 000 0019", (), "its check digit does not fit"),
        ("NHS", "9.99E+09", (), "shortened this number"),
        ("Ref", "#REF!", (), "A spreadsheet wrote a fault"),
        ("Ref", "  ", (), "no number by which you know this person"),
        ("Surname", '=VLOOKUP("x",A:B,2)', (), "formula of a spreadsheet"),
        ("Surname", "+cmd|' /C calc'!A0", (), "formula of a spreadsheet"),
        ("Surname", "SiÃ¢n", (), "saved in one encoding and read in another"),
        ("Surname", "Si\udce2n", (), "not of the encoding"),
        ("Surname", "Si\ufffdn", (), "A letter was lost"),
        ("Town", "Averley " * 90, (), "longer than 500 signs"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_column(
    column: str, cell: str, ways: tuple[str, ...], why: str
) -> None:
    rest = {} if column == "DOB" else {"DOB": ""}
    found = read(*ways, **rest | {column: cell})
    assert isinstance(found, list) and [one.column for one in found] == [column]
    assert why in found[0].why
    assert cell.strip() not in found[0].why or not cell.strip()


def test_everything_that_is_wrong_with_a_row_is_said_at_once() -> None:
    found = read(DOB="31/02/1984", NHS="1", Surname="=A1")
    assert isinstance(found, list) and {one.column for one in found} == {"DOB", "NHS", "Surname"}


@pytest.mark.parametrize("cell", ["", "n/k", "Not known"])
def test_what_is_not_known_is_no_fault(cell: str) -> None:
    found = read(DOB=cell, NHS=cell, Tel=cell)
    assert isinstance(found, Entry) and (found.born_on, found.nhs_number, found.phone) == (None, "", "")


def test_letters_of_every_language_are_taken() -> None:
    for name in ("Siân", "Łukasz", "JOÃO", "Nguyễn", "Zoë"):
        found = read(Forename=name)
        assert isinstance(found, Entry) and found.given_names == name


def test_a_number_that_a_spreadsheet_keeps_as_text_is_taken() -> None:
    found = read(Ref='="0042"', Tel="+44 1632 960001")
    assert isinstance(found, Entry) and (found.number, found.phone) == ("0042", "+44 1632 960001")


def test_a_row_by_which_nobody_can_be_found_is_refused() -> None:
    found = read(DOB="", NHS="", Tel="", Postcode="", Street="", Town="")
    assert found == [Fault("", "Too little to find anybody by: an NHS number, or a name and one thing more.")]


@pytest.mark.parametrize(("whole", "parted"), [
    ("Maryam Ali", ("Maryam", "Ali")), ("Ali, Maryam", ("Maryam", "Ali")), ("Thiri", ("", "Thiri")),
    ("Unknown", ("", "")),
])  # fmt: skip
def test_a_name_in_one_column_is_parted(whole: str, parted: tuple[str, str]) -> None:
    assert extract.names({"name": whole}) == parted


@pytest.mark.parametrize("said", ["dd/mm", "yesterday", "yyyy-yyyy-dd"])
def test_what_is_no_way_of_writing_dates_is_not_taken(said: str) -> None:
    with pytest.raises(ValueError, match=said):
        extract.way(said)
