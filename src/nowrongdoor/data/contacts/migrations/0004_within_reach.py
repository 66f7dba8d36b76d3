"""
A contact did not begin in another age: a year too small to be shown made its referral unreadable.

Holds an ACCESS EXCLUSIVE lock while it reads the contacts once; a second for a million.
"""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_about_and_answers")]
    operations = [
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=Q(happened_at__gt=F("received_at") - timedelta(days=367)),
                name="contact_within_reach",
            ),
        ),
    ]
