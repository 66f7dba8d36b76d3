"""A call just to talk is kept for good, behind the second wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS of_network ON promises_promise;
DROP TRIGGER kept_for_good ON promises_talk;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_guards"),
        ("participations", "0009_no_part_by_talking"),
        ("promises", "0011_just_to_talk"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
