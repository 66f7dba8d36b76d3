"""I3: a promise that is late has been escalated."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON promises_escalation;
DROP TRIGGER kept_for_good ON promises_promise;
DROP FUNCTION promises_late_unescalated(timestamptz);
DROP TRIGGER promise_ends_once ON promises_promise;
DROP FUNCTION promise_ends_once();
DROP TRIGGER kept_as_written ON promises_escalation;
DROP TRIGGER promise_late_without_escalation ON promises_promise;
DROP FUNCTION promise_late_without_escalation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0001_initial"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
