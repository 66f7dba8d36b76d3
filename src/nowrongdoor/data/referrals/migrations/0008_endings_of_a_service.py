"""How it ended by the service that was asked, where the offer by which its team came to hold names one."""

from pathlib import Path

from django.db import migrations

BEFORE = Path(__file__).with_name("0007_endings_by_service.sql").read_text(encoding="utf-8")
FUNCTION = "CREATE FUNCTION endings_by_service"
UNDO = "CREATE OR REPLACE FUNCTION endings_by_service" + BEFORE.partition(FUNCTION)[2]


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_endings_by_service"),
        ("handovers", "0012_for_a_service"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
