"""Whoever tampers with the journal at a prompt is found, and the command says where, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from nowrongdoor.console import sealing as console
from nowrongdoor.kernel.journal import anchoring, entries, verifying
from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.anchoring import anchor
from nowrongdoor.kernel.journal.models import Entry, Seal
from nowrongdoor.kernel.journal.verifying import verify
from nowrongdoor.rules.chain import Fault
from tests.trust.conftest import MINUTE, TWO_PM, council, entry_at, first_break, record, said_by, seal_all
from tests.worlds.small_place import SmallPlace

# --- what the command says ----------------------------------------------------------------------------------


def test_a_journal_as_it_was_sealed_verifies_and_says_how_fast(stood: SmallPlace):
    code, said = said_by("verify_journal")
    assert code == 0
    count = Entry.objects.count()
    assert f"Verifying {count:,} sealed entries" in said
    assert f"{count:,} entries in 3 chains: as sealed." in said and "rows/s" in said
    assert "Held against 2 lines of the anchor, the last of 25 Nov 2026, 14:01." in said


def test_an_edited_entry_is_named_by_agency_and_number(stood: SmallPlace, file, tamper):
    tamper("UPDATE journal_entry SET by_name = 'Nobody' WHERE id = %(id)s", id=entry_at(2))
    code, said = said_by("verify_journal")
    assert code == 1
    assert "FIRST BROKEN: Averley Council, entry 2: edited." in said
    assert "NOT as sealed" in said
    assert first_break(file) == (Fault.EDITED, str(council()), 2)


def test_of_each_chain_the_first_break_is_named_and_the_rest_is_counted(stood: SmallPlace, tamper):
    health = Entry.objects.filter(by_team_name="Front door").values_list("agency_id", flat=True)[0]
    broken = [entry_at(2), entry_at(3), entry_at(5), entry_at(4, health)]
    tamper("UPDATE journal_entry SET by_name = 'Nobody' WHERE id = ANY(%(ids)s)", ids=broken)
    code, said = said_by("verify_journal")
    assert code == 1
    assert "Averley Council, entry 2: edited." in said
    assert "Averley Mental Health, entry 4: edited." in said
    assert "4 places are broken; of each chain the first is named." in said


def test_a_cut_tail_is_found_by_the_anchor_alone(stood: SmallPlace, file, tamper):
    gone = list(Seal.objects.filter(agency_id=council(), number__gte=4).values_list("entry_id", flat=True))
    tamper(
        "DELETE FROM journal_entry WHERE id = ANY(%(ids)s)",
        "DELETE FROM journal_salt WHERE entry_id = ANY(%(ids)s)",
        "DELETE FROM journal_seal WHERE entry_id = ANY(%(ids)s)",
        ids=gone,
    )
    assert verify().holds
    code, said = said_by("verify_journal")
    assert code == 1
    assert "FIRST BROKEN: Averley Council, entry 4: tail cut." in said
    assert "Anchored 25 Nov 2026, 14:01." in said


def test_a_journal_that_was_sealed_anew_is_found_by_the_anchor_alone(stood: SmallPlace, tamper):
    """Every seal thrown away: the sealer, which knows no better, seals all of it again."""
    tamper(
        "UPDATE journal_entry SET by_name = 'Nobody' WHERE id = %(id)s",
        "DELETE FROM journal_seal",
        "DELETE FROM journal_salt",
        id=entry_at(2),
    )
    seal_all(TWO_PM + 2 * MINUTE)
    assert verify().holds
    code, said = said_by("verify_journal")
    assert code == 1
    assert "rewritten since the anchor of 14:01." in said
    with pytest.raises(anchoring.DoesNotFit) as found:
        anchor(AnchorFile(console.anchor_path()), at=TWO_PM + 3 * MINUTE)
    assert {one.fault for one in found.value.breaks} == {Fault.REWRITTEN}


def test_the_first_entry_that_differs_from_its_anchor_is_named_and_the_last_anchor(stood, file, tamper):
    later = Seal.objects.filter(agency_id=None).order_by("-number")[0]
    assert later.number == 2
    tamper("UPDATE journal_seal SET hash = sha256('x') WHERE entry_id = %(id)s", id=later.entry_id)
    found = verify(anchor=file.path)
    assert [(one.fault, one.agency_id, one.number) for one in found.breaks] == [
        (Fault.HEAD_CHANGED, None, 2),
        (Fault.REWRITTEN, None, 2),
    ]
    assert found.breaks[1].anchored_at == TWO_PM + MINUTE
    assert found.anchor is not None and found.anchor.kept == {None: 1}


def test_a_changed_anchor_file_is_told_from_a_changed_journal(stood: SmallPlace, file):
    raw = file.path.read_bytes()
    file.path.write_bytes(raw.replace(b'"heads":3', b'"heads":2', 1))
    code, said = said_by("verify_journal")
    assert code == 1
    assert "FIRST BROKEN: Anchor file changed. Line 1: It counts another number of heads." in said


def test_an_anchor_that_was_taken_away_is_missed(stood: SmallPlace, file):
    file.path.unlink()
    code, said = said_by("verify_journal")
    assert code == 1 and "There is no anchor at" in said


def test_a_partners_copy_can_be_held_against_the_journal(stood: SmallPlace, file, tmp_path: Path):
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(file.path.read_bytes().splitlines(keepends=True)[0])
    code, said = said_by("verify_journal", f"--anchor={copy}")
    assert code == 0 and "Held against 1 line of the anchor" in said
    assert said_by("verify_journal", f"--anchor={tmp_path / 'none'}")[0] == 1


def test_without_an_anchor_it_says_what_could_not_be_seen(stood: SmallPlace, monkeypatch):
    monkeypatch.delenv("NWD_ANCHOR")
    code, said = said_by("verify_journal")
    assert code == 0 and "Without an anchor" in said


def test_what_waits_for_its_seal_and_what_was_sealed_late_is_said(stood: SmallPlace):
    stood.a_referral()
    code, said = said_by("verify_journal")
    assert code == 0
    assert f"Not sealed yet, and so not protected: {Entry.objects.count() - Seal.objects.count()}." in said
    assert "Sealed more than an hour after the time they bear:" in said


def test_progress_is_said_of_a_long_journal(stood: SmallPlace, monkeypatch):
    monkeypatch.setattr("nowrongdoor.console.management.commands.verify_journal.EACH", 0.0)
    monkeypatch.setattr(verifying, "AT_ONCE", 5)
    _, said = said_by("verify_journal")
    assert f"  5 of {Entry.objects.count():,} entries (" in said


@pytest.mark.parametrize("column", ["number", "previous", "digest", "hash", "sealed_at"])
def test_a_seal_that_was_emptied_is_found_and_stops_nothing(stood: SmallPlace, file, tamper, column):
    tamper("UPDATE journal_seal SET " + column + " = NULL WHERE entry_id = %(id)s", id=entry_at(2))
    assert verify(anchor=file.path).breaks[0].agency_id == str(council())


@pytest.mark.parametrize("column", ["happened_at", "recorded_at"])
def test_a_time_that_no_calendar_knows_is_found_and_stops_nothing(stood: SmallPlace, file, tamper, column):
    statement = {
        "happened_at": "UPDATE journal_entry SET happened_at = 'infinity' WHERE id = %(id)s",
        "recorded_at": "UPDATE journal_entry SET recorded_at = '-infinity' WHERE id = %(id)s",
    }[column]
    tamper(statement, id=entry_at(2))
    assert first_break(file) == (Fault.EDITED, str(council()), 2)


def test_a_number_too_long_for_any_program_is_found_and_stops_nothing(stood: SmallPlace, file, tamper):
    tamper(
        "UPDATE journal_entry SET changes = jsonb_build_object('n', repeat('9', 6000)::numeric)"
        " WHERE id = %(id)s",
        id=entry_at(2),
    )
    assert first_break(file) == (Fault.EDITED, str(council()), 2)


# --- every column -------------------------------------------------------------------------------------------


def test_every_column_of_an_entry_is_sealed(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'journal_entry'"
        )
        assert {name for (name,) in cursor.fetchall()} == set(entries.COLUMNS)


@pytest.mark.parametrize("column", entries.COLUMNS)
def test_whatever_is_changed_in_an_entry_of_the_database_is_found(place: SmallPlace, column):
    """Through the real reading: of an entry in the middle of a chain, one column after the other."""
    record(place)
    seal_all()
    seal = Seal.objects.filter(agency_id=council(), number=2)[0]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE journal_entry AS SELECT * FROM public.journal_entry")
        assert verify().holds
        cursor.execute(OTHER.get(column, OTHER["text"]).format(column=column), [seal.entry_id])
        assert cursor.rowcount == 1
    fault = Fault.MISSING if column == "id" else Fault.EDITED
    assert [(one.fault, one.number) for one in verify().breaks] == [(fault, 2)]


UPDATE = "UPDATE pg_temp.journal_entry SET "
OTHER = {
    "text": UPDATE + "{column} = {column} || 'x' WHERE id = %s",
    "changes": UPDATE + "changes = changes || '{{\"x\": [1, 2]}}' WHERE id = %s",
    "version": UPDATE + "version = version + 1 WHERE id = %s",
    **dict.fromkeys(
        ("id", "subject_id", "by_member_id", "by_team_id", "agency_id", "person_id", "referral_id"),
        UPDATE + "{column} = gen_random_uuid() WHERE id = %s",
    ),
    **dict.fromkeys(
        ("happened_at", "recorded_at"),
        UPDATE + "{column} = {column} + interval '1 microsecond' WHERE id = %s",
    ),
}
