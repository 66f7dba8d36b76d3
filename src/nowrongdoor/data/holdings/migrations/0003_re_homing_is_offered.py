"""
I5: a re-homing is an offer too, accepted once with a read-back. Those on record are not accepted yet.

Adds three columns without rewriting the table; its checks read it once, and it is short.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

UNDO = """
DROP TRIGGER re_homing_accepted_once ON holdings_rehoming;
DROP FUNCTION re_homing_accepted_once();
CREATE TRIGGER kept_as_written BEFORE UPDATE ON holdings_rehoming
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_guards"), ("holdings", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="rehoming",
            name="accepted_at",
            field=models.DateTimeField(
                db_comment="When the team that holds now accepted it; empty while it has not", null=True
            ),
        ),
        migrations.AddField(
            model_name="rehoming",
            name="accepted_by",
            field=models.ForeignKey(
                db_comment="Who accepted it for the team that holds now",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.member",
            ),
        ),
        migrations.AddField(
            model_name="rehoming",
            name="read_back",
            field=models.TextField(
                db_comment="What they said in a line they would do, on accepting it", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rehoming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    _connector="OR",
                ),
                name="re_homing_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rehoming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("read_back", ""), _negated=True), ("accepted_at__isnull", False)),
                    models.Q(("read_back", ""), ("accepted_at__isnull", True)),
                    _connector="OR",
                ),
                name="re_homing_accepted_with_a_read_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="rehoming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at__isnull", True),
                    ("accepted_at__gte", models.F("re_homed_at")),
                    _connector="OR",
                ),
                name="re_homing_accepted_afterwards",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
