"""Who matters to people is kept, behind the second wall; a no to contact goes before every number."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON people_incircle;
DROP POLICY IF EXISTS own_agency ON people_incircle;
ALTER TABLE people_incircle DISABLE ROW LEVEL SECURITY;
DROP FUNCTION may_ring(uuid, text, text);
DROP TRIGGER kept_for_good ON people_incircle;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_circle"),
        ("journal", "0002_guards"),
        ("merges", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
