"""./nwd manage restore FILE: a place from a copy."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from nowrongdoor.console import copying, filling, restoring
from nowrongdoor.kernel.now import now


class Command(BaseCommand):
    help = "Brings a file that 'backup' wrote back: all of it, or nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that 'backup' wrote")
        parser.add_argument(
            "--into",
            metavar="URL|new",
            default="",
            help="the owner's address of another database, or 'new' for one that is made beside this one "
            "(default: the database that ./nwd works on)",
        )
        parser.add_argument(
            "--replace", "--over", action="store_true", help="throw away what is in the database now"
        )

    def handle(self, *args: Any, file: Path, into: str, replace: bool, **options: Any) -> None:
        try:
            with restoring.target(into, at=now()) as target:
                connections["owner"].close()
                rows = copying.restore(target.owner_url, file, replace=replace)
                filling.migrate()
                connections["owner"].close()
        except copying.CannotCopy as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(
            f"Everything from {file} is back: {sum(rows.values()):,} rows in {len(rows)} tables, counted, in "
            f"{target.words}."
        )
