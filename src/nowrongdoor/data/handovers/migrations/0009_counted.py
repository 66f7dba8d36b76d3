"""How offers were answered, as numbers alone: for the gap ledger."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP FUNCTION returns_counted(timestamptz, timestamptz);
DROP FUNCTION answers_by_reason(timestamptz);
DROP FUNCTION answers_counted(timestamptz, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0008_answer_link_guards"),
        ("referrals", "0005_triaged_as"),
        ("people", "0010_circle_guards"),
        ("agencies", "0004_discipline"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
