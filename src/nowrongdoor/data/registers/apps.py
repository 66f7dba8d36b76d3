from django.apps import AppConfig


class Registers(AppConfig):
    name = "nowrongdoor.data.registers"
    label = "registers"
