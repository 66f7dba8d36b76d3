"""Whoever holds a person and whoever looks into it are told at once that the glass was broken."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER told_when_added ON sharing_review;
DROP TRIGGER told_when_changed ON sharing_review;
DROP FUNCTION tell_reviews();
DROP FUNCTION glass_not_reviewed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_told"),
        ("participations", "0006_narrower"),
        ("sharing", "0006_number_in_doubt"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
