"""./nwd manage seal: seals what was recorded and anchors it, once or for ever."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nowrongdoor.console import sealing


class Command(BaseCommand):
    help = "Seals the journal's new entries in the chain of their agency, and anchors all chains each minute."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="seal what waits, anchor it, end (the default)")
        how.add_argument("--forever", action="store_true", help="go on until stopped: what a place needs")

    def handle(self, *args: Any, **options: Any) -> None:
        sealer = sealing.Sealer(say=self.stderr.write)
        if sealer.file is None:
            self.stderr.write("There is no anchor: set NWD_ANCHOR to a file outside the database.")
        if options["forever"]:
            self.stdout.write("Sealing every second, anchoring every minute. Ctrl+C stops it.")
            sealer.until(threading.Event())
            return
        try:
            while sealer.round():
                pass
        except Exception as fault:
            self.stderr.write(sealing.in_words(fault))
            raise SystemExit(1) from fault
        self.stdout.write(f"Sealed: {sealer.sealed:,}.")
