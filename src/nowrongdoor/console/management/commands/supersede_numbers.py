"""./nwd manage supersede_numbers FILE: NHS numbers that were replaced by others, a row for each: old,new."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nowrongdoor.console import comparing, superseding
from nowrongdoor.kernel.now import now
from nowrongdoor.linkage.reading import CannotRead


class Command(BaseCommand):
    help = "Puts the NHS numbers that replaced others in their place, and names each row that cannot be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--steward", default="", help="the name of the records steward; else the first")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        by = comparing.steward(options["steward"], at=at)
        try:
            told = superseding.of_file(options["file"], by=by, at=at)
        except CannotRead as fault:
            raise CommandError(str(fault)) from fault
        for row, why in told.faults:
            self.stdout.write(f"row {row}: {why}")
        self.stdout.write(f"{told.replaced:,} rows taken in, {len(told.faults):,} not.")
