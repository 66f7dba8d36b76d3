"""What the law gives a time for a person: begun, extended for their condition, ended by an act alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("referrals", "0005_triaged_as"),
        ("stages", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatutoryClock",
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
                (
                    "kind",
                    models.TextField(db_comment="What the law gives a time: detention, an enquiry, a review"),
                ),
                ("standard", models.TextField(db_comment="The version of the standard it began under")),
                ("words", models.TextField(db_comment="Which place, which concern, or what was agreed")),
                ("started_at", models.DateTimeField(db_comment="From when it counts, such as the arrival")),
                ("due_at", models.DateTimeField(db_comment="By when it must have ended")),
                ("recorded_at", models.DateTimeField(db_comment="When we were told that it began")),
                (
                    "extended_at",
                    models.DateTimeField(
                        db_comment="When it was decided that it goes on for longer", null=True
                    ),
                ),
                ("reason", models.TextField(db_comment="What of the person's condition it was extended for")),
                (
                    "doctor",
                    models.TextField(
                        db_comment="The registered medical practitioner who answers for it"
                    ),
                ),
                (
                    "extension_words",
                    models.TextField(db_comment="What was said about the person's condition"),
                ),
                ("ended_at", models.DateTimeField(db_comment="When it was over", null=True)),
                ("outcome", models.TextField(db_comment="How it ended; empty while it runs")),
                ("ending_words", models.TextField(db_comment="What came of it")),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_comment="Who recorded that it began",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_comment="Who recorded that it was over",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "extended_by",
                    models.ForeignKey(
                        db_comment="Who recorded the extension",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="Whose way it is on",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What the law gives a time: from when, by when, how it ended",
                "indexes": [models.Index(fields=["referral", "started_at"], name="statutory_by_referral")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["place_of_safety", "review", "safeguarding"])),
                        name="statutory_kind_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="statutory_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True), ("due_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="statutory_time_to_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_at__isnull", True),
                            ("recorded_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="statutory_told_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_at__isnull", True),
                            ("extended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="statutory_extended_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="statutory_ended_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("doctor", ""),
                                ("extended_at__isnull", True),
                                ("extended_by__isnull", True),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("extended_at__isnull", False),
                                ("extended_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("doctor", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statutory_extended_by_whom_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statutory_ended_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("referral", "kind"),
                        name="statutory_one_of_a_kind",
                    ),
                ],
            },
        ),
    ]
