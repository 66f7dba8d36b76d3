"""What was suggested of entries is kept, with its answer."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON services_suggestion;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0009_suggestion"),
        ("journal", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
