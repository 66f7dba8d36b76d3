"""What is decided about sharing is kept, and an opening stays as it was recorded."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_as_written ON sharing_opening;
DROP TRIGGER kept_for_good ON sharing_agreement;
DROP TRIGGER kept_for_good ON sharing_review;
DROP TRIGGER kept_for_good ON sharing_opening;
DROP TRIGGER kept_for_good ON sharing_seal;
DROP TRIGGER kept_for_good ON sharing_sharingdecision;
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("journal", "0002_guards")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
