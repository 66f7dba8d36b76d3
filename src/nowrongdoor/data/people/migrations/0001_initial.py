from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
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
                ("family_name", models.TextField(db_comment="Family name, as the person gives it")),
                ("given_names", models.TextField(db_comment="Given names, as the person gives them")),
                ("known_as", models.TextField(db_comment="The name the person likes to be called by")),
                ("pronouns", models.TextField(db_comment="Pronouns, in the person's own words")),
                ("born_on", models.DateField(db_comment="Date of birth", null=True)),
                ("nhs_number", models.TextField(db_comment="NHS number: ten digits, checked", null=True)),
                ("phone", models.TextField(db_comment="Telephone number, as given")),
                ("address", models.TextField(db_comment="Where the person lives or stays")),
                ("postcode", models.TextField(db_comment="Postcode of that address")),
                (
                    "access_needs",
                    models.TextField(db_comment="What the person needs so that we can reach each other"),
                ),
                (
                    "know_first",
                    models.TextField(db_comment="What staff should know before they speak to the person"),
                ),
                (
                    "name_unknown",
                    models.TextField(db_comment="Why there is no name: not asked, declined or not known"),
                ),
                ("born_on_unknown", models.TextField(db_comment="Why there is no date of birth")),
                ("nhs_number_unknown", models.TextField(db_comment="Why there is no NHS number")),
                ("phone_unknown", models.TextField(db_comment="Why there is no telephone number")),
                ("address_unknown", models.TextField(db_comment="Why there is no address")),
                (
                    "family_key",
                    models.TextField(db_collation="C", db_comment="Family name as it is looked up"),
                ),
                (
                    "given_key",
                    models.TextField(db_collation="C", db_comment="Given names as they are looked up"),
                ),
                (
                    "phone_key",
                    models.TextField(db_collation="C", db_comment="Digits of the telephone number"),
                ),
                ("postcode_key", models.TextField(db_collation="C", db_comment="Postcode without spaces")),
                ("registered_at", models.DateTimeField(db_comment="When the person was registered")),
            ],
            options={
                "db_table_comment": "The people this place cares for",
                "indexes": [
                    models.Index(fields=["family_key", "given_key", "id"], name="person_by_family_name"),
                    models.Index(fields=["given_key", "family_key", "id"], name="person_by_given_name"),
                    models.Index(
                        condition=models.Q(("phone_key", ""), _negated=True),
                        fields=["phone_key"],
                        name="person_by_phone",
                    ),
                    models.Index(
                        condition=models.Q(("postcode_key", ""), _negated=True),
                        fields=["postcode_key"],
                        name="person_by_postcode",
                    ),
                    models.Index(fields=["born_on"], name="person_by_birth"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("nhs_number__isnull", False)),
                        fields=("nhs_number",),
                        name="person_nhs_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nhs_number__isnull", True),
                            ("nhs_number__regex", "^[0-9]{10}$"),
                            _connector="OR",
                        ),
                        name="person_nhs_number_ten_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("born_on_unknown", ""), ("born_on__isnull", False)),
                            models.Q(
                                models.Q(("born_on_unknown", ""), _negated=True), ("born_on__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="person_born_on_or_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nhs_number_unknown", ""), ("nhs_number__isnull", False)),
                            models.Q(
                                models.Q(("nhs_number_unknown", ""), _negated=True),
                                ("nhs_number__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="person_nhs_number_or_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_unknown__in", ["", "declined", "not_asked", "not_known"])),
                        name="person_name_unknown_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born_on_unknown__in", ["", "declined", "not_asked", "not_known"])
                        ),
                        name="person_born_on_unknown_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nhs_number_unknown__in", ["", "declined", "not_asked", "not_known"])
                        ),
                        name="person_nhs_number_unknown_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone_unknown__in", ["", "declined", "not_asked", "not_known"])),
                        name="person_phone_unknown_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address_unknown__in", ["", "declined", "not_asked", "not_known"])
                        ),
                        name="person_address_unknown_words",
                    ),
                ],
            },
        ),
    ]
