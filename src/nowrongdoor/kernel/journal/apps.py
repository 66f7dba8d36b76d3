from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Journal(AppConfig):
    name = "nowrongdoor.kernel.journal"
    label = "journal"

    def ready(self) -> None:
        # Each context says in its facts.py where it is stored; the store learns of all of them here.
        autodiscover_modules("facts")
