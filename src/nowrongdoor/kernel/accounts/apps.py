from django.apps import AppConfig
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate


class Accounts(AppConfig):
    name = "nowrongdoor.kernel.accounts"
    label = "accounts"

    def ready(self) -> None:
        # What somebody may do is in their memberships: permissions that no rule asks are not even listed.
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)
