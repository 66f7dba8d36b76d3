"""
People are found when what is said of them is not quite right: by keys that survive one slip, and by names
and numbers they have elsewhere.

The columns are added without a rewrite, but that holds an ACCESS EXCLUSIVE lock on the people until all is
done: the keys of those who are there already, a thousand people at a time, and the index. Some minutes for a
million.
"""

from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from nowrongdoor.rules.person import Details, find_keys

SET = 1000
NAMES = ("given_names", "family_name", "known_as", "born_on", "phone", "address", "postcode")


def fill(apps: Any, schema_editor: Any) -> None:
    """Keys for everybody there is. Not in the journal: nothing that anybody said of them changes."""
    with schema_editor.connection.cursor() as cursor:
        last = "00000000-0000-0000-0000-000000000000"
        while True:
            cursor.execute(
                "SELECT id, coalesce(nhs_number, ''), given_names, family_name, known_as, born_on, phone,"
                " address, postcode FROM people_person WHERE id > %s ORDER BY id LIMIT %s",
                [last, SET],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            details = (Details(**dict(zip(NAMES, row[2:], strict=True))) for row in rows)
            made = [
                (list(find_keys(one, nhs_number=row[1])), row[0])
                for row, one in zip(rows, details, strict=True)
            ]
            cursor.executemany("UPDATE people_person SET find_keys = %s WHERE id = %s", made)
            last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("people", "0004_number_in_doubt")]
    operations = [
        migrations.AddField(
            "person",
            "other_names",
            models.TextField(
                db_comment="Names the person had or is known by elsewhere, one on each line", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "person",
            "other_numbers",
            models.TextField(
                db_comment="Numbers by which partners know the person, one on each line", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "person",
            "find_keys",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                db_comment="By what the record is found when what is said is not quite right",
                default=list,
                size=None,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "person",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["find_keys"], name="person_by_find_keys"
            ),
        ),
    ]
