from django.apps import AppConfig


class Accounts(AppConfig):
    name = "nowrongdoor.kernel.accounts"
    label = "accounts"
