"""Calls to the police by each of several things that people say of themselves, sex beside ethnic category."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
BEFORE = HERE.with_name("0009_split.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("police", "0009_split")]

    operations = [
        migrations.RunSQL(
            HERE.with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION police_split(timestamptz, timestamptz, integer[], text[], text[], text[],"
            " integer[], text[], text[], text[], integer, integer);"
            + BEFORE[BEFORE.index("CREATE FUNCTION police_split(") :],
        ),
    ]
