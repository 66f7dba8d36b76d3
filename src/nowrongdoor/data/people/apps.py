from django.apps import AppConfig


class People(AppConfig):
    name = "nowrongdoor.data.people"
    label = "people"
