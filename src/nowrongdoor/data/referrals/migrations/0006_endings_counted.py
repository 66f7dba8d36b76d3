"""How referrals ended, as numbers alone: for the figures of kinds of service."""

from pathlib import Path

from django.db import migrations

UNDO = "DROP FUNCTION endings_counted(timestamptz, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_triaged_as")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
