"""Whoever looks at a board is told that something on it has changed, when it commits."""

from pathlib import Path

from django.db import migrations

# The function of each table, and whether its rows ever change once they are there.
TOLD = {
    "holdings_holding": ("tell_holdings", True),
    "holdings_rehoming": ("tell_re_homings", True),
    "handovers_handover": ("tell_handovers", True),
    "handovers_chase": ("tell_chases", False),
    "promises_promise": ("tell_promises", True),
    "promises_escalation": ("tell_escalations", False),
    "referrals_referral": ("tell_referrals", True),
    "contacts_contact": ("tell_contacts", True),
    "sharing_sharingdecision": ("tell_decisions", True),
    "sharing_seal": ("tell_everyone", True),
}
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = "".join(
    f"DROP TRIGGER told_when_added ON {table};"
    + (f"DROP TRIGGER told_when_changed ON {table};" if changes else "")
    + f"DROP FUNCTION {function}();"
    for table, (function, changes) in TOLD.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0002_follow"),
        ("contacts", "0001_initial"),
        ("referrals", "0001_initial"),
        ("holdings", "0003_re_homing_is_offered"),
        ("handovers", "0004_chase"),
        ("promises", "0001_initial"),
        ("sharing", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(SQL, f"{UNDO} DROP FUNCTION tell_boards(uuid[]);"),
    ]
