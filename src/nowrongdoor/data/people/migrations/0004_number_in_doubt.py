"""
A number that a restricted person has is no longer refused: a refusal told whoever registered somebody that
such a person is known here. It is marked as in doubt and looked into.

Adding the column needs no rewrite; the index is built anew, and one by which numbers are looked for, in
doubt or not. That holds a SHARE lock for a second or two for a million people.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0003_by_area")]
    operations = [
        migrations.AddField(
            "person",
            "number_in_doubt",
            models.BooleanField(
                db_comment="Somebody who is restricted has this NHS number too", default=False
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("person", "person_nhs_number_once"),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                fields=["nhs_number"],
                condition=Q(nhs_number__isnull=False, number_in_doubt=False),
                name="person_nhs_number_once",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(number_in_doubt=False) | Q(nhs_number__isnull=False),
                name="person_doubt_is_of_a_number",
            ),
        ),
        # By what a number is looked for, whether in doubt or not.
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["nhs_number"], condition=Q(nhs_number__isnull=False), name="person_by_number"
            ),
        ),
    ]
