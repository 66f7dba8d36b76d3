"""Boards are told when something was escalated or replied to."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER told_when_added ON clocks_climb;
DROP TRIGGER told_when_added ON clocks_reply;
DROP FUNCTION tell_climbs();
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_follow"), ("boards", "0001_told")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO)]
