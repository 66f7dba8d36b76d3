from django.apps import AppConfig


class Guidance(AppConfig):
    name = "nowrongdoor.data.guidance"
    label = "guidance"
