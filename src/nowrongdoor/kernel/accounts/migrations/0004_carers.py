import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_own"),
        ("agencies", "0004_discipline"),
        ("people", "0003_by_area"),
        ("sharing", "0004_permission_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="account",
            name="account_of_one",
        ),
        migrations.AddField(
            model_name="account",
            name="permission",
            field=models.OneToOneField(
                db_comment="What lets a carer in to somebody's record, if it is a carer's",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sharing.permission",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("member__isnull", False), ("permission__isnull", True), ("person__isnull", True)
                    ),
                    models.Q(
                        ("member__isnull", True), ("permission__isnull", True), ("person__isnull", False)
                    ),
                    models.Q(
                        ("member__isnull", True), ("permission__isnull", False), ("person__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="account_of_one",
            ),
        ),
    ]
