import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Made by whoever shows the page", primary_key=True, serialize=False
                    ),
                ),
                ("looked_at", models.DateTimeField(db_comment="When the page was shown")),
                ("member_id", models.UUIDField(db_comment="The member who looked")),
                ("member_name", models.TextField(db_comment="Name of that member, as it was then")),
                ("team_id", models.UUIDField(db_comment="The team the member was working for")),
                ("team_name", models.TextField(db_comment="Name of that team, as it was then")),
                ("agency_id", models.UUIDField(db_comment="The agency of that team")),
                ("role", models.TextField(db_comment="In which role")),
                ("purpose", models.TextField(db_comment="What for")),
                (
                    "relationship",
                    models.TextField(db_comment="By which tie: held, offered, taking part, lately, or found"),
                ),
                ("person_id", models.UUIDField(db_comment="Who was looked at, where known", null=True)),
                (
                    "referral_id",
                    models.UUIDField(db_comment="Which referral was shown, if one was", null=True),
                ),
                ("contact_id", models.UUIDField(db_comment="Which contact was shown, if one was", null=True)),
                (
                    "elements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="What was shown: identity, whereabouts, story and so on",
                        size=None,
                    ),
                ),
                ("page", models.TextField(db_comment="Which page showed it")),
            ],
            options={
                "db_table_comment": "Who looked at whom: rows are added, never changed or removed",
                "indexes": [
                    models.Index(fields=["person_id", "looked_at"], name="look_by_person"),
                    models.Index(fields=["member_id", "looked_at"], name="look_by_member"),
                    models.Index(fields=["agency_id", "looked_at"], name="look_by_agency"),
                ],
            },
        ),
    ]
