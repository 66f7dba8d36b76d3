"""./nwd manage open_pack FILE: opens a downtime pack where no browser does. Needs no database."""

import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nowrongdoor.embedded.kept_file import write_whole
from nowrongdoor.nhsuk import sealed_file


class Command(BaseCommand):
    help = "Asks for the team's phrase and writes the list of a locked downtime pack, as a page to print."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the locked pack")
        parser.add_argument("--to", type=Path, help="where to write the list; on the screen unless you say")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text("utf-8")
            page = sealed_file.alone(sealed_file.opened(text, phrase=getpass.getpass("Phrase: ")))
        except OSError as fault:
            raise CommandError(f"The file could not be read ({fault.strerror}).") from fault
        except (sealed_file.DoesNotOpen, UnicodeDecodeError) as fault:
            raise CommandError("This phrase does not open it, or it is no downtime pack.") from fault
        if options["to"] is None:
            self.stdout.write(page)
            return
        try:
            write_whole(options["to"], page)
        except OSError as fault:
            raise CommandError(f"The list could not be written ({fault.strerror}).") from fault
