"""A disagreement with the police owes a review: at which level, since when, by when, and until when."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__)
BEFORE = HERE.with_name("0002_guards.sql").read_text(encoding="utf-8")
BEGINS, ENDS = "CREATE FUNCTION police_stays_as_decided", "CREATE TRIGGER police_stays"
STAYS = BEFORE[BEFORE.index(BEGINS) : BEFORE.index(ENDS)].replace("CREATE", "CREATE OR REPLACE")


def owed(name: str, comment: str) -> migrations.AddField:
    field = models.DateTimeField(db_comment=comment, null=True)
    return migrations.AddField(model_name="policedecision", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0007_path_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="policedecision",
            name="review_level",
            field=models.TextField(
                db_comment="At which level its review is owed, where they disagree", default=""
            ),
            preserve_default=False,
        ),
        owed("review_from_at", "Since when it is owed at that level"),
        owed("review_due_at", "By when it is owed at that level"),
        owed("review_ended_at", "When a review ended what is owed"),
        migrations.RunSQL(
            HERE.with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP TRIGGER police_review_ends_it ON police_policedecision;"
            "DROP FUNCTION police_review_ends_it();" + STAYS,
        ),
        migrations.AddConstraint(
            model_name="policedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("disputed_at__isnull", True),
                        ("review_due_at__isnull", True),
                        ("review_ended_at__isnull", True),
                        ("review_from_at__isnull", True),
                        ("review_level", ""),
                    ),
                    models.Q(
                        ("disputed_at__isnull", False),
                        ("review_due_at__isnull", False),
                        ("review_from_at__isnull", False),
                        ("review_level__in", ("bronze", "silver", "gold")),
                    ),
                    _connector="OR",
                ),
                name="police_dispute_owes_a_review",
            ),
        ),
    ]
