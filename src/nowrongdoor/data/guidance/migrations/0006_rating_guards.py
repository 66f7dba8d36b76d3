"""What somebody else would have decided stays as they said it, and stands behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON guidance_secondrating;
DROP POLICY IF EXISTS own_agency ON guidance_secondrating;
ALTER TABLE guidance_secondrating DISABLE ROW LEVEL SECURITY;
DROP TRIGGER rating_stays_as_given ON guidance_secondrating;
DROP FUNCTION rating_stays_as_given();
DROP TRIGGER kept_for_good ON guidance_secondrating;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0005_second_ratings"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
