"""
Lawful erasure: what one entry says of a person goes, with its salt, and that it went is on record.

The seal of the entry holds only a digest, which nobody can guess without the salt, so the chain still holds.
As the owner of the tables: the web's own role can change no entry. Whoever asks for it, with which two
signatures and when, is the retention schedule's to say; nothing calls this yet.
"""

from datetime import datetime
from uuid import UUID

from django.db import connections, transaction

from nowrongdoor.kernel.journal.entries import ENTRY, ERASED, tell


class NotSealed(Exception):
    """The entry has no seal yet, or is not there: without a seal nobody could tell erasure from tampering."""


def erase(entry_id: UUID, *, why: str, by_name: str, at: datetime, using: str = "owner") -> None:
    """Erases what the entry says, in one transaction with an entry in the same chain that says so and why."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT agency_id::text FROM journal_seal WHERE entry_id = %s", [entry_id])
        found = cursor.fetchone()
        if found is None:
            raise NotSealed(entry_id)
        reason = {"why": [None, why]}
        tell(ENTRY, entry_id, ERASED, reason, agency_id=found[0], by_name=by_name, at=at, using=using)
        # The guard is back before anyone else can reach the table, which this locks.
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER kept_as_written")
        cursor.execute("UPDATE journal_entry SET changes = '{}' WHERE id = %s", [entry_id])
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER kept_as_written")
        cursor.execute("DELETE FROM journal_salt WHERE entry_id = %s", [entry_id])
