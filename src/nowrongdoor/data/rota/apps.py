from django.apps import AppConfig


class Rota(AppConfig):
    name = "nowrongdoor.data.rota"
    label = "rota"
