"""Whom a contact was about, in words; the questions that were asked. Earlier contacts were asked none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="about",
            field=models.TextField(
                db_comment="Whom it was about, in words, where no record was chosen", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="answers",
            field=models.JSONField(
                db_comment=("The answer to each question of the set: yes, no, or which kind of unknown"),
                default=dict,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="question_set",
            field=models.TextField(db_comment="Which version of the set of questions was asked", default=""),
            preserve_default=False,
        ),
    ]
