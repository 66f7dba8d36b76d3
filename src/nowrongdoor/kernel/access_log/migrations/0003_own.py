from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access_log", "0002_guards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="look",
            name="agency_id",
            field=models.UUIDField(
                db_comment="The agency of that team; none where it is their own record", null=True
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="member_id",
            field=models.UUIDField(
                db_comment="The member who looked; none where it is their own record", null=True
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="team_id",
            field=models.UUIDField(
                db_comment="The team the member was working for; none where it is their own record", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agency_id__isnull", True),
                        ("member_id__isnull", True),
                        ("relationship", "self"),
                        ("role", "person"),
                        ("team_id__isnull", True),
                    ),
                    models.Q(
                        models.Q(("relationship", "self"), _negated=True),
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
