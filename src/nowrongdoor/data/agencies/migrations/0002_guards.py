"""A team that closed and a member who left hold nobody."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON agencies_membership;
DROP TRIGGER kept_for_good ON agencies_member;
DROP TRIGGER kept_for_good ON agencies_team;
DROP TRIGGER kept_for_good ON agencies_agency;
DROP TRIGGER member_left_holds_nobody ON agencies_membership;
DROP FUNCTION member_left_holds_nobody();
DROP TRIGGER team_closed_holds_nobody ON agencies_team;
DROP FUNCTION team_closed_holds_nobody();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
