from django.apps import AppConfig


class Merges(AppConfig):
    name = "nowrongdoor.data.merges"
    label = "merges"
