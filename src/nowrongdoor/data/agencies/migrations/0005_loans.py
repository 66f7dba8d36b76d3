"""Members lent to another team for a while: a place in that team that says by whom and until when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("sharing", "0008_carried"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="ended_words",
            field=models.TextField(db_comment="Why a loan ended; empty otherwise", db_default="", default=""),
        ),
        migrations.AddField(
            model_name="membership",
            name="lent_by",
            field=models.ForeignKey(
                db_comment="Who lent them",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.member",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="lent_by_team",
            field=models.ForeignKey(
                db_comment="The team that lends them here; empty for a place of their own",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="lent_under",
            field=models.ForeignKey(
                db_comment="The agreement by which one agency lends to another; empty within one",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.agreement",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="lent_until_at",
            field=models.DateTimeField(
                db_comment="Until when they are lent; this ends nothing by itself", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("lent_by_team__isnull", False)),
                fields=["lent_by_team"],
                name="loan_by_lender",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lent_until_at__isnull", True),
                    ("lent_until_at__gt", models.F("from_at")),
                    _connector="OR",
                ),
                name="loan_has_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lent_by", None),
                        ("lent_by_team", None),
                        ("lent_under", None),
                        ("lent_until_at", None),
                    ),
                    models.Q(
                        ("lent_by__isnull", False),
                        ("lent_by_team__isnull", False),
                        ("lent_until_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="loan_says_by_whom_and_until_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lent_by_team__isnull", True),
                    models.Q(
                        models.Q(("lent_by_team", models.F("team")), _negated=True),
                        models.Q(("lent_by", models.F("member")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="loan_not_to_or_of_oneself",
            ),
        ),
    ]
