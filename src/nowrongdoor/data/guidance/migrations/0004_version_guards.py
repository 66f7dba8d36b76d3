"""A version stays as it was uploaded, and what partners said stays as they said it."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER appraisal_stays_as_said ON guidance_appraisal;
DROP FUNCTION appraisal_stays_as_said();
DROP TRIGGER guidance_stays_as_uploaded ON guidance_version;
DROP FUNCTION guidance_stays_as_uploaded();
DROP TRIGGER kept_for_good ON guidance_appraisal;
DROP TRIGGER kept_for_good ON guidance_version;
"""


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_versions")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
