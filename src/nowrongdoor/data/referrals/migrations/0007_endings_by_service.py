"""How it ended by service, and what came of services that somebody was only told of: as numbers alone."""

from pathlib import Path

from django.db import migrations

BEFORE = Path(__file__).with_name("0006_endings_counted.sql").read_text(encoding="utf-8")
UNDO = "DROP FUNCTION endings_by_service(timestamptz, timestamptz);" + BEFORE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0006_endings_counted"),
        ("contacts", "0007_came_of"),
        ("holdings", "0001_initial"),
        ("promises", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
