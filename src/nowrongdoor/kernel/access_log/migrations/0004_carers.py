from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access_log", "0003_own"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="look",
            name="look_of_member_or_own",
        ),
        migrations.AlterField(
            model_name="look",
            name="agency_id",
            field=models.UUIDField(
                db_comment="The agency of that team; none where it is the person or a carer", null=True
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="member_id",
            field=models.UUIDField(
                db_comment="The member who looked; none where it is the person or a carer", null=True
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="team_id",
            field=models.UUIDField(
                db_comment="The team the member was working for; none where it is the person or a carer",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            models.Q(("relationship", "self"), ("role", "person")),
                            models.Q(("relationship", "carer"), ("role", "carer")),
                            _connector="OR",
                        ),
                        ("agency_id__isnull", True),
                        ("member_id__isnull", True),
                        ("team_id__isnull", True),
                    ),
                    models.Q(
                        models.Q(("relationship__in", ("self", "carer")), _negated=True),
                        ("agency_id__isnull", False),
                        ("member_id__isnull", False),
                        ("team_id__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="look_of_member_or_own",
            ),
        ),
    ]
