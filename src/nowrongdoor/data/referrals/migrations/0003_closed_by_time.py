from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["closed_at", "id"],
                condition=models.Q(("state", "closed")),
                name="referral_closed_by_time",
            ),
        ),
    ]
