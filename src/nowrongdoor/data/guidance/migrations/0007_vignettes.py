"""Invented cases are rated by many, to learn from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("guidance", "0006_rating_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="VignetteRating",
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
                    "vignette",
                    models.TextField(db_comment="The invented case, with the day its version stands from"),
                ),
                ("rated", models.TextField(db_comment="The response time they would choose")),
                ("rated_at", models.DateTimeField(db_comment="When they said so")),
                (
                    "rated_by",
                    models.ForeignKey(
                        db_comment="Who said so; shown to nobody else",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What members would choose for invented cases, to learn from",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vignette", ""), _negated=True), name="vignette_rating_has_a_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rated", ""), _negated=True),
                        name="vignette_rating_says_how_soon",
                    ),
                    models.UniqueConstraint(fields=("vignette", "rated_by"), name="vignette_rated_once"),
                ],
            },
        ),
    ]
