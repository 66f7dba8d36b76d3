"""What a member would choose for an invented case stays as they said it, and is read by nobody else."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP FUNCTION vignettes_counted();
DROP FUNCTION vignettes_rated_by(uuid);
DROP TRIGGER vignette_rating_stays ON guidance_vignetterating;
DROP FUNCTION vignette_rating_stays();
DROP TRIGGER kept_for_good ON guidance_vignetterating;
"""


class Migration(migrations.Migration):
    dependencies = [("guidance", "0007_vignettes")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
