from django.apps import AppConfig


class Services(AppConfig):
    name = "nowrongdoor.data.services"
    label = "services"
