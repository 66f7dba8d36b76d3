"""Who responds is decided with the police, and what it came from is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0004_discipline"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="PoliceDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Made by the front door that made the row",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_comment="1 when made; one more with each change")),
                ("force", models.TextField(db_comment="The police force that was asked")),
                ("category", models.TextField(db_comment="What the call is about")),
                ("sector", models.TextField(db_comment="Who asked: health, social care, the public")),
                ("age", models.IntegerField(db_comment="The age of the person, where known", null=True)),
                ("question_set", models.TextField(db_comment="The version of the questions that were asked")),
                ("answers", models.JSONField(db_comment="The answer to each question")),
                (
                    "policies",
                    models.TextField(db_comment="The policies of the force that applied, by version"),
                ),
                (
                    "guidance",
                    models.TextField(db_comment="The version of the guidance, and its rows that were met"),
                ),
                ("advice", models.TextField(db_comment="Who guidance says is asked to respond")),
                ("new_fact", models.TextField(db_comment="What was new, where that asked anew")),
                (
                    "outcome",
                    models.TextField(db_comment="Attend, attend together, not attend, or not known yet"),
                ),
                ("reason", models.TextField(db_comment="Why, from the list of reasons")),
                ("words", models.TextField(db_comment="What the police said")),
                (
                    "log_reference",
                    models.TextField(db_comment="The number of the police log, and no more of theirs"),
                ),
                ("accepted_by", models.TextField(db_comment="Who of that team accepted")),
                ("accepted_at", models.DateTimeField(db_comment="When they accepted", null=True)),
                ("going", models.TextField(db_comment="Who goes to the person, or rings them")),
                ("arrives_at", models.DateTimeField(db_comment="When they are expected there", null=True)),
                (
                    "safe_until",
                    models.DateTimeField(db_comment="By when somebody must be with the person", null=True),
                ),
                ("told", models.TextField(db_comment="Whether the caller was told, or is rung back")),
                ("call_back_when", models.TextField(db_comment="When the caller is to ring again at once")),
                ("recheck_at", models.DateTimeField(db_comment="When it is looked at again")),
                ("decided_at", models.DateTimeField(db_comment="When it was decided")),
                (
                    "seen_at",
                    models.DateTimeField(db_comment="When the police saw them, or looked", null=True),
                ),
                (
                    "seen_as",
                    models.TextField(db_comment="What the police could confirm; that is no assessment"),
                ),
                ("seen_words", models.TextField(db_comment="What they said of it")),
                (
                    "disputed_at",
                    models.DateTimeField(db_comment="When a disagreement was recorded", null=True),
                ),
                ("our_view", models.TextField(db_comment="What we think, and why")),
                ("police_view", models.TextField(db_comment="What the police think, and why")),
                ("our_rank", models.TextField(db_comment="Who of ours settles it")),
                ("police_rank", models.TextField(db_comment="Who of the police settles it")),
                (
                    "accepting_team",
                    models.ForeignKey(
                        db_comment="The team that accepted, where the police do not attend",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who recorded it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "disputed_by",
                    models.ForeignKey(
                        db_comment="Who recorded the disagreement",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        db_comment="The decision before it, which stays",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="police.policedecision",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="Whose need it is about",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        db_comment="Who recorded what the police saw",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Decisions with the police: who responds, and who holds the person",
                "indexes": [models.Index(fields=["referral", "decided_at"], name="police_by_referral")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["attend", "joint", "not_attending", "unknown"])),
                        name="police_outcome_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="police_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told", ""), _negated=True), name="police_says_whether_told"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("call_back_when", ""), _negated=True),
                        name="police_says_when_to_ring",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recheck_at__isnull", True),
                            ("recheck_at__gt", models.F("decided_at")),
                            _connector="OR",
                        ),
                        name="police_looked_at_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "not_attending"),
                                ("accepting_team__isnull", False),
                                ("accepted_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("outcome", "not_attending"), _negated=True),
                                ("accepting_team__isnull", True),
                                ("accepted_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="police_no_has_a_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "not_attending"), _negated=True),
                            models.Q(
                                ("safe_until__isnull", False),
                                models.Q(("accepted_by", ""), _negated=True),
                                models.Q(("going", ""), _negated=True),
                                models.Q(("advice", "ask_more"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="police_no_says_who_goes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "not_attending"), _negated=True),
                            ("recheck_at__lte", models.F("safe_until")),
                            _connector="OR",
                        ),
                        name="police_no_looked_at_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("accepted_at__gte", models.F("decided_at")),
                            _connector="OR",
                        ),
                        name="police_accepted_then",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="police_seen_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_as", ""), ("seen_at__isnull", True)),
                            models.Q(("seen_at__isnull", False), models.Q(("seen_as", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="police_seen_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("disputed_at__isnull", True),
                                ("disputed_by__isnull", True),
                                ("our_rank", ""),
                                ("our_view", ""),
                                ("police_rank", ""),
                                ("police_view", ""),
                            ),
                            models.Q(
                                ("disputed_at__isnull", False),
                                ("disputed_by__isnull", False),
                                models.Q(("our_view", ""), _negated=True),
                                models.Q(("police_view", ""), _negated=True),
                                models.Q(("our_rank", ""), _negated=True),
                                models.Q(("police_rank", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="police_dispute_has_both_sides",
                    ),
                    models.UniqueConstraint(fields=("follows",), name="police_followed_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("follows__isnull", True)),
                        fields=("referral",),
                        name="police_first_once",
                    ),
                ],
            },
        ),
    ]
