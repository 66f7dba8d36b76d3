"""What the law gives a time has its clock, written as every clock is."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
UNDO = (
    "DROP TRIGGER clock_when_changed ON stages_statutoryclock;"
    "DROP TRIGGER clock_when_added ON stages_statutoryclock;"
)


def _before() -> str:
    """What the function was, from the migration that made it."""
    made = HERE.with_name("0009_follow_stages.sql").read_text(encoding="utf-8")
    return made[made.index("CREATE OR REPLACE FUNCTION") : made.index("CREATE TRIGGER")]


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0010_statutory"),
        ("stages", "0004_statutory_guards"),
    ]

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text(encoding="utf-8"), UNDO + _before()),
    ]
