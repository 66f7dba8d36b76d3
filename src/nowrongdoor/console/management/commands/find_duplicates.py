"""./nwd manage find_duplicates [--steward NAME]: weigh our records beside one another and propose pairs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nowrongdoor.console import comparing
from nowrongdoor.kernel.now import now


class Command(BaseCommand):
    help = "Proposes pairs of our own records that may be one person's, for a records steward to decide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--steward", default="", help="the name of the records steward; else the first")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        by = comparing.steward(options["steward"], at=at)
        proposed, weighed = comparing.own_records(by=by, at=at)
        self.stdout.write(f"{weighed:,} pairs weighed, {proposed:,} put before {by.member_name}.")
