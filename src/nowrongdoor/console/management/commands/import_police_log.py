"""./nwd manage import_police_log FILE --as MEMBER [--team TEAM] [--dry-run]: what a control room answered."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nowrongdoor.console.feeds.police_log import Account, NotATable, take_in
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers

SHOWN = 200


class Command(BaseCommand):
    help = "Takes in what a police control room answered, from a CSV table: contact, referral and decision."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .csv file (its columns: the guide)")
        parser.add_argument("--as", dest="member", required=True, help="the member who takes it in, by name")
        parser.add_argument("--team", default="", help="for which of their teams, which then holds")
        parser.add_argument("--dry-run", action="store_true", help="say what would be, and change nothing")
        parser.add_argument("--json", type=Path, help="write the account to this file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        if not options["file"].is_file():
            raise CommandError("There is no such file.")
        by = _member(options["member"], options["team"], at=at)
        try:
            account = take_in(options["file"], dry=options["dry_run"], by=by, at=at)
        except NotATable as failure:
            raise CommandError(f"{failure} Nothing was taken in.") from failure
        self._told(account, dry=options["dry_run"])
        if options["json"]:
            told = {"lines": account.lines, "counts": account.counts(), "dry_run": options["dry_run"]}
            options["json"].write_text(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n", "utf-8")

    def _told(self, account: Account, *, dry: bool) -> None:
        for number, kind, why in account.lines[:SHOWN]:
            self.stdout.write(f"Line {number}: {kind}{f'. {why}' if why else '.'}")
        if len(account.lines) > SHOWN:
            self.stdout.write(f"… and {len(account.lines) - SHOWN:,} more; --json writes all to a file.")
        told = ", ".join(f"{many:,} {kind}" for kind, many in account.counts().items())
        self.stdout.write(f"{told}.{' Nothing was changed: it was a dry run.' if dry else ''}")


def _member(name: str, team: str, *, at: datetime) -> Viewer:
    found = [one for one in viewers.personas(at=at) if one.name == name and team in ("", one.team_name)]
    if len(found) != 1:
        nobody, several = "Nobody of that name works here.", "They work in several teams: name one (--team)."
        raise CommandError(f"{several if found else nobody} Nothing was taken in.")
    by = viewers.at_work(membership_id=found[0].membership_id)
    assert by is not None, "a persona is of a membership that runs"
    return by
