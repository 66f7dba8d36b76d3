"""A team that is asked along to a visit has the part of one that is asked."""

from pathlib import Path

from django.db import migrations

NOW = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
BEFORE = NOW.replace("CASE WHEN n.kind = 'joint_visit' THEN 'offered' ELSE 'owes' END", "'owes'")


class Migration(migrations.Migration):
    dependencies = [("participations", "0009_no_part_by_talking")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
