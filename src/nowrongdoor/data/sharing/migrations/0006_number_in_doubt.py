"""A number that a restricted person has too is looked into."""

from django.db import migrations, models
from django.db.models import Q

KINDS = ["break_glass", "no_agreement", "number_in_doubt", "override", "pattern"]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_no_agreement")]
    operations = [
        migrations.RemoveConstraint("review", "review_kind_words"),
        migrations.AddConstraint(
            "review", models.CheckConstraint(condition=Q(kind__in=KINDS), name="review_kind_words")
        ),
    ]
