"""Participations follow from the rows that say so, in the same statement."""

from pathlib import Path

from django.db import migrations

FOLLOWED = {
    "holdings_holding": "follow_holdings",
    "handovers_handover": "follow_handovers",
    "promises_promise": "follow_promises",
    "promises_escalation": "follow_escalations",
    "referrals_referral": "follow_referrals",
    "contacts_contact": "follow_contacts",
    "sharing_sharingdecision": "follow_decisions",
    "sharing_opening": "follow_openings",
}
UNDO = "".join(
    f"DROP TRIGGER followed_when_added ON {table};"
    f"DROP TRIGGER IF EXISTS followed_when_changed ON {table};"
    f"DROP FUNCTION {function}();"
    for table, function in FOLLOWED.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0001_initial"),
        ("agencies", "0001_initial"),
        ("contacts", "0001_initial"),
        ("referrals", "0001_initial"),
        ("holdings", "0001_initial"),
        ("handovers", "0001_initial"),
        ("promises", "0001_initial"),
        ("sharing", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
