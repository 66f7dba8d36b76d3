from django.apps import AppConfig


class Participations(AppConfig):
    name = "nowrongdoor.data.participations"
    label = "participations"
