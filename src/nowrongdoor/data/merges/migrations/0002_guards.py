"""No ring of merges, nothing deleted, and who may read and write."""

from pathlib import Path

from django.db import migrations

UNDO = """
    DROP TRIGGER no_ring ON merges_merge; DROP FUNCTION no_ring_of_merges();
    DROP FUNCTION records_of(uuid); DROP FUNCTION stands_for(uuid);
    DROP TRIGGER kept_for_good ON merges_merge;
"""


class Migration(migrations.Migration):
    dependencies = [("merges", "0001_initial")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
