import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0004_within_reach"),
        ("people", "0010_circle_guards"),
        ("promises", "0008_second_readings"),
        ("services", "0010_suggestion_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signpost",
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
                ("told_of", models.TextField(db_comment="Its name as it was then")),
                ("words", models.TextField(db_comment="What they were told")),
                ("ask_after", models.TextField(db_comment="Whether they want to be asked afterwards")),
                ("told_at", models.DateTimeField(db_comment="When they were told")),
                (
                    "contact",
                    models.ForeignKey(
                        db_comment="In which contact",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whom the contact was about, where that was known then",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        db_comment="The call back that is owed to whoever wants to be asked",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="promises.promise",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_comment="Of which service",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team of whoever told them",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        db_comment="Who told them",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Of which services somebody was told, who asks for them themselves",
                "indexes": [models.Index(fields=["contact", "told_at"], name="signpost_by_contact")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="signpost_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ask_after", ""), _negated=True),
                        name="signpost_says_whether_to_ask",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ask_after", "wants_to_be_asked"), ("promise__isnull", False)),
                            models.Q(
                                models.Q(("ask_after", "wants_to_be_asked"), _negated=True),
                                ("promise__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="signpost_asks_by_a_promise",
                    ),
                ],
            },
        ),
    ]
