"""What became of everybody about whom the police were asked, as lines that are of nobody."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0002_guards"),
        ("participations", "0008_kept_safe"),
        ("sharing", "0008_carried"),
        ("stages", "0004_statutory_guards"),
        ("contacts", "0004_within_reach"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION police_calls(timestamptz, timestamptz, integer[], integer, integer, text[],"
            " text[])",
        ),
    ]
