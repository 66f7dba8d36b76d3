"""Services of organisations outside, what an entry says besides, and what a service says of its places."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0002_guards"), ("agencies", "0001_initial")]

    operations = [
        migrations.AlterField(
            "service",
            "agency",
            models.ForeignKey(
                db_comment="Who offers it; empty for an organisation outside, which the record names",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            "service",
            "record",
            models.JSONField(
                db_comment="What the entry says besides, in the terms of Open Referral UK 3.0", default=dict
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "service",
            "feed",
            models.TextField(db_comment="The feed it came from; empty when entered here", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "service",
            "missing_since",
            models.DateTimeField(db_comment="Since when its feed no longer has it", null=True),
        ),
        migrations.AddField(
            "service",
            "hides_address",
            models.BooleanField(db_comment="Where it is must not be known: never published", default=False),
            preserve_default=False,
        ),
        migrations.AddIndex("service", models.Index(fields=["feed", "id"], name="service_by_feed")),
        migrations.AddIndex(
            "service",
            models.Index(
                condition=models.Q(("team__isnull", False)), fields=["team"], name="service_of_team"
            ),
        ),
        migrations.CreateModel(
            name="Capacity",
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
                    "service",
                    models.ForeignKey(
                        db_comment="Which service",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                ("state", models.TextField(db_comment="Has places, few, or full")),
                ("places", models.IntegerField(db_comment="How many; empty when not said", null=True)),
                ("said_by", models.TextField(db_comment="Who said so, in words")),
                ("said_at", models.DateTimeField(db_comment="When it was said")),
                ("counts_until", models.DateTimeField(db_comment="From then on it is unknown again")),
                (
                    "opens_again_at",
                    models.DateTimeField(db_comment="When people are taken on again, if said", null=True),
                ),
            ],
            options={
                "db_table_comment": "What services last said of their places",
                "indexes": [models.Index(fields=["said_at"], name="capacity_by_said")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", models.F("service_id"))),
                        name="capacity_once_for_a_service",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counts_until__gt", models.F("said_at"))),
                        name="capacity_counts_for_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__isnull", True), ("places__gte", 0), _connector="OR"),
                        name="capacity_not_negative",
                    ),
                ],
            },
        ),
    ]
