"""A link may go on: by it the team that accepted by a link writes what follows."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("handovers", "0009_counted")]

    operations = [
        migrations.AddField(
            model_name="answerlink",
            name="goes_on",
            field=models.BooleanField(
                default=False,
                db_comment="It answers nothing: by it the team that accepted writes what follows",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerlink",
            constraint=models.CheckConstraint(
                condition=Q(goes_on=False) | Q(answered_at__isnull=True), name="onward_link_answers_nothing"
            ),
        ),
    ]
