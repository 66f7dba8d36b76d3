"""Two teams go to one person together: what a half is joined to, when they meet, that it said yes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("referrals", "0006_endings_counted"),
        ("visits", "0005_skill_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_state_words",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_given_to_a_crew",
        ),
        migrations.AddField(
            model_name="visit",
            name="joined_at",
            field=models.DateTimeField(db_comment="When its team said that it comes along", null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="joint_with",
            field=models.ForeignKey(
                db_comment="The visit its team was asked along to; empty for none",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="visits.visit",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="meet_at",
            field=models.DateTimeField(db_comment="When both crews are to meet at the door", null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="others_words",
            field=models.TextField(
                db_comment="Who else was asked by telephone, and when they said they come",
                db_default="",
                default="",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "asked",
                            "asked_along",
                            "crew_told",
                            "done",
                            "left",
                            "on_the_way",
                            "planned",
                            "stood_down",
                            "there",
                            "with_person",
                        ],
                    )
                ),
                name="visit_state_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["asked_along", "asked"]),
                        ("crew__isnull", True),
                        ("free_at__isnull", True),
                        ("leaves_at__isnull", True),
                    ),
                    models.Q(
                        (
                            "state__in",
                            ["planned", "crew_told", "on_the_way", "there", "with_person", "left", "done"],
                        ),
                        ("crew__isnull", False),
                        ("free_at__isnull", False),
                        ("leaves_at__isnull", False),
                    ),
                    ("state", "stood_down"),
                    _connector="OR",
                ),
                name="visit_given_to_a_crew",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joint_with", models.F("id")), _negated=True),
                    models.Q(
                        ("joint_with__isnull", False),
                        models.Q(
                            ("joined_at__isnull", True), models.Q(("state", "asked_along"), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("joint_with__isnull", True),
                        ("joined_at__isnull", False),
                        ("state__in", ["asked_along", "stood_down"]),
                        _connector="OR",
                    ),
                ),
                name="visit_joined_by_a_yes",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["done", "stood_down"]), _negated=True),
                fields=("joint_with", "team"),
                name="visit_asked_along_once",
            ),
        ),
    ]
