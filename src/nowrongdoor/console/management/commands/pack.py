"""./nwd manage pack: writes each team's downtime pack to the folder, once or for as long as it runs."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nowrongdoor.console import packing


class Command(BaseCommand):
    help = "Writes the list that each team works from when nothing answers, locked, to NWD_DOWNTIME_FOLDER."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        packer = packing.from_settings(say=self.stderr.write)
        if packer is None:
            raise CommandError("Set NWD_DOWNTIME_FOLDER and NWD_DOWNTIME_KEY: nothing was written.")
        if options["forever"]:
            packer.until(threading.Event())
        packer.round()
        self.stdout.write(f"Written: {packer.written:,}. A pack that is new enough was left to stand.")
