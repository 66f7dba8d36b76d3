"""What was said about people is kept for good, as it was said, and stands behind the second wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON people_aboutanswer;
DROP POLICY IF EXISTS own_agency ON people_aboutanswer;
ALTER TABLE people_aboutanswer DISABLE ROW LEVEL SECURITY;
DROP TRIGGER about_stays_as_said ON people_aboutanswer;
DROP FUNCTION about_stays_as_said();
DROP TRIGGER kept_for_good ON people_aboutanswer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_about_answers"),
        ("journal", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
