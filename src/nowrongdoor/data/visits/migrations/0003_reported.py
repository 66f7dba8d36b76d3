"""How visits went, as lines that are of nobody."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0002_guards"),
        ("sharing", "0008_carried"),
        ("stages", "0004_statutory_guards"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION visits_reported(timestamptz, timestamptz, timestamptz, uuid)",
        ),
    ]
