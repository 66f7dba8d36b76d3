"""A review that nobody decides is late as anything else is, and climbs."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BEFORE = HERE.with_name("0011_follow_statutory.sql").read_text(encoding="utf-8")
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
            HERE.with_suffix(".sql").read_text(encoding="utf-8"),
            UNDO + BEFORE[BEFORE.index("CREATE OR REPLACE") : BEFORE.index("CREATE TRIGGER")],
        ),
    ]
