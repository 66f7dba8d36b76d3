"""Nothing deleted, and who may read and write."""

from pathlib import Path

from django.db import migrations

UNDO = """
    DROP TRIGGER kept_for_good ON registers_registerlink;
    DROP TRIGGER kept_for_good ON registers_registerreading;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
