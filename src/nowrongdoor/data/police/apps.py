from django.apps import AppConfig


class Police(AppConfig):
    name = "nowrongdoor.data.police"
    label = "police"
