from django.apps import AppConfig


class Boards(AppConfig):
    name = "nowrongdoor.data.boards"
    label = "boards"
