import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("people", "0008_know_waits"),
    ]

    operations = [
        migrations.CreateModel(
            name="InCircle",
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
                ("name", models.TextField(db_comment="What they are called")),
                ("relation", models.TextField(db_comment="How they know the person")),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="What else they are to the person: carer, next of kin",
                        size=None,
                    ),
                ),
                ("phone", models.TextField(db_comment="Their telephone number, as given")),
                ("phone_unknown", models.TextField(db_comment="Why there is no telephone number")),
                (
                    "phone_key",
                    models.TextField(db_collation="C", db_comment="Digits of their telephone number"),
                ),
                (
                    "contact",
                    models.TextField(db_comment="Whether they may be contacted, or why that is not known"),
                ),
                ("tell", models.TextField(db_comment="What they may be told, or why that is not known")),
                (
                    "words",
                    models.TextField(db_comment="How to involve them, and what of it they may be told"),
                ),
                ("said_by", models.TextField(db_comment="Who told us, of the list")),
                ("said_on", models.DateField(db_comment="The day on which it was said")),
                ("why", models.TextField(db_comment="Why it was last changed, or why they were taken out")),
                ("entered_at", models.DateTimeField(db_comment="When they were written down")),
                (
                    "withdrawn_at",
                    models.DateTimeField(db_comment="When they were taken out, if they were", null=True),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_comment="Who wrote it down",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="To whom they matter",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that wrote it down",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_comment="Who took them out",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who matters to a person, what to tell them, who must not be contacted",
                "indexes": [
                    models.Index(fields=["person", "entered_at"], name="circle_by_person"),
                    models.Index(
                        condition=models.Q(("phone_key", ""), _negated=True),
                        fields=["phone_key"],
                        name="circle_by_phone",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("withdrawn_at__isnull", False), _negated=True),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="circle_withdrawn_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", False), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="circle_withdrawn_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("entered_at")),
                            _connector="OR",
                        ),
                        name="circle_withdrawn_after_entered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="circle_says_who"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relation", ""), _negated=True), name="circle_says_how_they_know"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact", ""), _negated=True),
                        name="circle_says_whether_to_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tell", ""), _negated=True), name="circle_says_what_to_tell"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone_unknown__in", ["", "declined", "not_asked", "not_known"])),
                        name="circle_phone_unknown_words",
                    ),
                ],
            },
        ),
    ]
