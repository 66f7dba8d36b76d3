from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.UUIDField(db_comment="The row it follows from", primary_key=True, serialize=False),
                ),
                (
                    "part",
                    models.TextField(
                        db_comment="Holds, offered, took in, answered, owes, shared, claimed or broke glass"
                    ),
                ),
                ("agency_id", models.UUIDField(db_comment="The agency that has the part")),
                ("team_id", models.UUIDField(db_comment="The team that has it")),
                (
                    "member_id",
                    models.UUIDField(db_comment="The member, where the part is one member's own", null=True),
                ),
                ("person_id", models.UUIDField(db_comment="The person, once known", null=True)),
                ("referral_id", models.UUIDField(db_comment="The referral, if it is about one", null=True)),
                ("contact_id", models.UUIDField(db_comment="The contact, if it is about one", null=True)),
                ("from_at", models.DateTimeField(db_comment="From this instant")),
                (
                    "until_at",
                    models.DateTimeField(db_comment="Up to but not including this instant", null=True),
                ),
                (
                    "purpose",
                    models.TextField(
                        db_comment="The one purpose it was given for; empty where it serves any",
                        db_default="",
                        default="",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who has which part in whose care: follows from the rows that say so",
                "indexes": [
                    models.Index(fields=["person_id", "agency_id"], name="participation_by_person"),
                    models.Index(fields=["referral_id", "agency_id"], name="participation_by_referral"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id", "agency_id"],
                        name="participation_by_contact",
                    ),
                ],
            },
        ),
    ]
