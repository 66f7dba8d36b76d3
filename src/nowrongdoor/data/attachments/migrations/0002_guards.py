"""A file is what its hash says, is attached with its offer, and stays as it was attached."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON attachments_attachment;
DROP TRIGGER kept_as_written ON attachments_attachment;
DROP TRIGGER attachment_is_of_its_offer ON attachments_attachment;
DROP FUNCTION attachment_is_of_its_offer();
ALTER TABLE attachments_attachment DROP CONSTRAINT attachment_is_what_its_hash_says;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attachments", "0001_initial"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
