"""What was asked after an offer is only added to, and only while the offer waits."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON handovers_chase;
DROP TRIGGER kept_as_written ON handovers_chase;
DROP TRIGGER chase_is_of_a_live_offer ON handovers_chase;
DROP FUNCTION chase_is_of_a_live_offer();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0004_chase"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
