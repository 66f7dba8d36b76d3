"""
Pronouns, what somebody needs and what staff should know first say why they are blank, as the rest does.

Nobody was asked why before: a blank of an earlier record says that it was not asked. Adding the columns
rewrites nothing; the second statement touches only those rows in which something is written.
"""

from django.db import migrations, models

from nowrongdoor.kernel import guards
from nowrongdoor.rules.words import Unknown

PARTS = {
    "pronouns": "Why there are no pronouns",
    "access_needs": "Why nothing is said of what they need so that we can reach each other",
    "know_first": "Why there is nothing that staff should know first",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0010_circle_guards")]
    operations = [
        *(
            migrations.AddField(
                "person",
                f"{part}_unknown",
                models.TextField(db_comment=comment, default=Unknown.NOT_ASKED),
                preserve_default=False,
            )
            for part, comment in PARTS.items()
        ),
        migrations.RunSQL(
            """
                UPDATE people_person SET
                    pronouns_unknown = CASE WHEN pronouns = '' THEN pronouns_unknown ELSE '' END,
                    access_needs_unknown = CASE WHEN access_needs = '' THEN access_needs_unknown ELSE '' END,
                    know_first_unknown = CASE WHEN know_first = '' THEN know_first_unknown ELSE '' END
                WHERE pronouns <> '' OR access_needs <> '' OR know_first <> ''
            """,
            migrations.RunSQL.noop,
        ),
        *(
            migrations.AddConstraint(
                "person",
                guards.one_of(f"{part}_unknown", ("", *Unknown), name=f"person_{part}_unknown_words"),
            )
            for part in PARTS
        ),
    ]
