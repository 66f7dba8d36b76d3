from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Made by whoever recorded the change", primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject",
                    models.TextField(db_comment="The kind of row that changed, such as handovers.handover"),
                ),
                ("subject_id", models.UUIDField(db_comment="The row that changed")),
                (
                    "version",
                    models.PositiveIntegerField(db_comment="The version of the row after the change, from 1"),
                ),
                (
                    "kind",
                    models.TextField(
                        db_comment="What happened, in the past tense, such as handover.accepted"
                    ),
                ),
                (
                    "changes",
                    models.JSONField(db_comment="Each column that changed, with its value before and after"),
                ),
                ("happened_at", models.DateTimeField(db_comment="When it was so")),
                ("recorded_at", models.DateTimeField(db_comment="When we were told")),
                (
                    "by_member_id",
                    models.UUIDField(db_comment="The member who acted; empty when nobody did", null=True),
                ),
                ("by_name", models.TextField(db_comment="Name of that member, as it was then")),
                ("by_team_id", models.UUIDField(db_comment="The team the member was working for", null=True)),
                ("by_team_name", models.TextField(db_comment="Name of that team, as it was then")),
                ("agency_id", models.UUIDField(db_comment="The agency of that team", null=True)),
                (
                    "person_id",
                    models.UUIDField(db_comment="The person this is about, where known", null=True),
                ),
                ("referral_id", models.UUIDField(db_comment="The referral this is about, if any", null=True)),
            ],
            options={
                "db_table_comment": "The story of every change: entries are added, never changed or removed",
                "indexes": [
                    models.Index(fields=["person_id", "recorded_at"], name="journal_by_person"),
                    models.Index(fields=["referral_id", "recorded_at"], name="journal_by_referral"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "subject_id", "version"), name="journal_entry_once_per_version"
                    )
                ],
            },
        ),
    ]
