"""Messages stay as they were promised, and stand behind the second wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON messages_message;
DROP POLICY IF EXISTS own_agency ON messages_message;
ALTER TABLE messages_message DISABLE ROW LEVEL SECURITY;
DROP TRIGGER message_stays_as_promised ON messages_message;
DROP FUNCTION message_stays_as_promised();
DROP TRIGGER kept_for_good ON messages_message;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0001_initial"),
        ("journal", "0002_guards"),
        ("participations", "0009_no_part_by_talking"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
