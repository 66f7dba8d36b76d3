"""Calls to the police by who people say they are, by age and by area: rounded counts, of nobody."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
# The same calls as in `police_calls`, with which decision and referral each is: for the next function alone.
CALLS = HERE.with_name("0003_calls.sql").read_text(encoding="utf-8")
KEYED = CALLS[CALLS.index("CREATE FUNCTION") : CALLS.index("COMMENT ON")]
for was, becomes in (
    ("CREATE FUNCTION police_calls(", "CREATE FUNCTION police_calls_keyed("),
    ("RETURNS TABLE (", "RETURNS TABLE (\n    decision_id uuid, referral_id uuid,"),
    ("LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp", "LANGUAGE sql STABLE"),
    ("SELECT d.force, d.category", "SELECT d.id, c.referral_id, d.force, d.category"),
):
    assert KEYED.count(was) == 1, was
    KEYED = KEYED.replace(was, becomes)


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0008_review_owed"),
        ("people", "0007_about_guards"),
    ]

    operations = [
        migrations.RunSQL(
            KEYED + HERE.with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP FUNCTION police_split(timestamptz, timestamptz, integer[], text[], text[], text[],"
            " integer[], text[], text[], text, integer, integer);"
            "DROP FUNCTION police_calls_keyed(timestamptz, timestamptz, integer[], integer, integer, text[],"
            " text[]);",
        ),
    ]
