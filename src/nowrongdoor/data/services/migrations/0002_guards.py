"""The directory's entries are kept for good."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON services_service;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0001_initial"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
