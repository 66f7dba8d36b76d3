"""What services said of their places is kept; the directory is open to every agency that reads."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON services_capacity;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0003_open_referral"),
        ("journal", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
