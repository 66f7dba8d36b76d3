"""The edges of a handover and the standards of access have their clocks, written as every clock is."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
UNDO = "DROP TRIGGER clock_when_changed ON stages_stage;DROP TRIGGER clock_when_added ON stages_stage;"


def _before() -> str:
    """What the function was, from the migration that made it."""
    made = HERE.with_name("0002_follow.sql").read_text(encoding="utf-8")
    start = made.index("CREATE FUNCTION follow_clocks")
    end = made.index("COMMENT ON FUNCTION follow_clocks")
    return made[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0008_stages"),
        ("handovers", "0006_standard"),
        ("promises", "0005_standard"),
        ("stages", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text(encoding="utf-8"), UNDO + _before()),
    ]
