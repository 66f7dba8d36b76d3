import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agency",
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
                ("name", models.TextField(db_comment="Name of the agency")),
                (
                    "kind",
                    models.TextField(
                        db_comment="What kind of agency: health, council, police, voluntary and so on"
                    ),
                ),
                ("jurisdiction", models.TextField(db_comment="The nation whose law it works under")),
            ],
            options={
                "db_table_comment": "Agencies of this place",
            },
        ),
        migrations.CreateModel(
            name="Member",
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
                ("name", models.TextField(db_comment="Name of the member of staff")),
                ("job_title", models.TextField(db_comment="Job title, as colleagues would say it")),
            ],
            options={
                "db_table_comment": "Members of staff and volunteers",
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                ("name", models.TextField(db_comment="Name of the team")),
                ("does", models.TextField(db_comment="What the team does, in a line")),
                ("phone", models.TextField(db_comment="The number colleagues ring")),
                (
                    "takes_contacts",
                    models.BooleanField(db_comment="Whether the team answers people who approach us"),
                ),
                ("opened_at", models.DateTimeField(db_comment="When the team began its work")),
                (
                    "closed_at",
                    models.DateTimeField(db_comment="When the team ended; empty while it works", null=True),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="The agency of the team",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        db_comment="The team that answers for its people since it closed",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Teams: those who can hold a person",
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("role", models.TextField(db_comment="In which role; roles permit acts")),
                ("from_at", models.DateTimeField(db_comment="From this instant")),
                (
                    "until_at",
                    models.DateTimeField(db_comment="Up to but not including this instant", null=True),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who works",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="For which team",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who works for which team, in which role, from when until when",
            },
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("successor__isnull", False)),
                    models.Q(("closed_at__isnull", True), ("successor__isnull", True)),
                    _connector="OR",
                ),
                name="team_closed_names_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gt", models.F("opened_at")), _connector="OR"
                ),
                name="team_closed_after_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("successor", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="team_not_its_own_successor",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["member", "team"], name="membership_by_member"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["team"], name="membership_by_team"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True), ("until_at__gt", models.F("from_at")), _connector="OR"
                ),
                name="membership_has_length",
            ),
        ),
    ]
