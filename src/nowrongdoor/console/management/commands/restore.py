"""./nwd manage restore FILE: a place from a copy."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from nowrongdoor.console import copying, filling


class Command(BaseCommand):
    help = "Brings a file that 'backup' wrote back into an empty database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that 'backup' wrote")
        parser.add_argument("--replace", action="store_true", help="throw away what is in the database now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        owner_url = os.environ["DATABASE_OWNER_URL"]
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if not copying.is_empty(owner_url):
            if not replace:
                raise CommandError(
                    "The database is not empty. Add --replace to throw away all that is in it: "
                    "only another backup brings that back."
                )
            filling.empty(connections["owner"])
        try:
            copying.restore(owner_url, file)
        except copying.CannotCopy as refusal:
            raise CommandError(f"{refusal} The database is empty now.") from refusal
        filling.migrate()
        connections.close_all()
        self.stdout.write(f"Everything from {file} is back.")
