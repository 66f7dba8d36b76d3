"""./nwd manage backup FILE: everything in one file, counted."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nowrongdoor.console import copying


class Command(BaseCommand):
    help = "Writes the whole database into one file that only you can read, and counts what is in it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that does not exist yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            rows = copying.backup(
                os.environ.get("DATABASE_BACKUP_URL") or os.environ["DATABASE_OWNER_URL"], file
            )
        except copying.CannotCopy as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Everything is in {file}: {sum(rows.values()):,} rows in {len(rows)} tables, counted. "
            "Keep it as safe as the database itself."
        )
