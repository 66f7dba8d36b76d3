import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
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
                ("form", models.TextField(db_comment="The form that is being filled in")),
                ("fields", models.JSONField(db_comment="The answers as typed")),
                ("saved_at", models.DateTimeField(db_comment="When it was last kept")),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who is typing",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What was typed into a form and not sent; not a record of anyone",
                "indexes": [models.Index(fields=["member", "form"], name="draft_by_member")],
            },
        ),
    ]
