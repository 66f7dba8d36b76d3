"""Whoever is on call is told of what has climbed to them, wherever in the agency they work."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent
BEFORE = (HERE.parents[1] / "clocks" / "migrations" / "0003_told.sql").read_text(encoding="utf-8")
UNDO = (
    "DROP TRIGGER told_when_added ON rota_duty; DROP TRIGGER told_when_changed ON rota_duty;"
    "DROP FUNCTION tell_duties(); DROP TRIGGER kept_for_good ON rota_duty;"
    + BEFORE[: BEFORE.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [
        ("rota", "0001_initial"),
        ("clocks", "0004_raised_by_team"),
        ("boards", "0001_told"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
