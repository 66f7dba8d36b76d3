"""In which discipline a decision was made, and why where it is not a usual one. Earlier ones do not say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_undecided_by_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="triaged_as",
            field=models.TextField(
                db_comment="Discipline of the specialist who decided; empty if not known", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="referral",
            name="triaged_as_words",
            field=models.TextField(
                db_comment="Why someone decided whose discipline does not usually decide on these needs",
                default="",
            ),
            preserve_default=False,
        ),
    ]
