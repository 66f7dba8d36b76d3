"""What the web may do with drafts: they are not records, and are thrown away when sent."""

from pathlib import Path

from django.db import migrations

UNDO = """
SELECT 1
"""


class Migration(migrations.Migration):
    dependencies = [
        ("drafts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
