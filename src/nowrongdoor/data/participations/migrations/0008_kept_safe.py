"""Pages ask whether a seal is against their viewer, and learn no more of whom it is against."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0007_number_in_doubt"),
        ("sharing", "0007_against_whom"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION seal_is_against(uuid, uuid, uuid);",
        ),
    ]
