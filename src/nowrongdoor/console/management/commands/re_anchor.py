"""./nwd manage re-anchor: after a restore to an older point, go on from there, on record."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nowrongdoor.console import sealing, verifying
from nowrongdoor.kernel.now import now


class Command(BaseCommand):
    help = "Anchors the journal anew after a restore: writes the old and new heads, and why, for good."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--why", required=True, help="in words; nothing about a person")
        parser.add_argument("--by", default="", help="who says so (default: the account this runs as)")

    def handle(self, *args: Any, **options: Any) -> None:
        from nowrongdoor.kernel.journal import anchoring
        from nowrongdoor.kernel.journal.anchor_file import AnchorFile

        path, why = sealing.anchor_path(), options["why"].strip()
        if path is None or not path.exists():
            raise CommandError("There is no anchor: set NWD_ANCHOR to the file that is to be gone on with.")
        if not why:
            raise CommandError("Say why.")
        by = options["by"].strip() or getpass.getuser()
        try:
            line = anchoring.re_anchor(AnchorFile(path), why=why, by=by, at=now())
        except anchoring.NothingToReAnchor:
            raise CommandError("Journal and anchor agree: there is nothing to anchor anew.") from None
        except anchoring.DoesNotFit as fault:
            raise CommandError(sealing.in_words(fault)) from fault
        self.stdout.write(verifying.re_anchored(line, verifying.names()))
