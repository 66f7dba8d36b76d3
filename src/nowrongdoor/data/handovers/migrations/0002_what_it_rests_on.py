import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("handovers", "0001_initial"),
        ("holdings", "0001_initial"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="holding",
            field=models.ForeignKey(
                db_comment="The giver's holding",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="holdings.holding",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="next_handover",
            field=models.ForeignKey(
                db_comment="The offer made to that team in the same act",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="handovers.handover",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="next_team",
            field=models.ForeignKey(
                db_comment="The team a return names to be asked next",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="receiver_team",
            field=models.ForeignKey(
                db_comment="The team that is asked",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="referral",
            field=models.ForeignKey(
                db_comment="What is offered",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.referral",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["receiver_team", "answer_by"],
                name="handover_live_by_receiver",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["giver_team", "answer_by"],
                name="handover_live_by_giver",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["referral", "offered_at"], name="handover_by_referral"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "offered")), fields=("holding",), name="handover_one_live_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "offered")),
                fields=("referral",),
                name="handover_one_live_offer_a_referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver_team", models.F("receiver_team")), _negated=True),
                name="handover_not_to_self",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_team__isnull", True),
                    models.Q(
                        models.Q(("next_team", models.F("giver_team")), _negated=True),
                        models.Q(("next_team", models.F("receiver_team")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handover_returned_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["accepted", "offered", "returned", "withdrawn"])),
                name="handover_state_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "offered"), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    models.Q(
                        ("state", "offered"), ("answered_at__isnull", True), ("answered_by__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="handover_answered_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    ("answered_at__gte", models.F("offered_at")),
                    _connector="OR",
                ),
                name="handover_answered_after_offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask", ""), _negated=True), name="handover_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), models.Q(("read_back", ""), _negated=True)),
                    models.Q(models.Q(("state", "accepted"), _negated=True), ("read_back", "")),
                    _connector="OR",
                ),
                name="handover_read_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "returned"), ("next_team__isnull", False), ("next_handover__isnull", False)
                    ),
                    models.Q(
                        models.Q(("state", "returned"), _negated=True),
                        ("next_team__isnull", True),
                        ("next_handover__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="handover_returned_names_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "withdrawn"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="handover_no_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("hop__gte", 1)), name="handover_hop_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("after__isnull", False), ("answer_by__gte", models.F("offered_at")), _connector="OR"
                ),
                name="handover_time_to_answer",
            ),
        ),
    ]
