"""Files that go with an offer. A new table: it holds no lock that anyone waits for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("handovers", "0002_what_it_rests_on"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
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
                    "name",
                    models.TextField(db_comment="Its name, without a path and without what cannot be seen"),
                ),
                (
                    "media_type",
                    models.TextField(db_comment="What it is, by what is in it: PDF, PNG, JPEG or plain text"),
                ),
                ("size", models.IntegerField(db_comment="How many bytes it has")),
                (
                    "sha256",
                    models.TextField(db_comment="The hash of its bytes; the journal tells the bytes by it"),
                ),
                ("content", models.BinaryField(db_comment="The file itself")),
                ("added_at", models.DateTimeField(db_comment="When it was attached: with the offer")),
                (
                    "added_by",
                    models.ForeignKey(
                        db_comment="Who attached it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        db_comment="The offer it is part of",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handovers.handover",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="What is offered",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Files that go with an offer",
                "indexes": [models.Index(fields=["handover", "added_at"], name="attachment_by_handover")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("media_type__in", ["application/pdf", "image/jpeg", "image/png", "text/plain"])
                        ),
                        name="attachment_kind_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="attachment_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 2621440)), name="attachment_size"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptFile",
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
                ("draft_id", models.UUIDField(db_comment="The draft of the form it was chosen in")),
                ("name", models.TextField(db_comment="Its name as it was chosen")),
                ("content", models.BinaryField(db_comment="The file itself")),
                ("kept_at", models.DateTimeField(db_comment="When it was chosen")),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who chose it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Files chosen for forms that are not sent yet; not a record of anyone",
                "indexes": [models.Index(fields=["draft_id"], name="kept_file_by_draft")],
            },
        ),
    ]
