import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("people", "0003_by_area"),
        ("sharing", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Permission",
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
                ("carer_name", models.TextField(db_comment="Who may read it")),
                ("carer_is", models.TextField(db_comment="How the carer knows the person")),
                (
                    "elements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_comment="What they may read", size=None
                    ),
                ),
                ("how", models.TextField(db_comment="How the person said so")),
                ("words", models.TextField(db_comment="How the person put it")),
                ("given_at", models.DateTimeField(db_comment="From this instant")),
                (
                    "until_at",
                    models.DateTimeField(
                        db_comment="Up to but not including this, if the person said", null=True
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(db_comment="From when it is not permitted any more", null=True),
                ),
                ("withdrawal_words", models.TextField(db_comment="Why it was taken back")),
                (
                    "given_by",
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
                        db_comment="Who lets their record be read",
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
                        db_comment="Who recorded that",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What a person lets a carer read",
                "indexes": [models.Index(fields=["person", "given_at"], name="permission_by_person")],
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
                        name="permission_withdrawn_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", False), _negated=True),
                            models.Q(("withdrawal_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="permission_withdrawn_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="permission_withdrawn_after_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gt", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="permission_has_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carer_name", ""), _negated=True),
                        name="permission_names_the_carer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how", ""), _negated=True), name="permission_says_how"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="permission_says_how_it_was_put",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("elements", []), _negated=True),
                        name="permission_permits_something",
                    ),
                ],
            },
        ),
    ]
