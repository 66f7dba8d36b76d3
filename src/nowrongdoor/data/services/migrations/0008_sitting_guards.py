"""What the web may do with what was looked for: it is counted anew, and never thrown away."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON services_sitting;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0007_sitting"),
        ("journal", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
