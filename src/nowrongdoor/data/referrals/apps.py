from django.apps import AppConfig


class Referrals(AppConfig):
    name = "nowrongdoor.data.referrals"
    label = "referrals"
