"""An entry of a partner's register and a record of ours: what may become of the two, and what is kept."""

from dataclasses import replace

import pytest

from nowrongdoor.rules import finding, person, register, stewarding
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.register import Alike, Batch, RegisterLink, RegisterReading
from tests.worlds.facts import NINE, TEN, a_person, id_of

STEWARD, COUNCIL = id_of("steward"), id_of("council")
ENTRY = Entry(7, "SC-42", "Mariam", "Ali", None, "", "01632 960114", "ZZ7 2AB", "14 Saltmarsh Row")
MARYAM = a_person("maryam", given_names="Maryam", family_name="Ali", phone="01632 960114", postcode="ZZ7 2AB")


def proposed(**change: object) -> RegisterLink:
    alike = replace(Alike(ENTRY, MARYAM.id, 12.0, "same phone"), **change)  # type: ignore[arg-type]
    step = register.propose(alike, agency_id=COUNCIL, by=STEWARD, at=NINE)
    found: RegisterLink = step.change.after
    return found


def decided(known: RegisterLink, act: str, **rest: object) -> RegisterLink:
    step = getattr(register, act)(known, words="She said so.", by=STEWARD, at=TEN, **rest)
    found: RegisterLink = step.change.after
    return found


LINK = {"is_elsewhere": False, "number_added": True}


def test_what_the_register_said_is_kept_as_it_was_read() -> None:
    assert register.entry_of(proposed()) == replace(ENTRY, row=0)


def test_the_same_entry_and_record_are_asked_about_once_however_the_number_is_written() -> None:
    assert proposed(entry=replace(ENTRY, number=" sc 42 ")).id == proposed().id


def test_a_yes_a_no_and_a_yes_undone() -> None:
    linked = decided(proposed(), "link", **LINK)
    assert (linked.state, linked.number_added, linked.words) == ("linked", True, "She said so.")
    undone = decided(linked, "unlink")
    assert (undone.state, undone.number_added, undone.undoing_words) == ("undone", False, "She said so.")
    assert decided(undone, "link", **LINK).undone_at is None
    assert decided(decided(proposed(), "keep_apart"), "link", **LINK).state == "linked"


@pytest.mark.parametrize(("before", "act"), [
    ("link", "link"), ("link", "keep_apart"), ("keep_apart", "keep_apart"), ("keep_apart", "unlink"),
])  # fmt: skip
def test_what_was_decided_is_not_decided_again(before: str, act: str) -> None:
    known = decided(proposed(), before, **(LINK if before == "link" else {}))
    with pytest.raises(Refused):
        decided(known, act, **(LINK if act == "link" else {}))


def test_a_number_that_stands_for_another_record_is_not_given_to_a_second() -> None:
    with pytest.raises(Refused, match="linked with another record already"):
        decided(proposed(), "link", is_elsewhere=True, number_added=True)


def begun() -> RegisterReading:
    step = register.begin(
        reading_id=id_of("reading"), agency_id=COUNCIL, digest="ab12", is_being_read=False, by=STEWARD, at=NINE
    )
    found: RegisterReading = step.change.after
    return found


def taken(known: RegisterReading, place: int, *, is_last: bool = False) -> RegisterReading:
    found = [Alike(ENTRY, MARYAM.id, 12.0, "same phone"), Alike(ENTRY, STEWARD, 2.0, "same surname")]
    batch = Batch(place, rows=5, refused=1, known=1, alone=1, is_last=is_last)
    after: RegisterReading = register.take(known, batch, found, at=TEN).change.after
    return after


def test_a_reading_counts_each_batch_once_and_in_its_turn() -> None:
    half = taken(begun(), 0)
    assert (half.batches, half.rows, half.proposed, half.to_look_at) == (1, 5, 1, 1)
    for place in (0, 2):
        with pytest.raises(Refused, match="taken already, or others come first"):
            taken(half, place)
    whole = taken(half, 1, is_last=True)
    assert (whole.rows, whole.ended_at) == (10, TEN)
    with pytest.raises(Refused, match="to its end already"):
        taken(whole, 2)


@pytest.mark.parametrize(("bits", "band"), [(7.0, "proposed"), (6.0, "to_look_at"), (-0.1, "")])
def test_how_likely_it_is_says_what_becomes_of_it(bits: float, band: str) -> None:
    assert stewarding.band(register.BANDS, bits, on=NINE.date()) == band
    assert stewarding.least(register.BANDS, on=NINE.date()) == pytest.approx(0.0)


def test_whoever_is_linked_is_found_by_the_partners_number_until_it_is_undone() -> None:
    model = weights.standing(on=NINE.date()).among(1000)
    asked = finding.told(Asked(other_number="sc42"))
    known = person.know_by(MARYAM, "SC-42").change.after
    assert person.is_known_by(known, "sc 42") and not person.is_known_by(MARYAM, "SC-42")
    assert finding.weigh(asked, known, model=model).reasons == ("same number of a partner",)
    again = person.know_no_more_by(known, "SC-42").change.after
    bare = person.know_no_more_by(person.know_by(MARYAM, "x").change.after, "x").change.after
    assert (again.other_numbers, again.find_keys) == (MARYAM.other_numbers, bare.find_keys)


def test_an_entry_is_asked_about_in_one_way_alone() -> None:
    for given, family in (("Mary Ann", "ap Rhys Jones"), ("", "da Silva Santos Lima"), ("Maryam", "")):
        said = finding.told(finding.of_entry(replace(ENTRY, given_names=given, family_name=family)))
        assert len(said.readings) == 1 and said.readings[0][:2] == (given.lower(), family.lower())
