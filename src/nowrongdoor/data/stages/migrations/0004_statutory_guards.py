"""What the law gives a time ends once, by a person; no referral closes before; behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON stages_statutoryclock;
DROP POLICY IF EXISTS own_agency ON stages_statutoryclock;
ALTER TABLE stages_statutoryclock DISABLE ROW LEVEL SECURITY;
DROP TRIGGER told_when_changed ON stages_statutoryclock;
DROP TRIGGER told_when_added ON stages_statutoryclock;
DROP FUNCTION tell_statutory();
DROP TRIGGER statutory_before_closing ON referrals_referral;
DROP FUNCTION statutory_before_closing();
DROP TRIGGER statutory_ends_once ON stages_statutoryclock;
DROP FUNCTION statutory_ends_once();
DROP TRIGGER kept_for_good ON stages_statutoryclock;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stages", "0003_statutoryclock"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
