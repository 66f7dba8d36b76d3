from django.apps import AppConfig


class Messages(AppConfig):
    name = "nowrongdoor.data.messages"
    label = "messages"
