"""Clocks follow from the rows that promise something by a time, in the same statement."""

from pathlib import Path

from django.db import migrations

TRIGGERS = {
    "promises_promise": ("clock_when_added", "clock_when_changed"),
    "handovers_handover": ("clock_when_added", "clock_when_changed"),
    "referrals_referral": ("clock_when_added", "clock_when_changed", "clock_when_linked"),
    "contacts_contact": ("clock_when_linked",),
    "holdings_holding": ("clock_when_held", "clock_when_passed_on"),
    "clocks_climb": ("clock_when_climbed", "kept_as_written", "kept_for_good"),
    "clocks_reply": ("clock_when_replied", "kept_as_written", "kept_for_good"),
    "clocks_clock": ("kept_for_good",),
}
FUNCTIONS = (
    "clock_follows",
    "clock_follows_holder",
    "clock_follows_ladder",
    "clock_follows_person",
    "follow_clocks",
)
WALL = "".join(
    f"DROP POLICY IF EXISTS engine ON {table};DROP POLICY IF EXISTS own_agency ON {table};"
    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    for table in ("clocks_reply", "clocks_climb", "clocks_clock")
)
UNDO = (
    WALL
    + "".join(
        f"DROP TRIGGER {trigger} ON {table};" for table, triggers in TRIGGERS.items() for trigger in triggers
    )
    + "".join(f"DROP FUNCTION {name};" for name in FUNCTIONS)
)


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0001_initial"),
        ("contacts", "0001_initial"),
        ("referrals", "0001_initial"),
        ("holdings", "0001_initial"),
        ("handovers", "0001_initial"),
        ("promises", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
