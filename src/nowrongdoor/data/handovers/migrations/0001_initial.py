import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
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
                ("why_urgent", models.TextField(db_comment="How soon, and why")),
                ("summary", models.TextField(db_comment="What has happened")),
                ("done", models.TextField(db_comment="What has been done so far")),
                ("ask", models.TextField(db_comment="What the receiver is asked to do")),
                ("watch_for", models.TextField(db_comment="What to watch for, and what to do then")),
                ("told", models.TextField(db_comment="What the person has been told")),
                ("sharing_basis", models.TextField(db_comment="On which ground this is shared")),
                ("state", models.TextField(db_comment="Offered, accepted, returned or withdrawn")),
                ("offered_at", models.DateTimeField(db_comment="When it was offered")),
                (
                    "answer_by",
                    models.DateTimeField(
                        db_comment="When it must be answered; a return does not restart this"
                    ),
                ),
                ("hop", models.IntegerField(db_comment="How many teams have been asked, this one included")),
                (
                    "answered_at",
                    models.DateTimeField(db_comment="When it was accepted, returned or withdrawn", null=True),
                ),
                ("read_back", models.TextField(db_comment="The receiver says in a line what they will do")),
                ("reason", models.TextField(db_comment="Why it was returned or withdrawn")),
                ("reason_words", models.TextField(db_comment="Why, in words")),
                (
                    "after",
                    models.ForeignKey(
                        db_comment="The returned offer that led to this one",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handovers.handover",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_comment="Who accepted, returned or withdrew it",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "giver_member",
                    models.ForeignKey(
                        db_comment="Who offers",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "giver_team",
                    models.ForeignKey(
                        db_comment="The team that holds",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Offers of answerability, and their answers",
            },
        ),
    ]
