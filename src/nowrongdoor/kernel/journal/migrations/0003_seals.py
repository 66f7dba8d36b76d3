import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Salt",
            fields=[
                (
                    "entry_id",
                    models.UUIDField(
                        db_comment="The entry whose words it salts", primary_key=True, serialize=False
                    ),
                ),
                (
                    "salt",
                    models.BinaryField(
                        db_comment="Random: without it nobody can guess erased words from their digest"
                    ),
                ),
            ],
            options={
                "db_table_comment": (
                    "A salt for each sealed entry: dropped with its words at a lawful erasure"
                ),
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "entry_id",
                    models.UUIDField(
                        db_comment="The entry that is sealed", primary_key=True, serialize=False
                    ),
                ),
                (
                    "agency_id",
                    models.UUIDField(
                        db_comment="Whose chain: the agency of the entry; empty for the system's own",
                        null=True,
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(
                        db_comment="Its place in that chain, from 1 and without a gap"
                    ),
                ),
                (
                    "previous",
                    models.BinaryField(
                        db_comment="The hash of the entry before in its chain; zeros at first"
                    ),
                ),
                (
                    "digest",
                    models.BinaryField(db_comment="SHA-256 of the entry's salt and of what it says changed"),
                ),
                (
                    "hash",
                    models.BinaryField(db_comment="SHA-256 of entry, number, digest and the hash before"),
                ),
                ("sealed_at", models.DateTimeField(db_comment="When it was sealed")),
            ],
            options={
                "db_table_comment": ("Which entry stands where in its agency's chain: only ever added to"),
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["recorded_at"], name="journal_by_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(
                fields=("agency_id", "number"), name="journal_seal_once_per_number", nulls_distinct=False
            ),
        ),
    ]
