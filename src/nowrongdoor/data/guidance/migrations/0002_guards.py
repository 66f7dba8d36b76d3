"""What guidance advised stays as it was stored, and stands behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON guidance_advice;
DROP POLICY IF EXISTS own_agency ON guidance_advice;
ALTER TABLE guidance_advice DISABLE ROW LEVEL SECURITY;
DROP TRIGGER advice_stays_as_stored ON guidance_advice;
DROP FUNCTION advice_stays_as_stored();
DROP TRIGGER kept_for_good ON guidance_advice;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0001_advice"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
