from django.apps import AppConfig


class Contacts(AppConfig):
    name = "nowrongdoor.data.contacts"
    label = "contacts"
