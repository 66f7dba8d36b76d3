import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0006_places_link_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
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
                ("asked_on", models.DateField(db_comment="On which day")),
                ("hour", models.IntegerField(db_comment="In which hour on the wall; never to the minute")),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_comment="Needs that were looked for", size=None
                    ),
                ),
                (
                    "unmet",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Those of them for which nothing fits",
                        size=None,
                    ),
                ),
                ("age", models.TextField(db_comment="Which band of ages, if said")),
                ("district", models.TextField(db_comment="First part of a postcode, if said")),
                ("why", models.TextField(db_comment="What stood in the way; empty where all needs are met")),
                (
                    "said",
                    models.IntegerField(
                        db_comment="How much was asked for; the search that said most counts"
                    ),
                ),
                (
                    "by_one",
                    models.JSONField(db_comment="How many services missed nothing but this, by criterion"),
                ),
                (
                    "near",
                    models.JSONField(db_comment="Services that were shown and missed one thing, and which"),
                ),
            ],
            options={
                "db_table_comment": "What was looked for in the directory, about nobody",
                "indexes": [models.Index(fields=["asked_on"], name="sitting_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hour__gte", 0), ("hour__lte", 23)), name="sitting_hour_of_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unmet__len", 0), ("why", "")),
                            models.Q(("unmet__len__gt", 0), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sitting_unmet_says_why",
                    ),
                ],
            },
        ),
    ]
