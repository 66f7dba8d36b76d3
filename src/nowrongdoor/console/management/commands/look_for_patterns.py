"""./nwd manage look_for_patterns: goes through the access log, and asks for a review of what it finds."""

import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nowrongdoor.console.watching import EACH, Watch


class Command(BaseCommand):
    help = "Looks for five patterns in who looked at whom, and asks for a review of each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=31, help="how many days back to go at first (31)")
        parser.add_argument("--forever", action="store_true", help="go on until stopped: what a place needs")

    def handle(self, *args: Any, **options: Any) -> None:
        back = timedelta(days=max(1, min(options["days"], 3_660)))
        watch = Watch(back=back, say=self.stderr.write)
        if options["forever"]:
            self.stdout.write(f"Going through the looks every {EACH / 60:.0f} minutes. Ctrl+C stops it.")
            watch.until(threading.Event())
            return
        watch.round()
        self.stdout.write(f"Patterns found: {watch.found:,}. Each is asked about once; see Governance.")
