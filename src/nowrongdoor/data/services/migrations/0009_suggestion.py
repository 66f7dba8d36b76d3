import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("services", "0008_sitting_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
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
                ("part", models.TextField(db_comment="What of it should say something else")),
                ("says", models.TextField(db_comment="What it should say")),
                ("why", models.TextField(db_comment="How whoever suggests it knows")),
                ("state", models.TextField(db_comment="Suggested, approved or turned down")),
                ("suggested_at", models.DateTimeField(db_comment="When it was suggested")),
                ("answered_at", models.DateTimeField(db_comment="When its keeper answered", null=True)),
                ("answer", models.TextField(db_comment="Why it was turned down")),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_comment="Who answered",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_comment="Which entry",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                (
                    "suggested_by",
                    models.ForeignKey(
                        db_comment="Who suggests it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What entries should say, and what their keepers answered",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "suggested")),
                        fields=["service"],
                        name="suggestion_waits_by_service",
                    ),
                    models.Index(fields=["service", "suggested_at"], name="suggestion_by_service"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["approved", "suggested", "turned_down"])),
                        name="suggestion_state_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("says", ""), _negated=True), name="suggestion_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="suggestion_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "suggested"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            models.Q(
                                ("state", "suggested"),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_answered_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("answered_at__gte", models.F("suggested_at")),
                            _connector="OR",
                        ),
                        name="suggestion_answered_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "turned_down"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_no_has_a_reason",
                    ),
                ],
            },
        ),
    ]
