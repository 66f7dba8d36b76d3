"""I2, I5: an offer rests on an open holding, keeps its terms and is answered once."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON handovers_handover;
DROP TRIGGER handover_is_so ON handovers_handover;
DROP FUNCTION handover_is_so();
DROP TRIGGER handover_answered_once ON handovers_handover;
DROP FUNCTION handover_answered_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0002_what_it_rests_on"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
