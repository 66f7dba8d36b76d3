"""A path that was chosen stays with the list of its day, and stands behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON police_policepath;
DROP POLICY IF EXISTS own_agency ON police_policepath;
ALTER TABLE police_policepath DISABLE ROW LEVEL SECURITY;
DROP TRIGGER police_path_stays ON police_policepath;
DROP FUNCTION police_path_stays();
DROP TRIGGER kept_for_good ON police_policepath;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0006_path"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
