"""
One entry for each change of each row: what changed, when it was so, when we were told, and by whom.

Folding the entries of a row gives the row. Keys are plain: the journal outlives what it tells of.

Beside it stand the seals, which show whether an entry was tampered with, and the salts that keep what an
entry says of a person from being guessed from its seal once it has been erased. See `rules.chain`.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Entry(models.Model):
    """One version of one row, and how it came to be."""

    id = models.UUIDField(primary_key=True, db_comment="Made by whoever recorded the change")
    subject = models.TextField(db_comment="The kind of row that changed, such as handovers.handover")
    subject_id = models.UUIDField(db_comment="The row that changed")
    version = models.PositiveIntegerField(db_comment="The version of the row after the change, from 1")
    kind = models.TextField(db_comment="What happened, in the past tense, such as handover.accepted")
    changes = models.JSONField(db_comment="Each column that changed, with its value before and after")
    happened_at = models.DateTimeField(db_comment="When it was so")
    recorded_at = models.DateTimeField(db_comment="When we were told")
    by_member_id = models.UUIDField(null=True, db_comment="The member who acted; empty when nobody did")
    by_name = models.TextField(db_comment="Name of that member, as it was then")
    by_team_id = models.UUIDField(null=True, db_comment="The team the member was working for")
    by_team_name = models.TextField(db_comment="Name of that team, as it was then")
    agency_id = models.UUIDField(null=True, db_comment="The agency of that team")
    person_id = models.UUIDField(null=True, db_comment="The person this is about, where known")
    referral_id = models.UUIDField(null=True, db_comment="The referral this is about, if any")

    class Meta:
        db_table_comment = "The story of every change: entries are added, never changed or removed"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "version"], name="journal_entry_once_per_version"
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "recorded_at"], name="journal_by_person"),
            models.Index(fields=["referral_id", "recorded_at"], name="journal_by_referral"),
            # Costs whoever records nothing; the sealer looks through the last minutes by it.
            BrinIndex(fields=["recorded_at"], name="journal_by_time", autosummarize=True),
        ]


class Seal(models.Model):
    """The place of one entry in the chain of its agency. Added after the entry, by the sealer alone."""

    entry_id = models.UUIDField(primary_key=True, db_comment="The entry that is sealed")
    agency_id = models.UUIDField(
        null=True, db_comment="Whose chain: the agency of the entry; empty for the system's own"
    )
    number = models.PositiveBigIntegerField(db_comment="Its place in that chain, from 1 and without a gap")
    previous = models.BinaryField(db_comment="The hash of the entry before in its chain; zeros at first")
    digest = models.BinaryField(db_comment="SHA-256 of the entry's salt and of what it says changed")
    hash = models.BinaryField(db_comment="SHA-256 of entry, number, digest and the hash before")
    sealed_at = models.DateTimeField(db_comment="When it was sealed")

    class Meta:
        db_table_comment = "Which entry stands where in its agency's chain: only ever added to"
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "number"], name="journal_seal_once_per_number", nulls_distinct=False
            ),
        ]


class Salt(models.Model):
    """The salt of one entry. It goes only when what the entry says of a person is lawfully erased."""

    entry_id = models.UUIDField(primary_key=True, db_comment="The entry whose words it salts")
    salt = models.BinaryField(db_comment="Random: without it nobody can guess erased words from their digest")

    class Meta:
        db_table_comment = "A salt for each sealed entry: dropped with its words at a lawful erasure"
