from django.apps import AppConfig


class Journal(AppConfig):
    name = "nowrongdoor.kernel.journal"
    label = "journal"
