"""A seal against an agency is against whomever it lends, for as long as the loan runs."""

from pathlib import Path

from django.db import migrations

BEFORE = Path(__file__).with_name("0008_kept_safe.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_loans"),
        ("participations", "0010_asked_along"),
    ]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION seal_is_against(uuid, uuid, uuid);" + BEFORE,
        ),
    ]
