"""A review that nobody decides is late as anything else is, and climbs."""

from pathlib import Path

from django.db import migrations

from nowrongdoor.data.clocks.migrations import _following

TRIGGERS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP TRIGGER clock_when_added ON sharing_review;
DROP TRIGGER clock_when_changed ON sharing_review;
DROP TRIGGER clock_when_joined ON agencies_membership;
DROP TRIGGER clock_when_left ON agencies_membership;
DROP TRIGGER clock_when_founded ON agencies_team;
DROP TRIGGER clock_when_closed ON agencies_team;
DROP FUNCTION clock_follows_leads();
DROP FUNCTION clock_follows_teams();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0012_governance_reviews"),
        ("agencies", "0004_discipline"),
        ("sharing", "0007_against_whom"),
    ]

    operations = [
        migrations.RunSQL(
            _following.function("0011_follow_statutory.part.sql", "0013_follow_reviews.part.sql") + TRIGGERS,
            UNDO + _following.function("0011_follow_statutory.part.sql"),
        ),
    ]
