"""A call just to talk gives nobody a part in the care."""

from pathlib import Path

from django.db import migrations

NOW = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
BEFORE = NOW
for row in "np":
    BEFORE = BEFORE.replace(f"\n    WHERE {row}.kind <> 'just_to_talk'", "")


class Migration(migrations.Migration):
    dependencies = [("participations", "0008_kept_safe")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
