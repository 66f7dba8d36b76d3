from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_closed_by_time")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["due_at", "id"],
                condition=models.Q(("state__in", ["new", "waiting", "triaged"])),
                name="referral_undecided_by_due",
            ),
        ),
    ]
