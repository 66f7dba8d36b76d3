"""That a restricted person's number is looked into stands behind the second wall for every other agency."""

from django.db import migrations

BEHIND = """
DO $wall$
BEGIN
    IF EXISTS (SELECT FROM pg_policies WHERE tablename = 'sharing_review' AND policyname = 'own_agency') THEN
        ALTER POLICY own_agency ON sharing_review USING (
            agency_id = current_setting('app.agency')::uuid
            OR {also} NOT EXISTS (
                SELECT FROM agencies_membership m JOIN agencies_team led ON led.id = m.team_id
                WHERE led.agency_id = sharing_review.agency_id AND m.role = 'governance_lead'
                    AND m.until_at IS NULL));
    END IF;
END
$wall$
"""


class Migration(migrations.Migration):
    dependencies = [("participations", "0006_narrower"), ("sharing", "0006_number_in_doubt")]

    operations = [
        migrations.RunSQL(
            BEHIND.replace("{also}", "kind <> 'number_in_doubt' AND"), BEHIND.replace("{also}", "")
        ),
    ]
