from django.apps import AppConfig


class Stages(AppConfig):
    name = "nowrongdoor.data.stages"
    label = "stages"
