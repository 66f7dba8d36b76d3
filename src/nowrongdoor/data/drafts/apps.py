from django.apps import AppConfig


class Drafts(AppConfig):
    name = "nowrongdoor.data.drafts"
    label = "drafts"
