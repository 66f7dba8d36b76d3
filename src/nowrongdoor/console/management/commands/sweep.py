"""./nwd manage sweep: takes the steps that running clocks owe, once or for as long as it runs."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nowrongdoor.console import relaying
from nowrongdoor.console.sweeping import Sweeper


class Command(BaseCommand):
    help = "Tells whoever must know of clocks that are nearly due or have passed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        sweeper = Sweeper(say=self.stderr.write)
        if options["forever"]:
            relaying.begin(say=self.stderr.write)
            sweeper.until(threading.Event())
        while sweeper.round():
            pass
        self.stdout.write("Swept: every clock whose time had come was looked at.")
