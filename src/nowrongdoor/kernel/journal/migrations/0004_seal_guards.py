"""Seals are added one after the other and never changed; a salt goes only with the words it salts."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON journal_seal;
DROP TRIGGER kept_as_written ON journal_seal;
DROP TRIGGER seal_follows ON journal_seal;
DROP TRIGGER kept_for_good ON journal_salt;
DROP TRIGGER kept_as_written ON journal_salt;
DROP TRIGGER salt_goes_with_its_words ON journal_salt;
DROP FUNCTION seal_follows();
DROP FUNCTION salt_goes_with_its_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_seals"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
