from django.apps import AppConfig


class Agencies(AppConfig):
    name = "nowrongdoor.data.agencies"
    label = "agencies"
