"""Names, numbers and postcodes as people write them: checked in words, and looked up however written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules import identifiers
from nowrongdoor.rules.change import Refused
from nowrongdoor.sim.people import check_digit
from tests.worlds.tables import cases


@cases("""
    written             | answer
    --------------------+----------------------------------------------------------------
    9990000018          | 9990000018
    999 000 0018        | 9990000018
    999-000-0018        | 9990000018
                        |
    999 000 0019        | This is not a valid NHS number: its check digit does not fit. Ask for it again.
    999000001           | An NHS number has 10 digits; this has 9.
    99900000189         | An NHS number has 10 digits; this has 11.
    999000001O          | An NHS number has only digits. Check what was read out.
    ９９９０００００１８ | An NHS number has only digits. Check what was read out.
    0101901232          | This is a Scottish (CHI) number, not an NHS number of England or Wales. Leave this empty and write it in the notes.
    3200000007          | This is a Northern Irish number, not an NHS number of England or Wales. Leave this empty and write it in the notes.
""")
def test_an_nhs_number(case: dict[str, str]) -> None:
    try:
        told = identifiers.check_nhs_number(case["written"])
    except Refused as refusal:
        told = refusal.words
    assert told == case["answer"]


@given(st.integers(0, 999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_digit_misheard_is_always_noticed(middle: int, place: int, slip: int) -> None:
    first = f"999{middle:06d}"
    check = check_digit(first)
    if check == 10:
        return
    right = f"{first}{check}"
    assert identifiers.check_nhs_number(right) == right
    digit = (int(right[place]) + slip) % 10
    with pytest.raises(Refused):
        identifiers.check_nhs_number(f"{right[:place]}{digit}{right[place + 1 :]}")


@cases("""
    written            | looked up as
    -------------------+-------------
    07700 900123       | 07700900123
    +44 7700 900123    | 07700900123
    0044 7700 900123   | 07700900123
    +44 (0)7700 900123 | 07700900123
    0044 (0)7700900123 | 07700900123
    (01632) 960-001    | 01632960001
    +44 1632 960001    | 01632960001
    442 960            | 442960
    ask at the door    |
""")
def test_a_telephone_number(case: dict[str, str]) -> None:
    assert identifiers.phone_key(case["written"]) == case["looked up as"]


@cases("""
    written     | looked up as
    ------------+-------------
    Siân        | sian
    SIAN        | sian
    ap Rhys     | aprhys
    O'Brien     | obrien
    O’Brien     | obrien
    Llŷr        | llyr
    Łukasz      | lukasz
    Søren       | soren
    Đorđe       | dorde
    Yılmaz      | yilmaz
    Weiß        | weiss
    Ashworth-Bell | ashworthbell
    N'Diaye     | ndiaye
    😔          |
                |
""")
def test_a_name(case: dict[str, str]) -> None:
    assert identifiers.key(case["written"]) == case["looked up as"]


@given(st.text())
def test_looking_up_what_is_looked_up_changes_nothing(text: str) -> None:
    once = identifiers.key(text)
    assert identifiers.key(once) == once


@given(st.text())
def test_a_name_in_parts_is_looked_up_as_the_whole_is(name: str) -> None:
    assert "".join(identifiers.name_keys(name)) == identifiers.key(name)


@cases("""
    written  | kept as
    ---------+---------
    zz1 2ab  | ZZ1 2AB
    ZZ12AB   | ZZ1 2AB
    zz1-2ab  | ZZ1 2AB
    ec1a 1bb | EC1A 1BB
    ZZ1      | ZZ1
    Averley  | Averley
             |
""")
def test_a_postcode(case: dict[str, str]) -> None:
    assert identifiers.check_postcode(case["written"]) == case["kept as"]
