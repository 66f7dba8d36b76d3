"""What somebody was told of is kept for good, behind the second wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON contacts_signpost;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0005_signpost"),
        ("journal", "0002_guards"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
