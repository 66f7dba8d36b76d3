"""A disagreement with the police that nobody reviews is late as anything else is, and climbs."""

from pathlib import Path

from django.db import migrations

from nowrongdoor.data.clocks.migrations import _following

HERE = Path(__file__)
TRIGGERS = HERE.with_suffix(".sql").read_text(encoding="utf-8")
REVIEWS = HERE.with_name("0013_follow_reviews.sql").read_text(encoding="utf-8")
BEGINS, ENDS = "CREATE FUNCTION clock_follows_teams", "COMMENT ON FUNCTION clock_follows_teams"
TEAMS = REVIEWS[REVIEWS.index(BEGINS) : REVIEWS.index(ENDS)].replace("CREATE", "CREATE OR REPLACE")
PARTS = ("0011_follow_statutory.part.sql", "0013_follow_reviews.part.sql")
PART = "0023_follow_disagreements.part.sql"
UNDO = """
DROP TRIGGER clock_when_added ON police_policedecision;
DROP TRIGGER clock_when_changed ON police_policedecision;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0022_police_reviews"),
        ("police", "0008_review_owed"),
    ]

    operations = [
        migrations.RunSQL(
            _following.function(*PARTS, PART, calls_tell_nobody=True) + TRIGGERS,
            UNDO + TEAMS + _following.function(*PARTS, calls_tell_nobody=True),
        ),
    ]
