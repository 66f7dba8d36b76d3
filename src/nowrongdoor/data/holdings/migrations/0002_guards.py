"""I1, I5: no gap, and a holder changes only by an accepted handover or a recorded re-homing."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON holdings_rehoming;
DROP TRIGGER kept_for_good ON holdings_holding;
DROP TRIGGER kept_as_written ON holdings_rehoming;
DROP TRIGGER holding_rests_on_an_act ON holdings_holding;
DROP FUNCTION holding_rests_on_an_act();
DROP TRIGGER holding_ends_once ON holdings_holding;
DROP FUNCTION holding_ends_once();
DROP TRIGGER referral_held_without_gap ON holdings_holding;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("holdings", "0001_initial"),
        ("journal", "0002_guards"),
        ("referrals", "0002_guards"),
        ("handovers", "0002_what_it_rests_on"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
