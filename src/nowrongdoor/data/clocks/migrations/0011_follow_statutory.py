"""What the law gives a time has its clock, written as every clock is."""

from pathlib import Path

from django.db import migrations

from nowrongdoor.data.clocks.migrations import _following

TRIGGERS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = (
    "DROP TRIGGER clock_when_changed ON stages_statutoryclock;"
    "DROP TRIGGER clock_when_added ON stages_statutoryclock;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0010_statutory"),
        ("stages", "0004_statutory_guards"),
    ]

    operations = [
        migrations.RunSQL(
            _following.function("0011_follow_statutory.part.sql") + TRIGGERS, UNDO + _following.function()
        ),
    ]
