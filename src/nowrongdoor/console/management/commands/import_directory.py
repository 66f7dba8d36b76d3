"""./nwd manage import_directory SOURCE [--dry-run]: take in a feed of Open Referral UK, or a table."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nowrongdoor.console.feeds.taking_in import Account, take_in
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.sweeping import NOBODY

SHOWN = 200


class Command(BaseCommand):
    help = "Takes in services from an Open Referral UK feed (address, folder or file) or from a CSV table."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="an address (https://…), a folder, a .json or a .csv file")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument("--from-page", type=int, default=1, help="go on where a run was cut off")
        parser.add_argument("--json", type=Path, help="write the account to this file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        account = take_in(
            options["source"],
            first=options["from_page"],
            dry=options["dry_run"],
            at=now(),
            by=NOBODY,
            say=lambda words: self.stderr.write(words),
        )
        self._told(account, dry=options["dry_run"])
        if options["json"]:
            text = json.dumps(vars(account), indent=2, ensure_ascii=False)
            options["json"].write_text(f"{text}\n", "utf-8")

    def _told(self, account: Account, *, dry: bool) -> None:
        for name, lines in (("", account.differences), ("Fault: ", account.faults)):
            for line in lines[:SHOWN]:
                self.stdout.write(f"{name}{line}")
            if len(lines) > SHOWN:
                self.stdout.write(f"… and {len(lines) - SHOWN:,} more; --json writes all of them to a file.")
        would = "would be " if dry else ""
        self.stdout.write(
            f"{account.entered:,} {would}new, {account.changed:,} {would}changed, "
            f"{account.same:,} as they were, "
            f"{account.passed_over:,} passed over, {len(account.faults):,} faults. "
            f"{account.unplaced:,} name no need that we know: they are found by name alone."
        )
        if account.missed:
            self.stdout.write(f"{account.missed:,} are no longer in the feed: they stay, and say so.")
        if not account.is_whole:
            self.stdout.write(
                "Not all of the feed could be read: nothing was marked as gone. "
                "Ask again: what was taken in already stays as it is."
            )
