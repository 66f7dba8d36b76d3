"""Clocks follow from rows by statements that a connection plans once, each for the tables that it follows."""

from pathlib import Path

from django.db import migrations

from nowrongdoor.data.clocks.migrations import _following

HERE = Path(__file__)
FOLLOWED = HERE.with_suffix(".sql").read_text(encoding="utf-8")
PARTS = (
    "0011_follow_statutory.part.sql",
    "0013_follow_reviews.part.sql",
    "0023_follow_disagreements.part.sql",
)
BEFORE = HERE.with_name("0002_follow.sql").read_text(encoding="utf-8")


def _before(function: str) -> str:
    begins, ends = f"CREATE FUNCTION {function}()", f"COMMENT ON FUNCTION {function}()"
    made = BEFORE[BEFORE.index(begins) : BEFORE.index(ends)]
    return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0024_joint_visit"),
    ]

    operations = [
        migrations.RunSQL(
            _following.planned_once(*PARTS) + FOLLOWED,
            _following.function(*PARTS, calls_tell_nobody=True)
            + _before("clock_follows")
            + _before("clock_follows_holder")
            + "DROP FUNCTION follow_clocks(uuid[], text);",
        ),
    ]
