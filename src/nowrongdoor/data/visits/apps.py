from django.apps import AppConfig


class Visits(AppConfig):
    name = "nowrongdoor.data.visits"
    label = "visits"
