from django.apps import AppConfig


class Sharing(AppConfig):
    name = "nowrongdoor.data.sharing"
    label = "sharing"
