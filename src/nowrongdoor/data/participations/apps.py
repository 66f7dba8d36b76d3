from django.apps import AppConfig
from django.core import checks

from nowrongdoor.kernel import wall


class Participations(AppConfig):
    name = "nowrongdoor.data.participations"
    label = "participations"

    def ready(self) -> None:
        checks.register(wall.say_that_it_is_off, deploy=True)
