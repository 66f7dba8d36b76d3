import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
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
                ("name", models.TextField(db_comment="Name of the service")),
                ("summary", models.TextField(db_comment="What it does and for whom")),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_comment="Needs it can meet", size=None
                    ),
                ),
                ("hours", models.TextField(db_comment="When it is open, in words")),
                ("phone", models.TextField(db_comment="The number to ring")),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="Who offers it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team to offer a referral to; empty when reached by telephone",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "The directory of services",
            },
        ),
    ]
