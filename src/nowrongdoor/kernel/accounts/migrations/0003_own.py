import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_rights"),
        ("agencies", "0004_discipline"),
        ("people", "0003_by_area"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="person",
            field=models.OneToOneField(
                db_comment="The person it lets in to their own record, if it is a person's",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="member",
            field=models.OneToOneField(
                db_comment="The member this account lets in, if it is a member's",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.member",
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="name",
            field=models.CharField(
                db_comment="What they sign in with: e-mail or staff number", max_length=150, unique=True
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member__isnull", False), ("person__isnull", True)),
                    models.Q(("member__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="account_of_one",
            ),
        ),
    ]
