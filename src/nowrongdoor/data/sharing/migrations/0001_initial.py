import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_guards"),
        ("contacts", "0004_within_reach"),
        ("handovers", "0003_guards"),
        ("people", "0003_by_area"),
        ("referrals", "0004_undecided_by_due"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("purpose", models.TextField(db_comment="What it may be used for")),
                ("what", models.TextField(db_comment="What is shared")),
                ("legal_basis", models.TextField(db_comment="On which law it rests")),
                ("from_on", models.DateField(db_comment="From this day")),
                ("review_on", models.DateField(db_comment="When it is looked at again")),
                ("until_on", models.DateField(db_comment="Up to but not including this day")),
                (
                    "one_agency",
                    models.ForeignKey(
                        db_comment="One side",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "other_agency",
                    models.ForeignKey(
                        db_comment="The other side",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Agreements between agencies about what they share",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one_agency", models.F("other_agency")), _negated=True),
                        name="agreement_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__lt", models.F("review_on")), ("review_on__lte", models.F("until_on"))
                        ),
                        name="agreement_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
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
                ("kind", models.TextField(db_comment="Claimed, or glass broken")),
                ("purpose", models.TextField(db_comment="What for")),
                ("reason", models.TextField(db_comment="Which reason of the list")),
                ("words", models.TextField(db_comment="Why, in words")),
                ("opened_at", models.DateTimeField(db_comment="From this instant")),
                ("until_at", models.DateTimeField(db_comment="Up to but not including this instant")),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who may look",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whose record",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="For which team",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Records opened for a while by saying why, or by breaking the glass",
                "indexes": [
                    models.Index(fields=["person", "opened_at"], name="opening_by_person"),
                    models.Index(fields=["member", "opened_at"], name="opening_by_member"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["break_glass", "claim"])), name="opening_kind_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gt", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="opening_has_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="opening_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "break_glass"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="opening_glass_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                    "kind",
                    models.TextField(
                        db_comment="Glass broken, sharing without consent, or a pattern of looking"
                    ),
                ),
                ("pattern", models.TextField(db_comment="Which pattern, where it is one")),
                (
                    "subject_id",
                    models.UUIDField(db_comment="What is reviewed: an opening, a decision, or a look"),
                ),
                ("words", models.TextField(db_comment="What happened, in words")),
                ("raised_at", models.DateTimeField(db_comment="When it was asked for")),
                ("due_at", models.DateTimeField(db_comment="By when it is to be done")),
                ("decided_at", models.DateTimeField(db_comment="When it was decided", null=True)),
                ("outcome", models.TextField(db_comment="What was found")),
                ("outcome_words", models.TextField(db_comment="What was found, in words")),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="Whose governance lead reviews it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who decided",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Whose act is reviewed",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whose record it was",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What a governance lead is to look into",
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False), _negated=True),
                        fields=["agency", "due_at"],
                        name="review_open_by_due",
                    ),
                    models.Index(fields=["subject_id"], name="review_by_subject"),
                    models.Index(fields=["person"], name="review_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["break_glass", "override", "pattern"])),
                        name="review_kind_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("decided_at__isnull", False), _negated=True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="review_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_decided_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), _negated=True),
                            models.Q(("outcome_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_decided_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True), ("due_at__gt", models.F("raised_at")), _connector="OR"
                        ),
                        name="review_due_after_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("member")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_not_of_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
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
                ("why", models.TextField(db_comment="For which reason of the list")),
                ("words", models.TextField(db_comment="Why, in words")),
                ("sealed_at", models.DateTimeField(db_comment="When it was sealed")),
                ("lifted_at", models.DateTimeField(db_comment="When the seal was lifted", null=True)),
                ("lifting_words", models.TextField(db_comment="Why it was lifted")),
                (
                    "contact",
                    models.ForeignKey(
                        db_comment="The contact that is sealed, if one is",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        db_comment="Who lifted it",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Who is restricted, or whose item it is",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="The referral that is sealed, if one is",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        db_comment="Who sealed it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that sealed it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What is kept from all but those who take part in it",
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", False), _negated=True),
                        fields=["person"],
                        name="seal_by_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("lifted_at__isnull", False), _negated=True),
                                ("lifted_at__isnull", True),
                                ("lifted_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="seal_lifted_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), _negated=True),
                            models.Q(("lifting_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="seal_lifted_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True),
                            ("lifted_at__gte", models.F("sealed_at")),
                            _connector="OR",
                        ),
                        name="seal_lifted_after_sealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("referral__isnull", False),
                            ("contact__isnull", False),
                            _connector="OR",
                        ),
                        name="seal_is_on_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referral__isnull", True), ("contact__isnull", True), _connector="OR"
                        ),
                        name="seal_is_on_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), _negated=True),
                            ("contact__isnull", True),
                            ("referral__isnull", True),
                        ),
                        fields=("person",),
                        name="seal_one_restriction_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), _negated=True), ("referral__isnull", False)
                        ),
                        fields=("referral",),
                        name="seal_one_a_referral",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), _negated=True), ("contact__isnull", False)
                        ),
                        fields=("contact",),
                        name="seal_one_a_contact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingDecision",
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
                ("purpose", models.TextField(db_comment="What it may be used for")),
                ("gdpr_basis", models.TextField(db_comment="Ground of data protection law")),
                ("confidentiality_basis", models.TextField(db_comment="Why it breaks no confidence")),
                ("words", models.TextField(db_comment="Why, for this person")),
                ("told", models.TextField(db_comment="Whether the person knows, or why not")),
                ("decided_at", models.DateTimeField(db_comment="From when it may be known")),
                ("withdrawn_at", models.DateTimeField(db_comment="From when it may not any more", null=True)),
                ("withdrawal_words", models.TextField(db_comment="Why it is no longer shared")),
                (
                    "by_team",
                    models.ForeignKey(
                        db_comment="The team that shares",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who decided",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        db_comment="The offer that decided it, if any",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handovers.handover",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whose care it is about, once known",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="The referral it was decided for, if any",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        db_comment="The team that may know",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_comment="Who recorded that",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Decisions to share with a team of another agency",
                "indexes": [
                    models.Index(fields=["person", "decided_at"], name="sharing_by_person"),
                    models.Index(fields=["referral"], name="sharing_by_referral"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("withdrawn_at__isnull", False), _negated=True),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="sharing_withdrawn_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", False), _negated=True),
                            models.Q(("withdrawal_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sharing_withdrawn_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("decided_at")),
                            _connector="OR",
                        ),
                        name="sharing_withdrawn_after_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gdpr_basis", ""), _negated=True), name="sharing_has_a_gdpr_basis"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidentiality_basis", ""), _negated=True),
                        name="sharing_has_a_confidentiality_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told", ""), _negated=True), name="sharing_says_whether_told"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("referral__isnull", False), _connector="OR"
                        ),
                        name="sharing_is_about_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_team", models.F("by_team")), _negated=True),
                        name="sharing_not_with_oneself",
                    ),
                ],
            },
        ),
    ]
