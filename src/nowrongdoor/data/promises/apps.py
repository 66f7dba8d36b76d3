from django.apps import AppConfig


class Promises(AppConfig):
    name = "nowrongdoor.data.promises"
    label = "promises"
