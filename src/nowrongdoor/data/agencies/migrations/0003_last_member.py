"""The last member of a team that still holds somebody does not leave it."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER team_that_holds_has_a_member ON agencies_membership;
DROP FUNCTION team_that_holds_has_a_member();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
