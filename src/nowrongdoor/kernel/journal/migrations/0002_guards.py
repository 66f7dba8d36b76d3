"""The journal is added to and never changed; what the web may do in it."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON journal_entry;
DROP TRIGGER kept_as_written ON journal_entry;
DROP FUNCTION kept_as_written();
DROP FUNCTION kept_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
