"""Skills stay on record, and are told to the boards of where the member works."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER told_when_changed ON visits_skill;
DROP TRIGGER told_when_added ON visits_skill;
DROP FUNCTION tell_skills();
DROP TRIGGER kept_for_good ON visits_skill;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_skill"),
        ("boards", "0001_told"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
