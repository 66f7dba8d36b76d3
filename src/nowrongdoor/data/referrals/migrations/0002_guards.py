"""I1: a referral is held from the instant it is received until it is closed."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON referrals_referral;
DROP TRIGGER referral_held_without_gap ON referrals_referral;
DROP FUNCTION referral_held_without_gap();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("journal", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
