from django.apps import AppConfig


class Handovers(AppConfig):
    name = "nowrongdoor.data.handovers"
    label = "handovers"
