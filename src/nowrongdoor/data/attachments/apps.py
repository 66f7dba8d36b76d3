from django.apps import AppConfig


class Attachments(AppConfig):
    name = "nowrongdoor.data.attachments"
    label = "attachments"
