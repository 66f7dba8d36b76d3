from django.apps import AppConfig


class Clocks(AppConfig):
    name = "nowrongdoor.data.clocks"
    label = "clocks"
