"""The access log is only added to."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON access_log_look;
DROP TRIGGER kept_as_written ON access_log_look;
"""


class Migration(migrations.Migration):
    dependencies = [("access_log", "0001_initial"), ("journal", "0002_guards")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
