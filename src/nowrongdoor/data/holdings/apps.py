from django.apps import AppConfig


class Holdings(AppConfig):
    name = "nowrongdoor.data.holdings"
    label = "holdings"
