"""What a link is for never changes, and one that goes on is of an offer that was accepted."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)


def guards_before() -> str:
    """The two functions as they were made first, put back in place."""
    made = HERE.with_name("0008_answer_link_guards.sql").read_text(encoding="utf-8")
    return "".join(
        f"CREATE OR REPLACE FUNCTION {one}() RETURNS trigger"
        + made.partition(f"CREATE FUNCTION {one}() RETURNS trigger")[2].partition("COMMENT ON")[0]
        for one in ("answer_link_stays_bound", "answer_link_is_so")
    )


class Migration(migrations.Migration):
    dependencies = [("handovers", "0010_goes_on")]

    operations = [
        migrations.RunSQL(HERE.with_suffix(".sql").read_text(encoding="utf-8"), guards_before()),
    ]
