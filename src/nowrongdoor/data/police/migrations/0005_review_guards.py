"""What a review found stays, is of a disagreement about that very referral, and stands behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON police_policereview;
DROP POLICY IF EXISTS own_agency ON police_policereview;
ALTER TABLE police_policereview DISABLE ROW LEVEL SECURITY;
DROP TRIGGER police_review_of_a_disagreement ON police_policereview;
DROP FUNCTION police_review_of_a_disagreement();
DROP TRIGGER kept_as_written ON police_policereview;
DROP TRIGGER kept_for_good ON police_policereview;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0004_review"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
