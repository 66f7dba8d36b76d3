"""A stage that was reached stays so; contacts with the person stay as recorded; both behind the wall."""

from pathlib import Path

from django.db import migrations

TABLES = ("stages_carecontact", "stages_stage")
UNDO = """
DROP TRIGGER told_when_changed ON stages_stage;
DROP TRIGGER told_when_added ON stages_stage;
DROP FUNCTION tell_stages();
DROP TRIGGER stage_stays_reached ON stages_stage;
DROP FUNCTION stage_stays_reached();
DROP TRIGGER kept_for_good ON stages_stage;
DROP TRIGGER kept_for_good ON stages_carecontact;
DROP TRIGGER kept_as_written ON stages_carecontact;
""" + "".join(
    f"DROP POLICY IF EXISTS engine ON {table};DROP POLICY IF EXISTS own_agency ON {table};"
    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("stages", "0001_initial"),
        ("boards", "0001_told"),
        ("journal", "0002_guards"),
        ("participations", "0005_referrals_behind_the_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
