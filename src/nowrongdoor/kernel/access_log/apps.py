from django.apps import AppConfig


class AccessLog(AppConfig):
    name = "nowrongdoor.kernel.access_log"
    label = "access_log"
