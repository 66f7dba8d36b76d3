"""How whole each agency's records are, as numbers alone."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("merges", "0002_guards"),
        ("participations", "0008_kept_safe"),
        ("sharing", "0008_carried"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION quality_of_records()",
        ),
    ]
