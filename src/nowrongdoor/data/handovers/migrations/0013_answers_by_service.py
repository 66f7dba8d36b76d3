"""How offers were answered, service by service, as numbers alone: for the gap ledger and for the options."""

from pathlib import Path

from django.db import migrations

COUNTED = Path(__file__).with_name("0009_counted.sql").read_text(encoding="utf-8")
BY_REASON = "CREATE FUNCTION answers_by_reason"
UNDO = """
DROP FUNCTION answers_by_service(timestamptz, timestamptz);
DROP FUNCTION answers_by_reason(timestamptz);
""" + BY_REASON + COUNTED.partition(BY_REASON)[2].partition("-- Of each team and period")[0]


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0012_for_a_service"),
        ("holdings", "0003_re_homing_is_offered"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
