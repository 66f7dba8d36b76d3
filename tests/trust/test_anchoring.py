"""Each minute is anchored once, never over a journal that does not fit; after a restore on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.db import connection

from nowrongdoor.kernel.journal import anchoring
from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.anchoring import anchor, re_anchor
from nowrongdoor.kernel.journal.models import Entry, Seal
from nowrongdoor.kernel.journal.verifying import verify
from nowrongdoor.rules.anchor import Head
from nowrongdoor.rules.chain import Fault
from tests.trust.conftest import MINUTE, TWO_PM, council, record, said_by, seal_all
from tests.worlds.small_place import SmallPlace


def test_sealing_once_seals_and_anchors(committed, file, monkeypatch):
    monkeypatch.setenv("NWD_ANCHOR", str(file.path))
    record(SmallPlace.begin())
    code, said = said_by("seal", "--once")
    assert (code, said) == (0, f"Sealed: {Entry.objects.count()}.\n")
    assert verify(anchor=file.path).holds and len(file.path.read_bytes().splitlines()) == 1
    assert said_by("seal") == (0, "Sealed: 0.\n")


def test_nothing_is_anchored_over_a_journal_that_does_not_fit(stood: SmallPlace, file, tamper):
    tamper("DELETE FROM journal_seal", "DELETE FROM journal_salt")
    before = file.path.read_bytes()
    code, said = said_by("seal", "--once")
    assert code == 1
    assert "does not fit its anchor" in said and "Averley Council, entry" in said
    assert file.path.read_bytes() == before


def test_a_minute_is_anchored_once_whoever_comes_first(stood: SmallPlace, file):
    assert anchor(file, at=TWO_PM + 2 * MINUTE) is not None
    other = AnchorFile(file.path)
    assert anchor(other, at=TWO_PM + 2 * MINUTE + timedelta(seconds=59)) is None
    assert anchor(other, at=TWO_PM + 3 * MINUTE) is not None
    assert anchor(file, at=TWO_PM + 3 * MINUTE) is None
    assert [one["at"][11:16] for one in map(json.loads, file.path.read_bytes().splitlines())] == [
        "14:00", "14:01", "14:02", "14:03",
    ]  # fmt: skip


def test_an_anchor_that_has_become_shorter_is_not_gone_on_with(stood: SmallPlace, file):
    file.path.write_bytes(file.path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(anchoring.DoesNotFit) as found:
        anchor(file, at=TWO_PM + 2 * MINUTE)
    assert found.value.breaks[0].fault is Fault.ANCHOR_CHANGED


def test_the_heads_of_all_chains_are_found_each_at_its_end(stood: SmallPlace):
    with connection.cursor() as cursor:
        found = anchoring.heads(cursor)
    last: dict[str | None, Head] = {}
    for one in Seal.objects.order_by("number"):
        agency_id = None if one.agency_id is None else str(one.agency_id)
        last[agency_id] = Head(agency_id, one.number, bytes(one.hash))
    assert found == last and len(found) == 3


# --- after a restore ----------------------------------------------------------------------------------------


def restore(tamper: Callable[..., None], place: SmallPlace) -> int:
    """As after a restore: what came after the first minute is gone, and other things happen instead."""
    kept = Seal.objects.filter(agency_id=council(), sealed_at=TWO_PM).count()
    gone = list(Seal.objects.filter(sealed_at__gt=TWO_PM).values_list("entry_id", flat=True))
    tamper(
        "DELETE FROM journal_entry WHERE id = ANY(%(gone)s)",
        "DELETE FROM journal_salt WHERE entry_id = ANY(%(gone)s)",
        "DELETE FROM journal_seal WHERE entry_id = ANY(%(gone)s)",
        gone=gone,
    )
    place.a_referral(by=place.sam)
    seal_all(TWO_PM + 2 * MINUTE)
    return kept


def test_after_a_restore_the_old_and_new_heads_are_on_record_and_the_chain_goes_on(stood, file, tamper):
    kept = restore(tamper, stood)
    old = file.so_far.heads[str(council())]
    with pytest.raises(anchoring.DoesNotFit):
        anchor(file, at=TWO_PM + 2 * MINUTE)
    code, said = said_by("re_anchor", "--why=The disk broke.", "--by=Bethan Pugh")
    assert code == 0 and "by Bethan Pugh (The disk broke.)" in said
    assert f"Averley Council {kept + 1} to {old.number}" in said
    found = verify(anchor=file.path)
    assert found.holds and found.anchor is not None and len(found.anchor.re_anchored) == 1
    told = json.loads(file.path.read_bytes().splitlines()[-1])["re_anchored"]
    assert [str(council()), old.number, old.hash.hex()] in told["gave_up"]
    assert [str(council()), kept] in told["kept"]
    (event,) = Entry.objects.filter(kind="journal.re_anchored", by_name="Bethan Pugh")
    before, after = event.changes["heads"]
    assert event.changes["why"] == [None, "The disk broke."]
    assert [str(council()), old.number, old.hash.hex()] in before
    new = Seal.objects.filter(agency_id=council()).order_by("-number")[0]
    assert [str(council()), new.number, bytes(new.hash).hex()] in after
    assert anchor(AnchorFile(file.path), at=TWO_PM + timedelta(days=400)) is not None
    assert "Anchored anew" in said_by("verify_journal")[1]


def test_what_was_kept_is_still_held_to_the_anchor_after_a_restore(stood: SmallPlace, file, tamper):
    restore(tamper, stood)
    re_anchor(file, why="The disk broke.", by="Bethan Pugh", at=TWO_PM + 2 * MINUTE)
    tamper("DELETE FROM journal_seal", "DELETE FROM journal_salt")
    seal_all(TWO_PM + 3 * MINUTE)
    assert Fault.REWRITTEN in {one.fault for one in verify(anchor=file.path).breaks}


def test_nothing_is_anchored_anew_while_journal_and_anchor_agree(stood: SmallPlace, file, monkeypatch):
    with pytest.raises(CommandError, match="nothing to anchor anew"):
        said_by("re_anchor", "--why=For no reason.")
    with pytest.raises(CommandError, match="Say why"):
        said_by("re_anchor", "--why= ")
    monkeypatch.delenv("NWD_ANCHOR")
    with pytest.raises(CommandError, match="There is no anchor"):
        said_by("re_anchor", "--why=The disk broke.")


def test_a_changed_anchor_is_not_made_good_by_anchoring_anew(stood: SmallPlace, file, tamper):
    restore(tamper, stood)
    one, two = file.path.read_bytes().splitlines(keepends=True)
    file.path.write_bytes(two + one)
    with pytest.raises(CommandError, match="Anchor file changed"):
        said_by("re_anchor", "--why=The disk broke.")


def test_a_torn_line_is_acknowledged_by_anchoring_anew(stood: SmallPlace, file):
    with file.path.open("ab") as torn:
        torn.write(file.path.read_bytes()[:30])
    fresh = AnchorFile(file.path)
    with pytest.raises(anchoring.DoesNotFit):
        anchor(fresh, at=TWO_PM + 2 * MINUTE)
    assert said_by("re_anchor", "--why=The power went.", "--by=Bethan Pugh")[0] == 0
    assert verify(anchor=file.path).holds
    assert anchor(AnchorFile(file.path), at=TWO_PM + timedelta(days=400)) is not None
    assert verify(anchor=file.path).holds
