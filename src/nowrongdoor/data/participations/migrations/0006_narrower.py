"""Why something is sealed, what a carer may read and what is reviewed stand behind the second wall too."""

from pathlib import Path

from django.db import migrations

UNDO = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE SELECT (id, person_id, referral_id, contact_id, lifted_at) ON sharing_seal FROM nwd_reader;
        GRANT SELECT ON sharing_seal TO nwd_reader;
    END IF;
END
$$;
DROP POLICY IF EXISTS engine ON sharing_permission;
DROP POLICY IF EXISTS own_agency ON sharing_permission;
ALTER TABLE sharing_permission DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS engine ON sharing_review;
DROP POLICY IF EXISTS own_agency ON sharing_review;
ALTER TABLE sharing_review DISABLE ROW LEVEL SECURITY;
DROP FUNCTION seals_in_care_of(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0005_referrals_behind_the_wall"),
        ("sharing", "0005_no_agreement"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
