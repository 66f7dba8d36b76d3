"""What an entry says of a person can lawfully go: on record, and without breaking the chain."""

from __future__ import annotations

import json
from uuid import uuid4

import psycopg
import pytest

from nowrongdoor.kernel.journal.erasing import NotSealed, erase
from nowrongdoor.kernel.journal.models import Entry, Salt
from nowrongdoor.kernel.journal.verifying import verify
from nowrongdoor.rules.chain import Fault
from tests.trust.conftest import MINUTE, TWO_PM, council, entry_at, first_break, said_by, seal_all, stand
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def stood(file, monkeypatch) -> SmallPlace:
    """As everywhere here, and committed: erasing is the owner's, on a connection of its own."""
    return stand(SmallPlace.begin(), file, monkeypatch)


def test_an_erasure_leaves_the_chain_whole_and_is_on_record(stood: SmallPlace, file):
    erased = entry_at(3)
    erase(erased, why="Right to erasure, granted.", by_name="Bethan Pugh", at=TWO_PM + 2 * MINUTE)
    assert Entry.objects.get(pk=erased).changes == {}
    assert not Salt.objects.filter(pk=erased).exists()
    seal_all(TWO_PM + 2 * MINUTE)
    found = verify(anchor=file.path)
    assert found.holds and found.erased == 1
    (record_,) = Entry.objects.filter(kind="entry.erased")
    assert (record_.subject_id, record_.by_name, record_.agency_id) == (erased, "Bethan Pugh", council())
    assert "Erased, on record: 1." in said_by("verify_journal")[1]


def test_erased_words_cannot_be_put_back_or_replaced(stood: SmallPlace, file, owner_tampers):
    erased, said = entry_at(3), Entry.objects.get(pk=entry_at(3)).changes
    erase(erased, why="Right to erasure, granted.", by_name="Bethan Pugh", at=TWO_PM + 2 * MINUTE)
    owner_tampers(
        "UPDATE journal_entry SET changes = %(said)s WHERE id = %(id)s", id=erased, said=json.dumps(said)
    )
    assert first_break(file) == (Fault.EDITED, str(council()), 3)


def test_an_erasure_off_the_record_is_tampering(stood: SmallPlace, file, owner_tampers):
    owner_tampers(
        "UPDATE journal_entry SET changes = '{}' WHERE id = %(id)s",
        "DELETE FROM journal_salt WHERE entry_id = %(id)s",
        id=entry_at(3),
    )
    assert first_break(file) == (Fault.EDITED, str(council()), 3)


def test_an_entry_without_a_seal_is_not_erased(stood: SmallPlace):
    with pytest.raises(NotSealed):
        erase(uuid4(), why="No such entry.", by_name="Bethan Pugh", at=TWO_PM)
    assert not Entry.objects.filter(kind="entry.erased").exists()


def test_the_guard_is_back_after_an_erasure(stood: SmallPlace, owner):
    erase(entry_at(3), why="Right to erasure, granted.", by_name="Bethan Pugh", at=TWO_PM)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("UPDATE journal_entry SET by_name = ''")
