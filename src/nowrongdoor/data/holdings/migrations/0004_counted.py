"""How each team of the place holds people, as numbers alone: for figures that every agency publishes."""

from pathlib import Path

from django.db import migrations

UNDO = "DROP FUNCTION holding_counted(timestamptz, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [
        ("holdings", "0003_re_homing_is_offered"),
        ("referrals", "0002_guards"),
        ("rota", "0002_told"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
