"""The halves of a joint visit are of one referral, told to both boards, and reported after a yes."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
UNDO = """
DROP TRIGGER visit_half_of_the_same ON visits_visit;
DROP FUNCTION visit_half_of_the_same();
DROP FUNCTION visits_reported(timestamptz, timestamptz, timestamptz, uuid);
"""


def _told_before() -> str:
    """What boards were told, and what was reported, before: the functions of the files that made them."""
    guards = HERE.with_name("0002_guards.sql").read_text(encoding="utf-8")
    told = guards[
        guards.index("CREATE FUNCTION tell_visits()") : guards.index("COMMENT ON FUNCTION tell_visits()")
    ]
    reported = HERE.with_name("0003_reported.sql").read_text(encoding="utf-8")
    return told.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1) + reported


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0006_joint"),
        ("boards", "0001_told"),
        ("holdings", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text(encoding="utf-8"), UNDO + _told_before()),
    ]
